"""Exercises of lesson 09: a delegated token as time goes by."""

from collections.abc import Iterator

from workbench.agent.client import Call
from workbench.am.reading.read_token import inspect_token
from workbench.course.exercises.delegation import prepared
from workbench.course.exercises.exercise import (
    BREAK_ONE_RULE,
    MAKE_IT_PASS,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.exercises.sending import exchanged
from workbench.course.on_bench import Bench
from workbench.course.use_cases.use_case import SECRET

WITH_SUBJECT, WITH_REFRESH, ITS_OWN = (
    "with the subject token, in ten minutes",
    "with the refresh token, in seven days",
    "in an hour, as any token of risk-agent",
)
LIVES, DIES, REFRESHED = (
    "it lives on",
    "it is revoked too",
    "it lives until it is next introspected",
)
ACTOR_TIME = "The actor token is valid now"
SHORT = 300


def _own(bench: Bench, agent: str) -> Call:
    return bench.client.client_credentials(agent, SECRET, scope="read")


def _exchange(bench: Bench, subject: Call) -> Call:
    return exchanged(bench, "risk-agent", subject.access_token)


def _when_it_ends(bench: Bench) -> str:
    prepared(bench)
    subject = _own(bench, "data-agent")
    bench.clock.advance(seconds=3000)
    look = Look(bench)
    ends = look.claims(_exchange(bench, subject))["exp"]
    same = ends == look.claims(subject)["exp"]
    return WITH_SUBJECT if same else ITS_OWN


def _after_revocation(bench: Bench) -> str:
    prepared(bench)
    subject = _own(bench, "data-agent")
    issued = _exchange(bench, subject)
    bench.client.revoke("data-agent", SECRET, subject.access_token)
    told = bench.client.introspect("risk-agent", SECRET, issued.access_token)
    return LIVES if told.json["active"] else DIES


def _short_delegation(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    subject = _own(bench, "data-agent")
    issued = _exchange(bench, subject)
    if issued.status != 200:
        yield missing("An exchange is refused now: wb.decision of one says why.")
        return
    subject_life = Look(bench).claims(subject)["expires_in"]
    if subject_life == SHORT * 12:
        yield right("data-agent's own tokens last an hour, as before.")
    else:
        yield missing("data-agent's own tokens shall go on to last an hour.")
    life = Look(bench).claims(issued)["expires_in"]
    if life == SHORT:
        yield right("A delegated token lasts five minutes.")
    else:
        yield missing(f"A delegated token lasts {life} s: whose token is it?")


def _actor_alone(look: Look) -> Iterator[Observation]:
    if not look.decisions:
        yield missing("No exchange was sent yet.")
        return
    failed = [each.rule for each in look.decisions[-1].checks if not each.passed]
    if failed == [ACTOR_TIME]:
        yield right("The actor token's time alone was against it.")
    elif not failed:
        yield missing("The exchange was granted: both tokens were still valid.")
    else:
        yield missing(f"These failed: {'; '.join(failed)}. Whose hour began when?")


def _all_ended(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    issued = [each for each in look.bench.history if "refresh_token" in _body(each)]
    if any(_state(bench, each.access_token) == "active" for each in issued):
        yield missing("A delegated token is active: who may revoke it?")
    else:
        yield right("The delegated token is not active.")
    again = [
        bench.client.refresh("risk-agent", SECRET, each.refresh_token)
        for each in issued
    ]
    if any(each.status == 200 for each in again):
        yield missing("Its refresh token still brings a new delegated token.")
    else:
        yield right("Nobody gets another one by refreshing.")


def _state(bench: Bench, token: str) -> str:
    return inspect_token(bench.realm, token, "token").state


def _body(call: Call) -> dict[str, object]:
    found = call.json_or_none
    return found if isinstance(found, dict) else {}


def _delegated(bench: Bench) -> None:
    prepared(bench)
    grants = [*bench.realm.client("risk-agent").grant_types, "refresh_token"]
    bench.realm.update("risk-agent", grant_types=grants)
    _exchange(bench, _own(bench, "data-agent"))


EXERCISES = (
    Prediction(
        number="9.1",
        title="when it ends",
        task="""\
The subject token is 50 minutes old and has ten minutes to live.
`risk-agent` exchanges it now; when does the new token end?""",
        choices=(WITH_SUBJECT, WITH_REFRESH, ITS_OWN),
        run=_when_it_ends,
        because={
            WITH_SUBJECT: "Careful servers do that; PingAM caps nothing by itself.",
            WITH_REFRESH: "A refresh token has a lifetime of its own.",
        },
        then="The acting client's lifetime counts, or the provider's: an hour.",
        hints=(
            "The new token is issued to risk-agent.",
            "Lifetimes are settings of the client that gets the token.",
            "No rule of the exchange compares the two ends.",
        ),
    ),
    Prediction(
        number="9.2",
        title="the subject token is revoked",
        task="""\
`data-agent` revokes its subject token after the exchange.
What becomes of the delegated token that came of it?""",
        choices=(LIVES, DIES, REFRESHED),
        run=_after_revocation,
        because={
            DIES: "It belongs to another grant: its authGrantId is its own.",
            REFRESHED: "Introspection tells the state of a token and changes none.",
        },
        then="The two tokens belong to two grants, and revocation stays in one.",
        hints=(
            "Revocation ends a token, or all tokens of its grant.",
            "Compare authGrantId in both tokens.",
            "They differ: the exchange began a grant of its own.",
        ),
    ),
    Practice(
        number="9.3",
        form=MAKE_IT_PASS,
        title="five minutes",
        task="""\
Let a token that `risk-agent` gets by exchange last five minutes.
`data-agent`'s own tokens go on to last an hour.""",
        prepare=prepared,
        begin='# agent = wb.realm.update("…", …)',
        look=_short_delegation,
        solution='agent = wb.realm.update("risk-agent", access_token_lifetime=300)',
        wrong=(
            Wrong(
                'wb.realm.update("data-agent", access_token_lifetime=300)',
                "whose token is it?",
            ),
            Wrong(
                "wb.provider.accessTokenLifetime = 300",
                "data-agent's own tokens shall go on",
            ),
        ),
        hints=(
            "The new token is issued to one client, and that one's setting counts.",
            "The setting is access_token_lifetime, in seconds.",
            'wb.realm.update("risk-agent", …) sets it.',
        ),
    ),
    Practice(
        number="9.4",
        form=BREAK_ONE_RULE,
        title="too late, on one side",
        task=f"""\
Send an exchange in which one rule alone fails: *{ACTOR_TIME}*.
`wb.clock.advance(seconds=…)` lets time go by; both secrets are `mySecret`.""",
        prepare=prepared,
        begin="# tokens, wb.clock.advance(seconds=…), wb.client.exchange(…)",
        look=_actor_alone,
        solution="""\
actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
wb.clock.advance(seconds=3600)
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token)""",
        wrong=(
            Wrong(
                """\
actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
wb.clock.advance(seconds=3600)
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token)""",
                "Whose hour began when?",
            ),
            Wrong(
                """\
actor = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
wb.clock.advance(seconds=60)
subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
wb.client.exchange(
    "risk-agent", "mySecret", scope="read",
    subject_token=subject.access_token, actor_token=actor.access_token)""",
                "both tokens were still valid",
            ),
        ),
        hints=(
            "Both tokens last an hour from when they were issued.",
            "Only the actor token shall be older than an hour.",
            "Get the actor token, advance 3600 seconds, get the subject token.",
        ),
    ),
    Practice(
        number="9.5",
        form=MAKE_IT_PASS,
        title="end it all",
        task="""\
`risk-agent` holds a delegated token and may refresh it; `wb.history[-1]` is the exchange.
End it: the token shall be dead, and no fresh one shall come by refreshing.""",
        prepare=_delegated,
        begin="issued = wb.history[-1]",
        look=_all_ended,
        solution='wb.client.revoke("risk-agent", "mySecret", issued.refresh_token)',
        wrong=(
            Wrong(
                'wb.client.revoke("risk-agent", "mySecret", issued.access_token)',
                "Its refresh token still brings",
            ),
            Wrong(
                'wb.client.revoke("data-agent", "mySecret", issued.refresh_token)',
                "who may revoke it?",
            ),
        ),
        hints=(
            "A client revokes what was issued to it, and nothing else.",
            "An access token goes alone; a refresh token takes its grant along.",
            "risk-agent revokes issued.refresh_token.",
        ),
    ),
)
