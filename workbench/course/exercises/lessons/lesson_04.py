"""Exercises of lesson 04: may act scripts, in both dialects."""

from collections.abc import Iterator

from workbench.am.dry_runs.dry_run import dry_run
from workbench.course.exercises.broken import exactly_one
from workbench.course.exercises.delegation import EXCHANGE, prepared
from workbench.course.exercises.exercise import (
    BREAK_ONE_RULE,
    MAKE_IT_PASS,
    WRITE_THE_SCRIPT,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.exercises.sending import delegate, own_token
from workbench.course.on_bench import Bench
from workbench.course.use_cases.agent_for_agent import (
    RISK_AGENT_MAY_ACT,
)
from workbench.course.use_cases.use_case import SECRET

STAMPED = "a token with may_act"
BARE = "a token without may_act"
FAILED = "an error, server_error"
CLAIM = {"client_id": "risk-agent", "sub": "(age!risk-agent)"}


def _other_dialect(bench: Bench) -> str:
    prepared(bench)
    bench.realm.add_script("kept as legacy", RISK_AGENT_MAY_ACT, "1.0")
    bench.realm.update("data-agent", may_act_script="kept as legacy")
    call = bench.client.client_credentials("data-agent", SECRET, scope="read")
    if call.status != 200:
        return FAILED
    return STAMPED if "may_act" in Look(bench).claims(call) else BARE


def _overrides_off(bench: Bench) -> None:
    prepared(bench)
    bench.realm.update("data-agent", overrides={"providerOverridesEnabled": False})


def _script_runs(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    subject = own_token(bench, "data-agent")
    if "may_act" not in Look(bench).claims(subject):
        yield missing(
            "A token of data-agent still carries no may_act: the script runs for the "
            "client that gets the token, and only where its overrides are on."
        )
        return
    yield right("A token of data-agent carries may_act.")
    decision = delegate(bench, "risk-agent", subject)
    if decision.granted:
        yield right("risk-agent can act for data-agent.")
    else:
        yield missing("risk-agent is still refused: the claim names somebody else.")


def _only_the_actor(look: Look) -> Iterator[Observation]:
    yield from exactly_one(look, "may_act.sub names the actor token's sub")


def _with_script(bench: Bench) -> None:
    prepared(bench)
    bench.realm.add_script("only to read", "// Stamps nothing yet.")


def _only_to_read(look: Look) -> Iterator[Observation]:
    realm = look.copy().realm
    for scopes in (("read",), ("write",), ("read", "write")):
        outcome = dry_run(realm, "only to read", "data-agent", scopes)
        asked = " ".join(scopes)
        if outcome.error is not None:
            yield missing(f"With scope {asked} it fails: {outcome.error.message}")
        elif scopes == ("read",) and outcome.may_act == CLAIM:
            yield right("Asked for read alone, it lets risk-agent act.")
        elif scopes == ("read",):
            yield missing(
                f"Asked for read alone, it must stamp {CLAIM}. {outcome.remark}"
            )
        elif outcome.stamped:
            yield missing(f"It stamps may_act for scope {asked}, too.")
        else:
            yield right(f"Asked for {asked}, it stamps nothing.")


def _with_people(bench: Bench) -> None:
    prepared(bench)
    for name, department in (("bjensen", "HR"), ("jsmith", "IT")):
        attributes = {"departmentNumber": [department]}
        bench.realm.add_user(name, password="Secret12!", attributes=attributes)
    bench.realm.add_script("of HR", "// Stamps nothing yet.", "1.0")


def _of_hr(look: Look) -> Iterator[Observation]:
    realm = look.copy().realm
    for user in ("bjensen", "jsmith", None):
        outcome = dry_run(realm, "of HR", "data-agent", user=user)
        who = user or "data-agent itself"
        if outcome.error is not None:
            yield missing(f"For {who} it fails: {outcome.error.message}")
        elif user == "bjensen" and outcome.may_act == CLAIM:
            yield right("For bjensen, of HR, it lets risk-agent act.")
        elif user == "bjensen":
            yield missing(f"For bjensen, of HR, it must stamp {CLAIM}.")
        elif outcome.stamped:
            yield missing(f"It stamps may_act for {who}, too.")
        else:
            yield right(f"For {who} it stamps nothing.")


EXERCISES = (
    Prediction(
        number="4.1",
        title="the other dialect",
        task="""\
A next-generation script hands `token.setMayAct` a plain object.
Somebody keeps it as a *legacy* script and sets it on `data-agent`.
What does `data-agent` get when it asks for a token?""",
        choices=(STAMPED, BARE, FAILED),
        run=_other_dialect,
        because={
            STAMPED: "A legacy script has no plain objects to give: AM wants a JsonValue.",
            BARE: "A script that fails is not passed over; it takes the request with it.",
        },
        then="The script throws, and the token request fails: Error running may_act script.",
        hints=(
            "Who runs the script: the exchange, or the request for the subject token?",
            "A legacy script hands over Java objects.",
            "An exception in a script ends the request.",
        ),
    ),
    Practice(
        number="4.2",
        form=MAKE_IT_PASS,
        title="a script that nobody runs",
        task="""\
The script `risk-agent may act` is right, and named in the overrides of `data-agent`.
Still no token of `data-agent` carries `may_act`.
Change one client, so that `risk-agent` may act for `data-agent`.""",
        prepare=_overrides_off,
        begin="# wb.realm.client(…).overrides shows a client's overrides; wb.realm.update(…)",
        look=_script_runs,
        solution="""\
wb.realm.update("data-agent", overrides={"providerOverridesEnabled": True})""",
        wrong=(
            Wrong(
                'wb.realm.update("risk-agent", may_act_script="risk-agent may act")',
                "the client that gets the token",
            ),
            Wrong(
                """\
wb.realm.update("data-agent", overrides={"accessTokenMayActScript": "risk-agent may act"})""",
                "only where its overrides are on",
            ),
        ),
        hints=(
            "The script belongs to the subject: whose token is exchanged?",
            "The overrides of a client count only when a switch is on.",
            "providerOverridesEnabled of data-agent is off.",
        ),
    ),
    Practice(
        number="4.3",
        form=BREAK_ONE_RULE,
        title="the wrong actor, and nothing else",
        task="""\
Change the script `risk-agent may act` and send the exchange, so that exactly one rule fails: “may_act.sub names the actor token's sub”.""",
        prepare=prepared,
        begin="# wb.realm.update_script(name, source), then the three requests",
        look=_only_the_actor,
        solution="""\
wb.realm.update_script(
    "risk-agent may act",
    'token.setMayAct({client_id: "risk-agent", sub: "(usr!risk-agent)"});',
)"""
        + EXCHANGE,
        wrong=(
            Wrong(
                """\
wb.realm.update_script(
    "risk-agent may act",
    'token.setMayAct({client_id: "other", sub: "(age!other)"});',
)"""
                + EXCHANGE,
                "“may_act.client_id names the client” failed too",
            ),
            Wrong(
                """\
wb.realm.update_script(
    "risk-agent may act", 'token.setMayAct({client_id: "risk-agent"});')"""
                + EXCHANGE,
                "“may_act has a sub, as delegation needs” failed too",
            ),
        ),
        hints=(
            "may_act has two members; leave one as it is.",
            "sub is compared as text, prefix and all.",
            "(usr!risk-agent) is a person, who is not the agent.",
        ),
    ),
    Practice(
        number="4.4",
        form=WRITE_THE_SCRIPT,
        title="only to read",
        task="""\
Write the next-generation script `only to read`.
It lets `risk-agent` act, as `(age!risk-agent)`, where `read` is the only scope asked for, and stamps nothing otherwise.""",
        prepare=_with_script,
        begin='# wb.realm.update_script("only to read", "…"); wb.dry_run("only to read", "data-agent", ("read",))',
        look=_only_to_read,
        solution="""\
wb.realm.update_script("only to read", '''
if (scopes.length == 1 && scopes[0] == "read") {
    token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});
}
''')""",
        wrong=(
            Wrong(
                """\
wb.realm.update_script("only to read", '''
if (scopes.indexOf("read") >= 0) {
    token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});
}
''')""",
                "stamps may_act for scope read write, too",
            ),
            Wrong(
                """\
wb.realm.update_script("only to read", '''
if (requestProperties.scope == "read") {
    token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});
}
''')""",
                "did not call token.setMayAct",
            ),
            Wrong(
                """\
wb.realm.update_script("only to read", '''
({client_id: "risk-agent", sub: "(age!risk-agent)"});
''')""",
                "AM ignores return values",
            ),
        ),
        hints=(
            "scopes has what was asked for.",
            "read may be there beside another; how many are there?",
            "scopes.length == 1 and scopes[0] == 'read'.",
        ),
    ),
    Practice(
        number="4.5",
        form=WRITE_THE_SCRIPT,
        title="people of HR, in the legacy dialect",
        task="""\
Write the *legacy* script `of HR`.
It lets `risk-agent` act, as `(age!risk-agent)`, for people whose `departmentNumber` is `HR`, and for nobody else.""",
        prepare=_with_people,
        begin='# wb.realm.update_script("of HR", "…"); wb.dry_run("of HR", "data-agent", user="bjensen")',
        look=_of_hr,
        solution="""\
wb.realm.update_script("of HR", '''
var json = org.forgerock.json.JsonValue;
if (identity.getAttribute("departmentNumber").contains("HR")) {
    var mayAct = json.json(json.object());
    mayAct.put("client_id", "risk-agent");
    mayAct.put("sub", "(age!risk-agent)");
    token.setMayAct(mayAct);
}
''')""",
        wrong=(
            Wrong(
                """\
wb.realm.update_script("of HR", '''
if (identity.getAttribute("departmentNumber").contains("HR")) {
    token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});
}
''')""",
                "takes an org.forgerock.json.JsonValue",
            ),
            Wrong(
                """\
wb.realm.update_script("of HR", '''
var json = org.forgerock.json.JsonValue;
var mayAct = json.json(json.object());
mayAct.put("client_id", "risk-agent");
mayAct.put("sub", "(age!risk-agent)");
token.setMayAct(mayAct);
''')""",
                "It stamps may_act for jsmith, too",
            ),
        ),
        hints=(
            "In a legacy script identity.getAttribute(name) gives a Java set.",
            "A set is asked with contains, and is empty where there is nothing.",
            "The claim is built by JsonValue.json(JsonValue.object()) and put.",
        ),
    ),
)
