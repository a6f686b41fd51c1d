"""Bad scripts, each with one thing wrong: the linter says one thing of each."""

import pytest

from workbench import Workbench
from workbench.am.scripts.kinds import kind_of
from workbench.am.scripts.script import Script
from workbench.sandbox.check import reader_of

MAY_ACT = "OAUTH2_MAY_ACT"
MODIFICATION = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
VALIDATE = "OAUTH2_VALIDATE_SCOPE"
EVALUATE = "OAUTH2_EVALUATE_SCOPE"
DATA = "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER"
CLAIMS = "OIDC_CLAIMS"
REGISTRATION = "OAUTH2_DYNAMIC_CLIENT_REGISTRATION"

NEXT, LEGACY = "2.0", "1.0"
STAMP = "token.setMayAct({client_id: 'a', sub: '(age!a)'});"
JSON_VALUE = (
    "var fr = JavaImporter(org.forgerock.json.JsonValue);"
    "var m = fr.JsonValue.json(fr.JsonValue.object());"
    "m.put('client_id', 'a'); m.put('sub', '(age!a)'); token.setMayAct(m);"
)
ALL_ENTRIES = "".join(
    f"function validate{each}Scope() {{ return requestedScopes; }}"
    for each in ("Authorization", "AccessToken", "RefreshToken")
)

