"""PingAM 8.1, "Scope validation": a script says which scopes may be had."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stories import Agents, add_grant, ask_own_token, validate_scope
from workbench import Workbench
from workbench.am.reading.read_token import read_token
from workbench.am.settings.profile import AS_RETURNED

FAILED = {
    "error_description": "Error while running validate scope script",
    "error": "server_error",
}
DENIED = {
    "error_description": (
        "The resource owner or authorization server denied the request."
    ),
    "error": "access_denied",
}
ALL = """
function validateAccessTokenScope() { return requestedScopes.toArray(); }
"""
LEGACY_STYLE = """
function check() {
    var java8 = JavaImporter(
        org.forgerock.oauth2.core.exceptions.InvalidScopeException
    );
    if (requestedScopes == null || requestedScopes.isEmpty()) return defaultScopes;
    var kept = new java.util.HashSet(allowedScopes);
    kept.retainAll(requestedScopes);
    if (kept.size() < requestedScopes.size()) {
        logger.warning("refused {}", requestedScopes);
        throw new java8.InvalidScopeException('Unknown/invalid scope(s)');
    }
    return kept;
}
function validateAuthorizationScope() { return check(); }
function validateAccessTokenScope() { return check(); }
function validateRefreshTokenScope() { return check(); }
"""


def returning(value: str) -> str:
    return f"function validateAccessTokenScope() {{ return {value}; }}"


@pytest.mark.parametrize(
    "value",
    [
        "requestedScopes",
        "['read']",
        "requestedScopes.toArray()",
        "requestedScopes.toArray().filter(function () { return true; })",
        "['read', 'write']",
    ],
)
def test_what_the_script_returns_of_the_scopes_asked_for_is_granted(
    story: Workbench, value: str
) -> None:
    validate_scope(story, returning(value))

    assert ask_own_token(story).json["scope"] == "read"


def test_the_script_can_narrow_quietly(story: Workbench) -> None:
    validate_scope(story, returning("['read']"))

    answer = ask_own_token(story, scope="read write")

    assert (answer.status, answer.json["scope"]) == (200, "read")


def test_the_script_adds_no_scope(story: Workbench) -> None:
    validate_scope(story, returning("['read', 'write', 'custom']"))

    assert ask_own_token(story, scope="read").json["scope"] == "read"


def test_a_profile_has_it_add_scopes_as_older_pages_show(story: Workbench) -> None:
    story.profile = story.profile.but(scopes_from_script=AS_RETURNED)
    validate_scope(story, returning("['custom', 'read', 'read']"))

    assert ask_own_token(story, scope="read").json["scope"] == "custom read"


def test_narrowing_to_nothing_is_denied(story: Workbench) -> None:
    validate_scope(story, returning("[]"))

    answer = ask_own_token(story)

    assert (answer.status, answer.json) == (403, DENIED)
    assert story.audit[-1].scripts[-1].error is None


def test_the_helper_refuses_with_the_scripts_own_words(story: Workbench) -> None:
    validate_scope(
        story,
        """function validateAccessTokenScope() {
            scopeValidatorHelper.throwInvalidScope("not on a Sunday");
            return requestedScopes;
        }""",
    )

    answer = ask_own_token(story)

    assert (answer.status, answer.json) == (
        400,
        {"error_description": "not on a Sunday", "error": "invalid_scope"},
    )
    assert "for risk-agent refused it" in story.audit[-1].hint


def test_a_legacy_script_in_the_manner_of_ams_sample(story: Workbench) -> None:
    validate_scope(story, LEGACY_STYLE, "1.0")

    granted, refused = (
        ask_own_token(story, scope="read write"),
        ask_own_token(story, scope="read root"),
    )

    assert granted.json["scope"] == "read write"
    assert (refused.status, refused.json) == (
        400,
        {"error_description": "Unknown/invalid scope(s)", "error": "invalid_scope"},
    )
    assert story.audit[-1].scripts[-1].log[0].text.startswith("refused [")


def test_without_a_scope_asked_for_the_defaults_count(story: Workbench) -> None:
    story.realm.update("risk-agent", default_scopes=["write"])
    validate_scope(story, returning("defaultScopes"))

    assert ask_own_token(story, scope=None).json["scope"] == "write"


@pytest.mark.parametrize(
    ("version", "source"),
    [
        ("2.0", "requestedScopes;"),
        ("1.0", "requestedScopes;"),
        ("2.0", "throw new Error('top level');"),
        ("2.0", "function validateAccessTokenScope() { throw new Error('no'); }"),
        ("2.0", "function validateAccessTokenScope() { return token; }"),
        ("2.0", "function validateAccessTokenScope() { return scopes; }"),
        ("2.0", returning("null")),
        ("2.0", returning("undefined")),
        ("2.0", returning("'read'")),
        ("2.0", returning("5")),
        ("2.0", returning("[5]")),
        ("2.0", returning("[['read']]")),
        ("2.0", returning("['a b']")),
        ("2.0", returning("['a\\nb']")),
        ("2.0", returning("['']")),
        ("2.0", returning("new Array(300000).join('read ').split(' ')")),
        ("1.0", returning("new java.util.HashMap()")),
        ("2.0", "function validateAccessTokenScope() { while (true); }"),
        ("2.0", "let a = 1;"),
    ],
)
def test_a_script_that_fails_is_a_server_error(
    story: Workbench, version: str, source: str
) -> None:
    validate_scope(story, source, version)

    answer = ask_own_token(story)

    assert (answer.status, answer.json) == (500, FAILED)
    assert story.audit[-1].scripts[-1].error is not None


def test_a_missing_function_is_named_in_the_trail(story: Workbench) -> None:
    validate_scope(story, "1;")

    ask_own_token(story)

    assert "validateAccessTokenScope is not a function" in story.audit[-1].hint


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_the_script_sees_the_sets_of_scopes(story: Workbench, version: str) -> None:
    story.realm.update("risk-agent", default_scopes=["extra"])
    validate_scope(
        story,
        """function validateAccessTokenScope() {
            var all = [requestedScopes, allowedScopes, defaultScopes];
            logger.error(all.map(function (s) {
                return s.size() + ':' + s.contains('read') + ':' + s.isEmpty();
            }).join() + typeof session + typeof token);
            return requestedScopes;
        }""",
        version,
    )

    ask_own_token(story)

    allowed = len(story.realm.client("risk-agent").scopes) + 1
    line = story.audit[-1].scripts[0].log[0].text
    assert line == (
        f"1:true:false,{allowed}:true:false,1:false:falseundefinedundefined"
    )


def test_the_acting_clients_script_rules_an_exchange(
    story: Workbench, agents: Agents
) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    validate_scope(story, returning("['read']"))
    validate_scope(story, returning("[]"), client_id="data-agent")

    answer = agents.exchange(
        subject_token=subject, actor_token=actor, scope="read write"
    )

    assert answer.json["scope"] == "read"
    check = next(c for c in story.decision.checks if "scope validation" in c.rule)
    assert (check.passed, check.decided_by) == (True, "script")
    assert check.found == "it let pass: read"
    assert story.audit[-1].scripts[0].script.name == "for risk-agent"


def test_a_script_can_hold_an_exchange_to_the_subjects_scopes(
    story: Workbench, agents: Agents
) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    validate_scope(
        story,
        """function validateAccessTokenScope() {
            var asked = requestProperties.requestParams;
            if (!asked.subject_token) return requestedScopes;
            scopeValidatorHelper.throwInvalidScope('subject has no such scope');
        }""",
    )

    answer = agents.exchange(subject_token=subject, actor_token=actor)

    assert (answer.status, answer.json["error"]) == (400, "invalid_scope")
    refusal = story.decision.refusal
    assert refusal is not None
    assert refusal.found == "subject has no such scope"


def test_narrowing_an_exchange_to_nothing_is_denied(
    story: Workbench, agents: Agents
) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    validate_scope(story, returning("[]"))

    answer = agents.exchange(subject_token=subject, actor_token=actor)

    assert (answer.status, answer.json) == (403, DENIED)


@pytest.mark.parametrize("scope", ['a"b', "re\\ad", "l\u00e9ger", "a\tb"])
def test_what_is_no_scope_never_meets_the_script(
    story: Workbench, agents: Agents, scope: str
) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    validate_scope(story, returning("requestedScopes"))

    own = ask_own_token(story, scope=scope)
    answer = agents.exchange(subject_token=subject, actor_token=actor, scope=scope)

    assert (own.status, own.json["error"]) == (400, "invalid_scope")
    assert answer.json == own.json
    assert story.decision.refusal is not None


def test_the_script_is_asked_only_when_all_other_rules_have_passed(
    story: Workbench, agents: Agents
) -> None:
    actor = agents.token("risk-agent")
    validate_scope(story, "nope();")

    answer = agents.exchange(subject_token="forged", actor_token=actor)

    assert answer.json["error_description"] == "Invalid token exchange."
    assert story.audit[-1].scripts == ()
    assert (
        "The scope validation script lets the request pass"
        in story.decision.not_evaluated
    )


def test_a_failing_script_is_in_the_decision(story: Workbench, agents: Agents) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    validate_scope(story, "nope();")

    answer = agents.exchange(subject_token=subject, actor_token=actor)

    assert (answer.status, answer.json) == (500, FAILED)
    refusal = story.decision.refusal
    assert refusal is not None
    assert "nope is not defined" in refusal.found


def refreshable(wb: Workbench, source: str) -> tuple[str, str]:
    """A refresh token for read and write, and the script that rules refreshing."""
    add_grant(wb, "risk-agent")
    first = Agents(wb).exchange(scope="read write")
    validate_scope(wb, source)
    return first.refresh_token, source


def test_refreshing_asks_another_function(story: Workbench) -> None:
    token, _ = refreshable(
        story,
        """function validateRefreshTokenScope() {
            logger.info('{} {}', allowedScopes.size(), availableScopes.size());
            return ['read'];
        }""",
    )

    answer = story.client.refresh("risk-agent", "mySecret", token)

    assert answer.json["scope"] == "read"
    kept = read_token(story.realm, answer.json["refresh_token"]).claims or {}
    assert kept["scope"] == ["read", "write"]
    size = len(story.realm.client("risk-agent").scopes)
    assert story.audit[-1].scripts[0].log[0].text == f"2 {size}"


def test_a_refresh_token_can_inherit_the_narrowed_scopes(story: Workbench) -> None:
    token, _ = refreshable(
        story,
        """function validateRefreshTokenScope() {
            scopeValidatorHelper.inheritAccessTokenScopesOnRefresh();
            return ['read'];
        }""",
    )

    answer = story.client.refresh("risk-agent", "mySecret", token)

    kept = read_token(story.realm, answer.json["refresh_token"]).claims or {}
    assert kept["scope"] == ["read"]


def test_a_provider_wide_script_rules_every_client(story: Workbench) -> None:
    validate_scope(story, returning("[]"), client_id=None)
    story.realm.register_client(
        "app", secret="s", scopes=["read"], grant_types=["client_credentials"]
    )

    assert story.client.client_credentials("app", "s", scope="read").status == 403


def test_ams_own_sample_is_no_script(story: Workbench) -> None:
    story.provider.validateScopePluginType = "SCRIPTED"
    story.provider.validateScopeScript = "25e6c06d-cf70-473b-bd28-26931edc476b"

    assert ask_own_token(story).status == 200


RETURNED = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["read", "write", "delete", "root"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=5,
)


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(returned=RETURNED, asked=st.sets(st.sampled_from(["read", "write", "root"])))
def test_whatever_it_returns_no_scope_is_given_that_was_not_asked_for(
    story: Workbench, returned: Any, asked: set[str]
) -> None:
    source = returning(json.dumps(returned))
    if "for risk-agent" in {each.name for each in story.realm.scripts.values()}:
        story.realm.update_script("for risk-agent", source)
    else:
        validate_scope(story, source)

    answer = ask_own_token(story, scope=" ".join(sorted(asked)) or None)

    if answer.status == 200:
        assert set(answer.json["scope"].split()) <= asked
    else:
        assert answer.json in (FAILED, DENIED)


@pytest.mark.parametrize(
    "entry", ["validateAccessTokenScope", "validateRefreshTokenScope"]
)
def test_a_next_generation_script_has_the_scopes_of_the_client(
    story: Workbench, agents: Agents, entry: str
) -> None:
    add_grant(story, "risk-agent")
    refresh_token = agents.exchange().json["refresh_token"]
    validate_scope(
        story,
        f"""{ALL} function {entry}() {{
            logger.info('' + [clientScopes.indexOf('write') >= 0, clientScopes.length]);
            return requestedScopes;
        }}""",
    )

    if entry == "validateAccessTokenScope":
        answer = ask_own_token(story)
    else:
        answer = agents.refresh(refresh_token, scope="read")

    assert answer.status == 200
    expected = len(story.realm.client("risk-agent").scopes)
    assert story.audit[-1].scripts[0].log[0].text == f"true,{expected}"
