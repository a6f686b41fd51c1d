"""Dry runs: a script tried for a token that is never issued."""

import pytest

from workbench import Workbench
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.issuing.parties import parties_around
from workbench.am.scripts.dry_run import DryRun, Exchanger
from workbench.am.scripts.script import MayActScript, ScriptOutcome
from workbench.am.tokens.token import ACCESS_TOKEN, ID_TOKEN
from workbench.errors import RegistrationError

SEEN = """
var seen = {sub: token.getField('sub'), name: token.getField('tokenName'),
            grant: requestProperties.requestParams.grant_type[0],
            more: requestProperties.requestParams.resource,
            secret: requestProperties.requestParams.client_secret,
            mail: null};
if (requestProperties.requestParams.grant_type[0] === 'authorization_code') {
    seen.mail = identity.getAttributeValues('mail');
}
token.setMayAct(seen);
"""


def script(source: str) -> MayActScript:
    return MayActScript(id="tried", name="tried", source=source)


def claim(client_id: object, sub: object = None) -> MayActScript:
    value = {"client_id": client_id} | ({"sub": sub} if sub else {})
    return script(f"token.setMayAct({value!r});")


def said_of(outcome: ScriptOutcome) -> DryRun:
    """What a run says of who could exchange the token."""
    assert outcome.dry_run is not None
    return outcome.dry_run


def test_a_client_asks_for_itself_unless_a_person_is_named(story: Workbench) -> None:
    story.realm.add_user("bjensen", password="p", attributes={"mail": ["b@example"]})

    alone = story.dry_run(script(SEEN), "data-agent")
    person = story.dry_run(script(SEEN), "data-agent", user="bjensen")

    assert (alone.may_act["sub"], alone.may_act["grant"]) == (
        "(age!data-agent)",
        "client_credentials",
    )
    assert person.may_act["sub"] == "(usr!bjensen)"
    assert person.may_act["mail"] == ["b@example"]
    assert (said_of(alone).subject, said_of(person).subject) == (
        "data-agent",
        "bjensen",
    )


def test_an_id_token_is_about_a_person(story: Workbench) -> None:
    story.realm.add_user("bjensen", password="p")

    outcome = story.dry_run(
        script(SEEN), "data-agent", user="bjensen", token_type=ID_TOKEN
    )

    assert outcome.may_act["name"] == "id_token"
    assert said_of(outcome).token_type == ID_TOKEN
    with pytest.raises(RegistrationError, match="name a user"):
        story.dry_run(script(SEEN), token_type=ID_TOKEN)


def test_only_access_and_id_tokens_are_tried(story: Workbench) -> None:
    with pytest.raises(RegistrationError, match="not 'saml'"):
        story.dry_run(script(SEEN), token_type="saml")


def test_nobody_is_made_up_who_was_named(story: Workbench) -> None:
    with pytest.raises(RegistrationError, match="There is no"):
        story.dry_run(script(SEEN), user="nobody")


def test_further_parameters_are_seen_and_secrets_are_not(story: Workbench) -> None:
    sent = {"resource": "https://a", "client_secret": "x", "password": ["y"]}

    one = story.dry_run(script(SEEN), request=sent)
    many = story.dry_run(script(SEEN), request={"resource": ["a", "b"]})

    assert one.may_act["more"] == ["https://a"]
    assert "secret" not in one.may_act
    assert many.may_act["more"] == ["a", "b"]


def test_says_who_could_exchange_the_token(story: Workbench) -> None:
    outcome = story.dry_run("risk-agent may act", "data-agent")

    assert said_of(outcome).exchangers == (
        Exchanger("risk-agent", True, "with an actor token of (age!risk-agent)"),
    )


def test_says_who_could_not_and_why(story: Workbench) -> None:
    realm = story.realm
    realm.register_agent("off", secret="s", active=False)
    realm.register_client("lacking", secret="s")

    named = ["risk-agent", "off", "lacking", "nobody", 7]
    outcome = story.dry_run(claim(named))

    assert [(each.client_id, each.how) for each in said_of(outcome).exchangers] == [
        ("risk-agent", "without an actor token"),
        ("off", "it is inactive"),
        ("lacking", "it lacks the token exchange grant"),
        ("nobody", "there is no such client in the realm"),
    ]
    assert [each.able for each in said_of(outcome).exchangers] == [True] + 3 * [False]


def test_the_provider_must_have_the_grant_too(story: Workbench) -> None:
    grants = story.provider.grantTypes
    story.provider.grantTypes = tuple(each for each in grants if each != TOKEN_EXCHANGE)

    outcome = story.dry_run(claim("risk-agent"))

    assert said_of(outcome).exchangers == (
        Exchanger("risk-agent", False, "the provider lacks the token exchange grant"),
    )


def test_a_script_that_stamps_nothing_lets_nobody(story: Workbench) -> None:
    outcome = story.dry_run(script("1;"))

    assert said_of(outcome).exchangers == ()
    assert said_of(outcome).token_type == ACCESS_TOKEN


def test_the_linter_is_told_who_is_around(story: Workbench) -> None:
    saved = story.realm.script("risk-agent may act")

    around = parties_around(story.realm, saved)

    assert TOKEN_EXCHANGE in around.clients["risk-agent"]
    assert around.used_by == ("data-agent",)
    assert around.typed_subjects
    assert parties_around(story.realm, script("1;")).used_by is None