BAD = [
    # may act: names
    (MAY_ACT, NEXT, "token.setMayact({client_id: 'a'});", "unknown-member"),
    (
        MAY_ACT,
        NEXT,
        "(function () { var m = {client_id: 'a', sub: '(age!a)'};"
        " token.setMayact(m); return m; }());",
        "unknown-member",
    ),
    (
        MAY_ACT,
        NEXT,
        "(function () { var m = {client_id: 'a', sub: '(age!a)'};"
        " token.addMayAct(m); return m; }());",
        "add-may-act",
    ),
    (MAY_ACT, NEXT, "token.setMayAct_({client_id: 'a'});", "unknown-member"),
    (MAY_ACT, NEXT, "token.addMayAct({client_id: 'a'});", "add-may-act"),
    (MAY_ACT, NEXT, "requestedToken.addMayAct({client_id: 'a'});", "add-may-act"),
    (MAY_ACT, NEXT, f"logger.inf('x'); {STAMP}", "unknown-member"),
    (MAY_ACT, NEXT, "logger.inf('x');", "unknown-member"),
    (MAY_ACT, NEXT, f"utils.base64.encod('x'); {STAMP}", "unknown-member"),
    (MAY_ACT, NEXT, "accessToken.setField('a', 'b');", "other-script"),
    (
        MAY_ACT,
        NEXT,
        "accessToken.setField('a', 'b'); accessToken.setField('c', 'd');",
        "other-script",
    ),
    (MAY_ACT, NEXT, "nodeState.get('x');", "other-script"),
    (MAY_ACT, NEXT, f"var token = {{}}; {STAMP}", "shadowed-binding"),
    (MAY_ACT, NEXT, JSON_VALUE, "legacy-api"),
    (
        MAY_ACT,
        NEXT,
        "var m = new java.util.HashMap(); m.put('client_id', 'a');"
        "m.put('sub', '(age!a)'); token.setMayAct(m);",
        "legacy-api",
    ),
    (MAY_ACT, NEXT, f"logger.message('x'); {STAMP}", "legacy-api"),
    (MAY_ACT, NEXT, f"identity.getAttribute('mail'); {STAMP}", "legacy-api"),
    (MAY_ACT, NEXT, "identity.getAttribute('mail');", "legacy-api"),
    (MAY_ACT, NEXT, f"new java.io.File('x'); {STAMP}", "java-class"),
    (MAY_ACT, LEGACY, STAMP, "next-generation-api"),
    (MAY_ACT, LEGACY, f"logger.info('x'); {JSON_VALUE}", "next-generation-api"),
    (
        MAY_ACT,
        LEGACY,
        f"for (var i = 0; i < scopes.length; i++) scopes[i]; {JSON_VALUE}",
        "next-generation-api",
    ),
    (
        MAY_ACT,
        LEGACY,
        f"utils.base64.encode('x'); utils.base64.encode('y'); {JSON_VALUE}",
        "next-generation-api",
    ),
    # may act: nothing is stamped
    (MAY_ACT, NEXT, "logger.info('x');", "no-set-may-act"),
    (MAY_ACT, NEXT, "// nothing", "no-set-may-act"),
    (MAY_ACT, NEXT, "(function () { return {client_id: 'a'}; }());", "returned-claim"),
    (MAY_ACT, NEXT, "var m = {client_id: 'a'}; m;", "returned-claim"),
    (MAY_ACT, NEXT, "try { tokn.x(); } catch (e) {}", "caught-error"),
    (MAY_ACT, NEXT, "try { token.setMayact({}); } catch (e) {}", "unknown-member"),
    (MAY_ACT, NEXT, f"try {{ no(); }} catch (e) {{}} {STAMP}", "caught-error"),
    (MAY_ACT, NEXT, f"try {{ throw 'x'; }} catch (e) {{}} {STAMP}", "caught-error"),
    # may act: the claim
    (
        MAY_ACT,
        NEXT,
        "token.setMayAct({clientId: 'a', sub: '(age!a)'});",
        "unknown-claim-member",
    ),
    (
        MAY_ACT,
        NEXT,
        "token.setMayAct({client_ID: 'a', sub: '(age!a)'});",
        "unknown-claim-member",
    ),
    (
        MAY_ACT,
        NEXT,
        "token.setMayAct({client_id: 'a', subject: '(age!a)'});",
        "unknown-claim-member",
    ),
    (MAY_ACT, NEXT, "token.setMayAct({foo: 'a'});", "no-client-id"),
    (MAY_ACT, NEXT, "token.setMayAct({});", "no-client-id"),
    (MAY_ACT, NEXT, "token.setMayAct({sub: '(age!a)'});", "no-client-id"),
    (MAY_ACT, NEXT, "token.setMayAct({client_id: 'a'});", "impersonation"),
    (MAY_ACT, NEXT, "token.setMayAct({client_id: null});", "unusable-client-id"),
    (MAY_ACT, NEXT, "token.setMayAct({client_id: ''});", "unusable-client-id"),
    (MAY_ACT, NEXT, "token.setMayAct({client_id: '(age!a)'});", "typed-client-id"),
    (MAY_ACT, NEXT, "token.setMayAct({client_id: 'a', sub: 'a'});", "untyped-sub"),
    (MAY_ACT, NEXT, "token.setMayAct({client_id: 'a', sub: null});", "impersonation"),
    # the language
    (MAY_ACT, NEXT, "let m = {client_id: 'a'};", "let"),
    (MAY_ACT, NEXT, "token.setMayAct({;", "syntax"),
    (MAY_ACT, NEXT, "class A {}", "class"),
    (MAY_ACT, NEXT, "const f = `${scopes?.length}`;", None),
    (MAY_ACT, NEXT, f"console.log('x'); {STAMP}", "not-in-rhino"),
    (VALIDATE, NEXT, "let a = 1;", "let"),
    # the other contexts
    (MODIFICATION, NEXT, "token.setMayAct({client_id: 'a'});", "other-script"),
    (MODIFICATION, NEXT, "accessToken.setFeld('a', 'b');", "unknown-member"),
    (MODIFICATION, NEXT, "logger.info('x');", "changes-nothing"),
    (MODIFICATION, LEGACY, "// nothing", "changes-nothing"),
    (MODIFICATION, NEXT, "requestedScopes.length;", "other-script"),
    (MODIFICATION, LEGACY, "accessToken.setMayAct({});", None),
    (
        MODIFICATION,
        LEGACY,
        "logger.info('x'); accessToken.setField('a', 'b');",
        "next-generation-api",
    ),
    (
        MODIFICATION,
        NEXT,
        "accessToken.setMayAct({client_id: 'a', sub: 'a'});",
        "untyped-sub",
    ),
    (
        MODIFICATION,
        NEXT,
        "try { accessToken.setField('a', no); } catch (e) {}",
        "caught-error",
    ),
    (VALIDATE, NEXT, "function validateAcessTokenScope() {}", "no-entry"),
    (VALIDATE, NEXT, "logger.info('x');", "no-entry"),
    (
        VALIDATE,
        NEXT,
        "function validateAccessTokenScope() { return requestedScopes; }",
        "no-entry",
    ),
    (VALIDATE, NEXT, f"{ALL_ENTRIES} logger.message('x');", "legacy-api"),
    (EVALUATE, NEXT, "var m = {a: 1};", "returns-nothing"),
    (EVALUATE, NEXT, "'x';", "returns-nothing"),
    (EVALUATE, NEXT, "(function () { var m = {}; }());", "returns-nothing"),
    (EVALUATE, LEGACY, "// nothing", "returns-nothing"),
    (DATA, NEXT, "logger.info('x');", "returns-nothing"),
    (DATA, NEXT, "accessToken.getScope();", "other-script"),
    (CLAIMS, NEXT, "var c = claims;", "returns-nothing"),
    (CLAIMS, NEXT, "token.setMayAct({});", "other-script"),
    (REGISTRATION, NEXT, "logger.info('x');", "never-stored"),
    (REGISTRATION, NEXT, "clientIdentity.setClientName(['x']);", "never-stored"),
    (
        REGISTRATION,
        NEXT,
        "clientIdentity.setClientNam(['x']); clientIdentity.store();",
        "unknown-member",
    ),
]

