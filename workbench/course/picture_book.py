"""The pictures of the course, made of the use cases as they went."""

from collections.abc import Iterator

from workbench.agent.client import AgentClient
from workbench.am.exchange.decision import Decision
from workbench.am.reading.read_token import inspect_token
from workbench.am.realm import Realm
from workbench.am.tokens.inspection import Inspection
from workbench.course.labs.attack_lab import Lab
from workbench.course.use_cases.sequence import SERVER_NAME, sequence_of
from workbench.course.use_cases.use_case import SECRET
from workbench.course.use_cases.walk import Walk
from workbench.views.page.roles import ACTOR, RESOURCE_SERVER, SERVER, SUBJECT, Role
from workbench.views.sequence.steps import Message, Sequence
from workbench.views.slides.attack import AttackPicture, attack_slide
from workbench.views.slides.compared import comparison_slide
from workbench.views.slides.decided import decision_slide
from workbench.views.slides.drawn import chain_slide, flow_slide
from workbench.views.slides.slide import Slide
from workbench.views.tokens.compare import compare

ROW = ("customer-agent", "planner", "searcher", "scraper")
"""The agents of a chain: each lets the next one act."""

ROLES: dict[str, Role] = {
    "data-agent": SUBJECT,
    "bjensen": SUBJECT,
    "risk-agent": ACTOR,
    SERVER_NAME: SERVER,
    "ledger": RESOURCE_SERVER,
    "market": RESOURCE_SERVER,
    "mcp-server": RESOURCE_SERVER,
}
"""What those are who have one part in all attacks; servers stand at the right."""


def lab_slide(lab: Lab) -> Slide:
    """An attack of a lab: its messages, what stops it, and what happens if not."""
    ends = [name for arrow in lab.arrows for name in (arrow.source, arrow.target)]
    names = sorted(dict.fromkeys(ends), key=_at_the_right)
    messages = tuple(
        Message(each.source, each.target, each.what, stopped=each.stopped)
        for each in lab.arrows
    )
    roles = {name: ROLES[name] for name in names if name in ROLES}
    with_defence = "With that defence" if lab.granted else "Without that defence"
    return attack_slide(
        AttackPicture(
            slug=lab.slug,
            title=lab.title,
            story=lab.story,
            sequence=Sequence(tuple(names), messages, lab.title, roles),
            stopped_by=lab.stopped_by,
            stopped="Stopped only by what is not PingAM's default"
            if lab.granted
            else "Stopped by",
            told=(
                ("The answer", lab.answer),
                (with_defence, lab.turned),
                ("How it is noticed", lab.notice),
                ("What to do", lab.fix),
            ),
        )
    )


def _at_the_right(name: str) -> int:
    """The agents first, then PingAM, then whoever is asked with a token."""
    role = ROLES.get(name)
    return 2 if role is RESOURCE_SERVER else 1 if role is SERVER else 0


def use_case_slides(walked: Walk) -> Iterator[Slide]:
    """A use case: its messages, its chain, its decision, its tokens compared."""
    case = walked.use_case
    yield flow_slide(f"flow-{case.name}", sequence_of(case))
    tokens = [step.token for step in walked.steps if step.token is not None]
    chain = chain_slide(f"chain-{case.name}", f"Chain: {case.title}", tokens)
    yield from filter(None, [chain])
    last = walked.steps[-1]
    if last.decision is None or last.token is None:
        return
    title = f"Decision: {case.title}"
    yield decision_slide(f"decision-granted-{case.name}", title, last.decision)
    by_label = {token.label: token for token in tokens}
    subject, actor = by_label.get("subject token"), by_label.get("actor token")
    if subject is not None:
        title = f"Tokens: {case.title}"
        compared = compare(subject, actor, last.token)
        yield comparison_slide(f"comparison-{case.name}", title, compared)


def refusal_slide(realm: Realm, client: AgentClient) -> Slide:
    """An exchange by somebody whom ``may_act`` does not name.

    Args:
        realm: Prepared for ``agent-for-agent``.
        client: Sends there.
    """
    subject = client.client_credentials("data-agent", SECRET, scope="read")
    client.exchange(
        "data-agent", SECRET, scope="read", subject_token=subject.access_token
    )
    decision = realm.audit[-1].decision or Decision(checks=())
    title = "Decision: data-agent exchanges a token that names risk-agent"
    return decision_slide("decision-refused-other-client", title, decision)


def long_chain_slides(realm: Realm, client: AgentClient) -> Iterator[Slide]:
    """Four agents, each acting for the first.

    Args:
        realm: With AI agents on, and none of these agents in it.
        client: Sends there.
    """
    for name, following in zip(ROW, (*ROW[1:], ""), strict=True):
        script = f"{following} may act" if following else None
        if script:
            source = f'{{client_id: "{following}", sub: "(age!{following})"}}'
            realm.add_script(script, f"token.setMayAct({source});")
        realm.register_agent(
            name,
            secret=SECRET,
            scopes=["read"],
            may_act_script=script,
            overrides={"statelessTokensEnabled": True},
        )
    chain = chain_slide(
        "chain-of-four-agents", "Chain: three hops", [*_hops(realm, client)]
    )
    yield from filter(None, [chain])


def _hops(realm: Realm, client: AgentClient) -> Iterator[Inspection]:
    token = client.client_credentials(ROW[0], SECRET, scope="read")
    yield inspect_token(realm, token.access_token, ROW[0])
    for name in ROW[1:]:
        own = client.client_credentials(name, SECRET, scope="read")
        token = client.exchange(
            name,
            SECRET,
            scope="read",
            subject_token=token.access_token,
            actor_token=own.access_token,
        )
        yield inspect_token(realm, token.access_token, f"after {name}")
