"""Dry runs of scripts of every context: what they did, and no trace of it."""

from collections.abc import Mapping
from typing import Any

import pytest

from workbench import Workbench
from workbench.am.admin.scripts import kind_of
from workbench.am.scripts.script import LibraryScript, Script
from workbench.errors import RegistrationError
from workbench.views.scripts.script import outcome_html, outcome_text

MAY_ACT = "OAUTH2_MAY_ACT"
MODIFICATION = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
VALIDATE = "OAUTH2_VALIDATE_SCOPE"
EVALUATE = "OAUTH2_EVALUATE_SCOPE"
DATA = "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER"
CLAIMS = "OIDC_CLAIMS"
REGISTRATION = "OAUTH2_DYNAMIC_CLIENT_REGISTRATION"

VALIDATES = "function validateAccessTokenScope() { return requestedScopes; }"
JAVA_MAP = "var m = new java.util.HashMap(); m.put('a', {value}); m;"
GOOD = [
    (MAY_ACT, "2.0", "token.setMayAct({client_id: 'a'});", "may_act:"),
    (MODIFICATION, "2.0", "accessToken.setField('a', 'b');", "claims set:"),
    (MODIFICATION, "1.0", "accessToken.setField('a', 'b');", "claims set:"),
    (MODIFICATION, "2.0", "accessToken.removeClientId();", "claims removed:"),
    (MODIFICATION, "2.0", "accessToken.addExtraData('a', 'b');", "added to the token"),
    (VALIDATE, "2.0", VALIDATES, "scopes that may be had:"),
    (VALIDATE, "1.0", VALIDATES, "scopes that may be had:"),
    (EVALUATE, "2.0", "({a: accessToken.getField('scope')});", "told at /tokeninfo:"),
    (EVALUATE, "1.0", JAVA_MAP.format(value="realm"), "told at /tokeninfo:"),
    (DATA, "2.0", "({a: session.getProperty('UserId')});", "sent by /authorize:"),
    (DATA, "1.0", JAVA_MAP.format(value="'b'"), "sent by /authorize:"),
    (CLAIMS, "2.0", "({values: {sub: identity.getName()}});", "claims of the person:"),
    (
        REGISTRATION,
        "2.0",
        "clientIdentity.setClientName([operation]); clientIdentity.store();",
        "attributes stored:",
    ),
]


def made(context: str, source: str, version: str = "2.0") -> Script:
    kind = kind_of(context)
    return kind(id="tried", name="tried", source=source, evaluator_version=version)


def traces(wb: Workbench) -> list[Any]:
    realm = wb.realm
    registrations = realm.clients.registrations
    kept: tuple[Mapping[str, Any], ...]
    kept = (realm.clients, realm.users, realm.scripts, registrations)
    return [len(wb.audit), *(dict(each) for each in kept), realm.ids.token()]


@pytest.mark.parametrize(("context", "version", "source", "shown"), GOOD)
def test_a_script_of_every_context_is_run_and_shown(
    wb: Workbench, context: str, version: str, source: str, shown: str
) -> None:
    outcome = wb.dry_run(made(context, source, version))

    assert outcome.error is None
    assert shown in outcome_text(outcome)
    assert outcome_text(outcome).startswith("✓ ")
    assert shown.rstrip(":") in outcome_html(outcome)


@pytest.mark.parametrize(("context", "version", "source", "shown"), GOOD)
def test_none_leaves_a_trace(
    context: str, version: str, source: str, shown: str
) -> None:
    with Workbench(now=0, seed="one") as tried, Workbench(now=0, seed="one") as other:
        for wb in (tried, other):
            wb.realm.add_user("bjensen", password="p")
            wb.realm.register_client("app", secret="s", scopes=["read"])

        tried.dry_run(made(context, source, version), "app", user="bjensen")

        assert traces(tried) == traces(other)


@pytest.mark.parametrize("context", [each[0] for each in GOOD])
def test_it_says_when_am_would_have_run_it(wb: Workbench, context: str) -> None:
    source = next(each[2] for each in GOOD if each[0] == context)

    stood_for = wb.dry_run(made(context, source)).dry_run

    assert stood_for is not None
    assert "some-" in stood_for.occasion


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ({}, "validateAccessTokenScope"),
        ({"user": "bjensen"}, "validateAuthorizationScope"),
        ({"request": {"grant_type": "refresh_token"}}, "validateRefreshTokenScope"),
        ({"request": {"grant_type": ["refresh_token"]}}, "validateRefreshTokenScope"),
        (
            {"user": "bjensen", "request": {"grant_type": "password"}},
            "validateAccessTokenScope",
        ),
    ],
)
def test_scopes_are_asked_for_where_the_request_says(
    wb: Workbench, asked: dict[str, Any], entry: str
) -> None:
    wb.realm.add_user("bjensen", password="p")
    source = f"function {entry}() {{ return requestedScopes; }}"

    outcome = wb.dry_run(made(VALIDATE, source), scopes=("x",), **asked)

    assert outcome.result == {"scopes": ["x"], "inherits": False}


@pytest.mark.parametrize(
    ("context", "version", "source", "words"),
    [
        (EVALUATE, "2.0", "1;", "a map"),
        (DATA, "2.0", "({a: {b: 1}});", "a map of texts"),
        (CLAIMS, "2.0", "({a: 1});", "the claims"),
        (VALIDATE, "2.0", "1;", "validateAccessTokenScope is not a function"),
        (
            REGISTRATION,
            "2.0",
            "clientIdentity.setAttribute('bogus', ['x']); clientIdentity.store();",
            "bogus cannot become",
        ),
    ],
)
def test_what_am_can_make_nothing_of_is_a_failure(
    wb: Workbench, context: str, version: str, source: str, words: str
) -> None:
    outcome = wb.dry_run(made(context, source, version))

    assert outcome.error is not None
    assert words in outcome.error.message