GOOD = [
    (MAY_ACT, NEXT, STAMP),
    (MAY_ACT, LEGACY, JSON_VALUE),
    (MODIFICATION, NEXT, "accessToken.setField('a', 'b');"),
    (MODIFICATION, LEGACY, "accessToken.setField('a', 'b');"),
    (VALIDATE, NEXT, ALL_ENTRIES),
    (VALIDATE, LEGACY, ALL_ENTRIES),
    (VALIDATE, NEXT, ALL_ENTRIES.replace("function validateA", "function  validateA")),
    (EVALUATE, NEXT, "(function () { return {a: accessToken.getScope()}; }());"),
    (EVALUATE, NEXT, "(() => ({a: 1}))();"),
    (EVALUATE, NEXT, "if (realm) { ({a: 1}); } else { ({}); }"),
    (EVALUATE, LEGACY, "var m = new java.util.HashMap(); m;"),
    (DATA, NEXT, "var m = {a: session.getProperty('UserId')}; m;"),
    (DATA, NEXT, "({a: 'b'}); function f() {}"),
    (CLAIMS, NEXT, "({values: claims, compositeScopes: {}});"),
    (REGISTRATION, NEXT, "clientIdentity.setClientName(['x']); clientIdentity.store()"),
    (MODIFICATION, NEXT, "var claims = {a: 1}; accessToken.setFields(claims);"),
    (VALIDATE, NEXT, f"if (false) clientScopes.length; {ALL_ENTRIES}"),
    (MODIFICATION, NEXT, "operation = 'x'; accessToken.setField('a', operation);"),
]


def made(context: str, version: str, source: str) -> Script:
    kind = kind_of(context)
    return kind(id="bad", name="bad", source=source, evaluator_version=version)


@pytest.mark.parametrize(("context", "version", "source", "code"), BAD)
def test_one_cause_gives_one_finding(
    wb: Workbench, context: str, version: str, source: str, code: str | None
) -> None:
    checked = wb.check(made(context, version, source), alone=True)

    codes = [each.code for each in checked.findings]
    assert len(codes) == 1 or code is None
    assert code in (None, *codes)


@pytest.mark.parametrize(("context", "version", "source"), GOOD)
def test_a_good_script_of_any_context_passes_without_a_word(
    wb: Workbench, context: str, version: str, source: str
) -> None:
    checked = wb.check(made(context, version, source), alone=True)

    assert [each.message for each in checked.findings] == []
    assert checked.passed


def test_what_is_said_once_names_the_other_places(wb: Workbench) -> None:
    source = "accessToken.a;\naccessToken.b;"

    (found,) = wb.check(made(MAY_ACT, NEXT, source), alone=True).findings

    assert found.message.endswith("not here. So at 2:1, too.")


@pytest.mark.parametrize(
    ("source", "family"),
    [
        (STAMP, MAY_ACT),
        ("accessToken.setField('a', 'b');", MODIFICATION),
        ("accessToken.getScope();", MODIFICATION),
        ("(function () { return {a: accessToken.getScope()}; }());", EVALUATE),
        (ALL_ENTRIES, VALIDATE),
        ("requestedScopes;", VALIDATE),
        ("({values: claims});", CLAIMS),
        ("clientIdentity.store();", REGISTRATION),
        ("exports.a = 1;", "LIBRARY"),
        ("({a: session.getProperty('Host')});", DATA),
        ("logger.info('x');", None),
        ("var claims = 1;", None),
        ("session.getProperty('x'); ({client_id: 'a'});", None),
    ],
)
def test_a_context_is_guessed_where_it_is_plain(
    wb: Workbench, source: str, family: str | None
) -> None:
    _, guess = reader_of(wb.realm).look(source)

    assert (guess.family if guess else None) == family
