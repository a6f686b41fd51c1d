"""Exercises of lesson 13: plugin scripts."""

from collections.abc import Iterator

from workbench.agent.client import Call
from workbench.course.exercises.delegation import prepared
from workbench.course.exercises.exercise import (
    MAKE_IT_PASS,
    WRITE_THE_SCRIPT,
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.exercises.sending import exchanged, own_token
from workbench.course.on_bench import Bench
from workbench.course.use_cases.use_case import SECRET

RISK_API, CLIENT = "https://risk.example.com", "risk-agent"
ITS_OWN_AUD, BOTH = "risk-agent, as without a script", "both in a list"
MODIFICATION = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
AUD = f'accessToken.setField("aud", "{RISK_API}");'
VALIDATION = "OAUTH2_VALIDATE_SCOPE"
NARROWED, RETURNED, ASKED = "read", "read delete", "read write"
SCOPE_PLUGIN = {
    "providerOverridesEnabled": True,
    "statelessTokensEnabled": True,
    "validateScopePluginType": "SCRIPTED",
    "validateScopeScript": "generous",
}
PLUGIN = {
    "providerOverridesEnabled": True,
    "statelessTokensEnabled": True,
    "accessTokenModificationPluginType": "SCRIPTED",
    "accessTokenModificationScript": "for the risk API",
}


def _exchange(bench: Bench, scope: str = "read") -> Call:
    subject = own_token(bench, "data-agent", scope)
    return exchanged(bench, CLIENT, subject, scope=scope)


def _own(bench: Bench, scope: str = "read") -> Call:
    return bench.client.client_credentials(CLIENT, SECRET, scope=scope)


def _with_script(bench: Bench) -> None:
    prepared(bench)
    bench.realm.add_script("for the risk API", AUD, context=MODIFICATION)


def _script_of_the_subject(bench: Bench) -> str:
    _with_script(bench)
    bench.realm.update("data-agent", overrides=PLUGIN)
    aud = Look(bench).claims(_exchange(bench))["aud"]
    return {RISK_API: RISK_API, CLIENT: ITS_OWN_AUD}.get(str(aud), BOTH)


def _generous_script(bench: Bench) -> str:
    prepared(bench)
    source = 'function validateAccessTokenScope() { return ["read", "delete"]; }'
    bench.realm.add_script("generous", source, context=VALIDATION)
    bench.realm.update(CLIENT, overrides=SCOPE_PLUGIN)
    return str(_exchange(bench, "read write").json["scope"])


def _not_scripted(bench: Bench) -> None:
    _with_script(bench)
    settings = PLUGIN | {"accessTokenModificationPluginType": "PROVIDER"}
    bench.realm.update(CLIENT, overrides=settings)


def _for_the_api(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    issued = _exchange(bench)
    if issued.status != 200:
        yield missing(f"The exchange fails: {issued.reason}")
        return
    aud = Look(bench).claims(issued)["aud"]
    if aud == RISK_API:
        yield right("The exchanged token is for the risk API.")
    else:
        yield missing(f"The exchanged token's aud is {aud}. {_where(bench, issued)}")


def _where(bench: Bench, issued: Call) -> str:
    """Where the script did what the token does not show."""
    if "aud" in issued.json:
        return "The answer has an aud: addExtraData adds to that, not to the token."
    subject = bench.client.client_credentials("data-agent", SECRET, scope="read")
    if Look(bench).claims(subject).get("aud") == RISK_API:
        return "data-agent's own token has it; to whom is the exchanged one issued?"
    return "No script ran for risk-agent; its overrides hide what the realm says."


def _only_exchanged(look: Look) -> Iterator[Observation]:
    yield from _for_the_api(look)
    bench = look.copy()
    aud = Look(bench).claims(_own(bench)).get("aud")
    if aud == CLIENT:
        yield right("risk-agent's own token stays for risk-agent.")
    else:
        yield missing("risk-agent's own token is for the risk API as well.")


def _never_delete(look: Look) -> Iterator[Observation]:
    bench = look.copy()
    issued = _exchange(bench, "read delete")
    if issued.status != 200:
        yield missing(f"An exchange for read delete fails: {_why(issued)}")
        return
    yield _scopes("read delete by exchange", issued, "read")
    yield _scopes("read write by exchange", _exchange(bench, ASKED), ASKED)
    yield _scopes("read delete for itself", _own(bench, "read delete"), "read delete")


def _why(call: Call) -> str:
    return call.reason or str(call.json.get("error_description"))


def _scopes(asked: str, came: Call, expected: str) -> Observation:
    found = str(came.json.get("scope", came.json.get("error")))
    says = f"Asked for {asked}, risk-agent gets {found}"
    if found == expected:
        return right(f"{says}.")
    return missing(f"{says}; it shall be {expected}.")


def _scope_answer(body: str) -> str:
    return f'''\
wb.realm.add_script("never delete", """
function validateAccessTokenScope() {{
{body}
}}
""", context="{VALIDATION}")
agent = wb.realm.update("risk-agent", overrides={{
    "providerOverridesEnabled": True, "statelessTokensEnabled": True,
    "validateScopePluginType": "SCRIPTED", "validateScopeScript": "never delete"}})'''


WITHOUT_DELETE = """\
    return requestedScopes.toArray().filter(function (scope) {
        return String(scope) !== "delete";
    });"""
NOT_EXCHANGED = """\
    if (!requestProperties.requestParams.subject_token) return requestedScopes;
"""


def _answer(source: str, agent: str = CLIENT) -> str:
    return f'''\
wb.realm.add_script("for the risk API", """
{source}
""", context="{MODIFICATION}")
agent = wb.realm.update("{agent}", overrides={{
    "providerOverridesEnabled": True, "statelessTokensEnabled": True,
    "accessTokenModificationPluginType": "SCRIPTED",
    "accessTokenModificationScript": "for the risk API"}})'''


def _scripted(agent: str) -> str:
    return (
        f'agent = wb.realm.update("{agent}", overrides='
        '{"accessTokenModificationPluginType": "SCRIPTED"})'
    )


IF_EXCHANGED = (
    "if (String(requestProperties.requestParams.grant_type[0])"
    '.indexOf("token-exchange") > 0) {%s}'
)

EXERCISES = (
    Prediction(
        number="13.1",
        title="whose script",
        task=f"""\
The script that sets `aud` to `{RISK_API}` is `data-agent`'s, the subject's.
`risk-agent` exchanges a token of it: what is `aud` in the new token?""",
        choices=(RISK_API, ITS_OWN_AUD, BOTH),
        run=_script_of_the_subject,
        because={
            RISK_API: "That script ran for data-agent's own token, and that was it.",
            BOTH: "A script sets a claim, or it does not run: nothing is merged.",
        },
        then="The new token is issued to risk-agent, and its script would count.",
        hints=(
            "To whom is the new token issued?",
            "The acting client's override block counts.",
            "risk-agent has no script.",
        ),
    ),
    Prediction(
        number="13.2",
        title="a generous script",
        task="""\
`risk-agent` asks for `read write` in an exchange, and may have `read write delete`.
Its scope validation script returns `["read", "delete"]`: what is granted?""",
        choices=(NARROWED, RETURNED, ASKED),
        run=_generous_script,
        because={
            RETURNED: "delete was not asked for, and such a script only narrows.",
            ASKED: "The script left write out.",
        },
        then="What the script returns only narrows what was asked for.",
        hints=(
            "Two lists: what was asked for, and what the script returns.",
            "A scope has to be in both.",
            "write is not in the second list, delete is not in the first.",
        ),
    ),
    Practice(
        number="13.3",
        form=MAKE_IT_PASS,
        title="a script that does not run",
        task="""\
`risk-agent` has the script *for the risk API*, and its tokens are as before.
Let it run, so that the exchanged token is for the risk API.""",
        prepare=_not_scripted,
        begin='# agent = wb.realm.update("…", overrides={…})',
        look=_for_the_api,
        solution=_scripted(CLIENT),
        wrong=(
            Wrong(
                """wb.realm.update("data-agent", overrides={
                    "accessTokenModificationPluginType": "SCRIPTED",
                    "accessTokenModificationScript": "for the risk API"})""",
                "to whom is the exchanged one issued?",
            ),
            Wrong(
                'wb.provider.accessTokenModificationPluginType = "SCRIPTED"',
                "its overrides hide what the realm says",
            ),
        ),
        hints=(
            "A plugin has two settings.",
            "The other one is accessTokenModificationPluginType.",
            "For risk-agent it has to be SCRIPTED.",
        ),
    ),
    Practice(
        number="13.4",
        form=WRITE_THE_SCRIPT,
        title="for the API, when it acts for somebody",
        task=f"""\
Let exchanged tokens of `risk-agent` have the `aud` `{RISK_API}`.
The tokens it gets for itself keep `risk-agent`.""",
        prepare=prepared,
        begin="# wb.realm.add_script(…), agent = wb.realm.update(…)",
        look=_only_exchanged,
        solution=_answer(IF_EXCHANGED % AUD),
        wrong=(
            Wrong(_answer(AUD), "own token is for the risk API as well"),
            Wrong(_answer(AUD, "data-agent"), "to whom is the exchanged one issued?"),
            Wrong(
                _answer(f'accessToken.addExtraData("aud", "{RISK_API}");'),
                "adds to that, not to the token",
            ),
        ),
        hints=(
            "The script can see which grant the request has.",
            "requestProperties.requestParams.grant_type[0] names it.",
            'Set aud only where it contains "token-exchange".',
        ),
    ),
    Practice(
        number="13.5",
        form=WRITE_THE_SCRIPT,
        title="what is never delegated",
        task="""\
Let no exchange of `risk-agent` grant `delete`; other scopes stay as asked for.
For itself `risk-agent` may go on to get `delete`.""",
        prepare=prepared,
        begin="# wb.realm.add_script(…), agent = wb.realm.update(…)",
        look=_never_delete,
        solution=_scope_answer(NOT_EXCHANGED + WITHOUT_DELETE),
        wrong=(
            Wrong(_scope_answer(WITHOUT_DELETE), "for itself, risk-agent gets read;"),
            Wrong(
                _scope_answer(NOT_EXCHANGED + '    return ["read"];'),
                "Asked for read write by exchange, risk-agent gets read;",
            ),
            Wrong(
                'wb.realm.update("risk-agent", scopes=["read", "write"])',
                "An exchange for read delete fails",
            ),
        ),
        hints=(
            "A script of the context OAUTH2_VALIDATE_SCOPE narrows scopes.",
            "requestProperties.requestParams.subject_token is there in an exchange.",
            "Without one return requestedScopes; else filter delete out of them.",
        ),
    ),
)