@pytest.mark.parametrize(
    ("context", "version", "source"),
    [
        (
            VALIDATE,
            "2.0",
            "function validateAccessTokenScope() {"
            " scopeValidatorHelper.throwInvalidScope('not you'); }",
        ),
        (
            CLAIMS,
            "1.0",
            "throw new org.forgerock.oauth2.core.exceptions"
            ".InvalidRequestException('not you');",
        ),
    ],
)
def test_a_refusal_is_an_answer(
    wb: Workbench, context: str, version: str, source: str
) -> None:
    outcome = wb.dry_run(made(context, source, version))

    assert (outcome.error, outcome.result) == (None, {"refused": "not you"})
    assert outcome_text(outcome).startswith("✓ refused")
    assert "not you" in outcome_html(outcome)


def test_what_was_stored_of_the_person_is_shown_and_not_kept(wb: Workbench) -> None:
    wb.realm.add_user("bjensen", password="p")
    source = "identity.setAttribute('mail', ['a@b']); identity.store(); ({});"

    outcome = wb.dry_run(made(DATA, source), user="bjensen")

    assert "attributes of the person stored" in outcome_text(outcome)
    assert wb.realm.user("bjensen").values("mail") == ()


def test_a_scope_that_a_refresh_inherits_is_shown(wb: Workbench) -> None:
    source = (
        "function validateRefreshTokenScope() {"
        " scopeValidatorHelper.inheritAccessTokenScopesOnRefresh();"
        " return requestedScopes; }"
    )

    outcome = wb.dry_run(
        made(VALIDATE, source), request={"grant_type": "refresh_token"}
    )

    assert "a refresh token gets these, too" in outcome_text(outcome)


def test_a_client_is_gone_once_it_was_deleted(wb: Workbench) -> None:
    source = "logger.info('' + operation + clientIdentity);"

    outcome = wb.dry_run(made(REGISTRATION, source), operation="DELETE")

    assert [line.text for line in outcome.log] == ["DELETEnull"]


def test_an_operation_is_one_of_three(wb: Workbench) -> None:
    with pytest.raises(RegistrationError, match="CREATE, UPDATE, DELETE"):
        wb.dry_run(made(REGISTRATION, ";"), operation="PATCH")


def test_a_library_runs_nowhere_by_itself(wb: Workbench) -> None:
    library = LibraryScript(id="l", name="l", source="exports.a = 1;")

    with pytest.raises(RegistrationError, match="runs by itself nowhere"):
        wb.dry_run(library)
    assert wb.check(library).passed


def test_a_saved_script_of_any_context_is_tried_by_its_name(wb: Workbench) -> None:
    wb.realm.add_script("mod", "accessToken.setField('a', 'b');", context=MODIFICATION)

    assert wb.dry_run("mod").result["set"] == {"a": "b"}
    assert wb.check("mod").passed


def test_a_person_who_has_no_account_is_not_made_up_by_name(wb: Workbench) -> None:
    with pytest.raises(RegistrationError):
        wb.dry_run(made(CLAIMS, ";"), user="nobody")


def test_what_a_script_caught_is_told_with_its_place(wb: Workbench) -> None:
    source = "try {\n  tokn.setMayAct({});\n} catch (e) { logger.error('no'); }"

    (caught,) = wb.dry_run(made(MAY_ACT, source)).caught

    assert caught.error.message == "ReferenceError: tokn is not defined"
    assert (caught.error.line, caught.thrown) == (2, False)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("try { throw new Error('mine'); } catch (e) {}", [("Error: mine", True)]),
        ("try { throw 'text'; } catch (e) {}", [("text", True)]),
        ("try { throw {a: 1}; } catch (e) {}", [("an object", True)]),
        (
            "for (var i = 0; i < 20; i++) try { no(); } catch (e) {}",
            [("ReferenceError: no is not defined", False)],
        ),
        (
            "try { no(); } catch (e if e instanceof ReferenceError) {}",
            [("ReferenceError: no is not defined", False)],
        ),
        ("try { no(); } catch (e) { throw e; }", []),
        ("try { 1; } catch (e) {}", []),
    ],
)
def test_it_is_told_once_and_not_where_it_was_thrown_on(
    wb: Workbench, source: str, told: list[tuple[str, bool]]
) -> None:
    outcome = wb.dry_run(made(MAY_ACT, source))

    assert [(each.error.message, each.thrown) for each in outcome.caught] == told


def test_a_script_does_not_notice(wb: Workbench) -> None:
    source = """
    var asked = 0;
    Array.prototype.find = Array.prototype.push = function () { asked++; };
    Object.defineProperty(Array.prototype, "0", {set: function () { asked++; }});
    function Odd() {}
    Odd.prototype = Object.create(Error.prototype);
    Odd.prototype.toString = function () { asked++; return "odd"; };
    try { throw new Odd(); } catch (a) {}
    try { throw {toString: function () { asked++; }}; } catch (b) {}
    try { throw new TypeError("x"); } catch (c) {}
    token.setMayAct({client_id: "" + asked});
    """

    outcome = wb.dry_run(made(MAY_ACT, source))

    assert outcome.may_act == {"client_id": "0"}
    assert len(outcome.caught) == 3
