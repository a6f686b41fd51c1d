"""What exercises on one agent that acts for another share: requests, and a look."""

from collections.abc import Iterator

from workbench.agent.client import Call
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.on_bench import Bench
from workbench.course.use_cases.agent_for_agent import prepare_agent_for_agent
from workbench.course.use_cases.use_case import SECRET

BOTH_TOKENS = """\
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")"""
"""The first two requests, as they stand in an answer cell."""

EXCHANGE = f"""
{BOTH_TOKENS}
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token,
)"""
"""All three, to follow what mended the bench."""


def prepared(bench: Bench) -> None:
    """Register data-agent, risk-agent, and the script that lets one act."""
    prepare_agent_for_agent(bench.realm)


def exchange_of(
    bench: Bench, *, client_id: str = "risk-agent", scope: str = "read", **more: str
) -> Call:
    """Get both tokens and exchange them.

    Args:
        bench: Where.
        client_id: Who sends the exchange.
        scope: What the exchange asks for; each token has read.
        more: Further parameters of the exchange, such as ``audience``.
    """
    client = bench.client
    subject = client.client_credentials("data-agent", SECRET, scope="read")
    actor = client.client_credentials("risk-agent", SECRET, scope="read")
    return client.exchange(
        client_id,
        SECRET,
        scope=scope,
        subject_token=subject.access_token,
        actor_token=actor.access_token,
        **more,
    )


def delegated(look: Look) -> Iterator[Observation]:
    """Whether the last exchange gave a token of data-agent on which risk-agent acts."""
    return names(look, "(age!data-agent)", "(age!risk-agent)")


def names(look: Look, subject: str, actor: str) -> Iterator[Observation]:
    """Whether the last exchange gave a token that names these two.

    Args:
        look: At the learner's bench.
        subject: What sub must say.
        actor: What act.sub must say.
    """
    if not look.decisions:
        yield missing("No exchange was sent yet: wb.client.exchange(…) sends one.")
        return
    if not look.granted:
        rule = look.decisions[-1].refusal
        why = f"“{rule.rule}” failed" if rule else "it brought no token"
        yield missing(f"The last exchange was refused: {why}.")
        return
    _, claims = look.granted[-1]
    yield right("An exchange was granted.")
    if claims.get("sub") == subject:
        yield right(f"Its subject is {subject}.")
    else:
        yield missing(f"It is about {claims.get('sub')}, and not about {subject}.")
    if claims.get("act") == {"sub": actor}:
        yield right(f"Its act names {actor}.")
    else:
        yield missing(f"Its act does not name {actor}: send an actor token too.")


def on_a_copy(look: Look) -> Iterator[Observation]:
    """Whether both tokens can be exchanged, as the learner set the realm up."""
    bench = look.copy()
    subject = bench.client.client_credentials("data-agent", SECRET, scope="read")
    if subject.status != 200:
        yield missing(f"data-agent gets no token: {subject.reason or subject.status}")
        return
    may = look.claims(subject).get("may_act") if look.claims(subject) else None
    if may is None:
        yield missing(
            "A new token of data-agent has no may_act. Which settings does PingAM "
            "read for data-agent, once its overrides are on?"
        )
        return
    yield right("A new token of data-agent has may_act.")
    call = exchange_of(bench)
    if call.status == 200:
        yield right("risk-agent exchanges it and is named as the actor.")
        return
    failed = ", ".join(f"“{each.rule}”" for each in bench.decision.failures)
    yield missing(f"risk-agent still cannot exchange it: {failed}. It says {may}.")
