"""Exercises of lesson 12: one request under three profiles."""

from collections.abc import Iterator

from workbench.am.settings.profile import profile_named, switches
from workbench.course.exercises.delegation import exchange_of, prepared
from workbench.course.exercises.exercise import (
    BREAK_ONE_RULE,
    MAKE_IT_PASS,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.on_bench import Bench
from workbench.course.use_cases.use_case import SECRET

CLIENT_RULE, SUB_RULE, NONE_FAILS = (
    "may_act.client_id names the client",
    "may_act.sub names the actor token's sub",
    "none: it is granted",
)
READ, ALL, NOTHING = "read", "read write delete", "no scope at all"


def _on_aic(bench: Bench) -> None:
    bench.realms.use_profile(profile_named("aic"))
    prepared(bench)


def _on_strict(bench: Bench) -> None:
    bench.realms.use_profile(profile_named("rfc8693-strict"))
    prepared(bench)


def _which_rule(bench: Bench) -> str:
    _on_aic(bench)
    exchange_of(bench)
    refusal = bench.decision.refusal
    return refusal.rule if refusal else NONE_FAILS


def _which_scope(bench: Bench) -> str:
    changed = bench.profile.but(granted_scope="all the acting client's")
    bench.realms.use_profile(changed)
    prepared(bench)
    exchange_of(bench)
    return str(bench.history[-1].json.get("scope", NOTHING))


def _acts_on_aic(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    if bench.profile.typed_subjects:
        yield missing("The server writes typed subjects now; it shall stay aic.")
        return
    exchange_of(bench)
    refusal = bench.decision.refusal
    if refusal:
        yield missing(f"“{refusal.rule}” fails: found {refusal.found}.")
    else:
        yield right("risk-agent acts for data-agent on aic.")


def _strict_alone(look: Look) -> Iterator[Observation]:
    sent = [each for each in look.calls if each.event and each.event.decision]
    if not sent:
        yield missing("No exchange was sent yet.")
        return
    decision = look.decisions[-1]
    failed = [each.rule for each in decision.checks if not each.passed]
    if len(failed) == 1:
        yield right(f"One rule fails here: {failed[0]}.")
    elif failed:
        yield missing(f"More than one rule fails: {'; '.join(failed)}.")
    else:
        yield missing("The strict server grants it too: what does PingAM not ask for?")
    other = look.copy()
    other.realms.use_profile(profile_named("pingam-8.1"))
    other.client.again(sent[-1], {})
    if other.decision.granted:
        yield right("PingAM grants the same request.")
    else:
        yield missing("PingAM refuses the same request as well.")


SEND = """\
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
wb.client.exchange(
    "risk-agent", "mySecret", scope="{scope}",
    subject_token=subject.access_token, actor_token=actor.access_token)"""


def _ends_with_the_subject(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    subject = bench.client.client_credentials("data-agent", SECRET, scope="read")
    bench.clock.advance(seconds=3000)
    issued = bench.client.exchange(
        "risk-agent", SECRET, scope="read", subject_token=subject.access_token
    )
    if issued.status != 200:
        refusal = bench.decision.refusal
        why = refusal.rule if refusal else ""
        yield missing(f"It is not PingAM any more, which grants this: “{why}” fails.")
        return
    if issued.json["expires_in"] < 600:
        yield right("A delegated token ends with the subject token.")
    else:
        yield missing("A delegated token outlives its subject token: wb.profile says?")
    changed = _other_switches(bench)
    if changed:
        yield missing(f"Other switches are not PingAM's: {', '.join(changed)}.")
    else:
        yield right("All other switches are PingAM's.")


def _other_switches(bench: Bench) -> list[str]:
    pingam = profile_named("pingam-8.1")
    return [
        name
        for name in switches()
        if name != "lifetime_capped_by_subject"
        and getattr(bench.profile, name) != getattr(pingam, name)
    ]


def _stamp(may_act: str) -> str:
    source = f"token.setMayAct({may_act});"
    return f"script = wb.realm.update_script('risk-agent may act', '{source}')"


EXERCISES = (
    Prediction(
        number="12.1",
        title="a script that moves to aic",
        task="""\
The script says `sub: "(age!risk-agent)"`, as PingAM writes subjects.
The same exchange goes to `aic`: which rule fails?""",
        choices=(CLIENT_RULE, SUB_RULE, NONE_FAILS),
        run=_which_rule,
        because={
            CLIENT_RULE: "client_id is a bare name in both worlds.",
            NONE_FAILS: "On aic a subject is written otherwise than in the script.",
        },
        then="There risk-agent's sub is risk-agent, and may_act names somebody else.",
        hints=(
            "Look at how aic writes a subject in the table.",
            "may_act has a client_id and a sub.",
            "One of the two is spelled as PingAM spells it.",
        ),
    ),
    Prediction(
        number="12.2",
        title="the scope on the vendor's page",
        task="""\
`risk-agent` may have `read write delete` and asks for `read`.
What is granted where `granted_scope` is `all the acting client's`?""",
        choices=(READ, ALL, NOTHING),
        run=_which_scope,
        because={
            READ: "That is the default, as requested; this switch says otherwise.",
            NOTHING: "A scope was asked for, and the client may have it.",
        },
        then="That is what the vendor's page prints for this very request.",
        hints=(
            "The switch's value says whose scopes.",
            "The acting client is risk-agent.",
            "It grants all that risk-agent is registered with.",
        ),
    ),
    Practice(
        number="12.3",
        form=MAKE_IT_PASS,
        title="the script on aic",
        task="""\
This bench is `aic`, with the script as PingAM needs it.
Change the script `risk-agent may act`, so that `risk-agent` acts for `data-agent`.""",
        prepare=_on_aic,
        begin='# script = wb.realm.update_script("risk-agent may act", "…")',
        look=_acts_on_aic,
        solution=_stamp('{client_id: "risk-agent", sub: "risk-agent"}'),
        wrong=(
            Wrong(_stamp('{client_id: "risk-agent"}'), "may_act has a sub"),
            Wrong(
                _stamp('{client_id: "(age!risk-agent)", sub: "risk-agent"}'),
                "may_act.client_id names the client",
            ),
            Wrong('wb.profile = "pingam-8.1"', "it shall stay aic"),
        ),
        hints=(
            "Send the exchange, and read wb.decision.",
            "sub has to be as the actor token's sub is written there.",
            'On aic it is the bare name: sub: "risk-agent".',
        ),
    ),
    Practice(
        number="12.4",
        form=BREAK_ONE_RULE,
        title="what only the strict server minds",
        task="""\
This bench is `rfc8693-strict`.
Send an exchange that fails by one rule here, and that PingAM grants.""",
        prepare=_on_strict,
        begin="# wb.client.client_credentials(…), wb.client.exchange(…)",
        look=_strict_alone,
        solution=SEND.format(scope="read write"),
        wrong=(
            Wrong(SEND.format(scope="admin"), "PingAM refuses the same"),
            Wrong(SEND.format(scope="read"), "The strict server grants it too"),
        ),
        hints=(
            "The strict server caps what PingAM does not.",
            "Scopes: data-agent's token has read alone.",
            "Ask for read write in the exchange.",
        ),
    ),
    Practice(
        number="12.5",
        form=MAKE_IT_PASS,
        title="one habit of a careful server",
        task="""\
This bench is `pingam-8.1`.
Let a delegated token end no later than its subject token; all else stays PingAM.""",
        prepare=prepared,
        begin="# wb.profile",
        look=_ends_with_the_subject,
        solution="wb.profile = wb.profile.but(lifetime_capped_by_subject=True)",
        wrong=(
            Wrong(
                "wb.profile.but(lifetime_capped_by_subject=True)",
                "wb.profile says?",
            ),
            Wrong('wb.profile = "rfc8693-strict"', "It is not PingAM any more"),
            Wrong(
                "wb.profile = wb.profile.but(lifetime_capped_by_subject=True, "
                'refresh_token_on_exchange="never")',
                "refresh_token_on_exchange",
            ),
        ),
        hints=(
            "One switch of the profile is about lifetimes.",
            "but gives a new profile, and changes none.",
            "wb.profile = wb.profile.but(lifetime_capped_by_subject=True)",
        ),
    ),
)
