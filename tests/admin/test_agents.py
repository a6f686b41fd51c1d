"""OAuth2 clients, AI agents and their groups over REST."""

from typing import Any

import httpx
import pytest

from workbench import Workbench

from .conftest import ALPHA, Asking

AGENTS = f"{ALPHA}/realm-config/agents"
CLIENTS, AI = f"{AGENTS}/OAuth2Client", f"{AGENTS}/AIAgent"
CORE, ADVANCED = "coreOAuth2ClientConfig", "advancedOAuth2ClientConfig"
ALL = "_queryFilter=true"


@pytest.fixture
def served(story: Workbench) -> Workbench:
    """The story's two agents, and a client."""
    story.realm.register_client("one", secret="never-told", scopes=["read"])
    return story


def ids(answer: httpx.Response) -> list[str]:
    return [each["_id"] for each in answer.json()["result"]]


def test_each_type_has_its_own_list_and_all_have_one(
    served: Workbench, ask: Asking
) -> None:
    assert ids(ask("GET", f"{CLIENTS}?{ALL}")) == ["one"]
    assert set(ids(ask("GET", f"{AI}?{ALL}"))) == {"data-agent", "risk-agent"}
    assert ids(ask("GET", f"{AGENTS}?_queryFilter=_id+eq+'one'")) == ["one"]


def test_a_list_has_plain_values_and_one_alone_has_them_wrapped(
    served: Workbench, ask: Asking
) -> None:
    listed = ask("GET", f"{CLIENTS}?{ALL}").json()["result"][0]
    alone = ask("GET", f"{CLIENTS}/one").json()

    assert listed[CORE]["scopes"] == ["read"]
    assert alone[CORE]["scopes"] == {"inherited": False, "value": ["read"]}
    assert listed["_rev"] == alone["_rev"]


def test_no_answer_holds_a_secret(served: Workbench, ask: Asking) -> None:
    sent = {CORE: {"userpassword": "never-told", "scopes": ["read"]}}
    paths = (f"{CLIENTS}?{ALL}", f"{CLIENTS}/one", f"{AGENTS}?{ALL}")
    answers = [ask("GET", each) for each in paths]
    answers.append(ask("PUT", f"{CLIENTS}/one", json=sent))
    answers.append(ask("PUT", f"{CLIENTS}/one", json={CORE: {"scopes": [7]}}))
    answers.append(ask("DELETE", f"{CLIENTS}/one"))

    assert not [each for each in answers if "never-told" in each.text]
    assert "never-told" not in repr(served.audit)


def test_what_was_read_can_be_put_back(served: Workbench, ask: Asking) -> None:
    before = served.realm.client("one")
    for path in (f"{CLIENTS}/one", f"{AI}/data-agent"):
        read = ask("GET", path).json()
        assert ask("PUT", path, json=read).json() == read

    assert served.realm.client("one") == before


def test_a_plain_value_and_a_wrapped_one_mean_the_same(
    served: Workbench, ask: Asking
) -> None:
    plain = {CORE: {"scopes": ["a"]}, ADVANCED: {"grantTypes": ["password"]}}
    wrapped = {
        CORE: {"scopes": {"inherited": False, "value": ["a"]}},
        ADVANCED: {"grantTypes": {"inherited": False, "value": ["password"]}},
    }

    first = ask("PUT", f"{CLIENTS}/first", json=plain).json()
    second = ask("PUT", f"{CLIENTS}/second", json=wrapped).json()

    assert first[CORE] == second[CORE]
    assert first[ADVANCED] == second[ADVANCED]


def test_an_agent_of_the_vendors_page_works_once_it_is_put(
    served: Workbench, ask: Asking
) -> None:
    script = served.realm.script("risk-agent may act").id
    sent = {
        CORE: {"userpassword": "mySecret", "scopes": ["read"]},
        ADVANCED: {"grantTypes": ["client_credentials"]},
        "overrideOAuth2ClientConfig": {
            "providerOverridesEnabled": True,
            "accessTokenMayActScript": script,
            "statelessTokensEnabled": True,
        },
    }

    answer = ask("PUT", f"{AI}/new-agent", json=sent)
    token = served.client.client_credentials("new-agent", "mySecret", scope="read")

    assert answer.status_code == 201
    claims = served.inspect(token.access_token).claims or {}
    assert claims["may_act"]["client_id"] == "risk-agent"


def test_a_put_replaces_and_leaves_the_secret(served: Workbench, ask: Asking) -> None:
    answer = ask("PUT", f"{CLIENTS}/one", json={ADVANCED: {"grantTypes": ["password"]}})

    client = served.realm.client("one")
    assert answer.status_code == 200
    assert (client.scopes, client.grant_types) == ((), ("password",))
    assert client.secret == "never-told"


def test_one_of_the_other_type_is_not_there_and_in_the_way(
    served: Workbench, ask: Asking
) -> None:
    assert ask("GET", f"{AI}/one").status_code == 404
    assert ask("DELETE", f"{CLIENTS}/data-agent").status_code == 404
    assert ask("PUT", f"{AI}/one", json={}).status_code == 409
    assert ask("PUT", f"{CLIENTS}/data-agent", json={}).status_code == 409
    assert served.realm.client("one").kind == "OAuth2 client"


def test_a_body_of_the_other_type_is_refused(served: Workbench, ask: Asking) -> None:
    sent = {"_type": {"_id": "AIAgent", "name": "AI Agents", "collection": True}}

    assert ask("PUT", f"{CLIENTS}/new", json=sent).status_code == 400
    assert "new" not in served.realm.clients


def test_an_attribute_that_am_has_not_is_refused_with_those_that_it_has(
    served: Workbench, ask: Asking
) -> None:
    answer = ask("PUT", f"{CLIENTS}/one", json={CORE: {"colour": "red"}})

    told = answer.json()
    assert (answer.status_code, told["message"]) == (
        400,
        "Invalid attribute specified.",
    )
    assert {"scopes", "userpassword", "grantTypes"} <= set(
        told["detail"]["validAttributes"]
    )
    assert served.realm.client("one").scopes == ("read",)


def test_what_is_unknown_of_an_agent_is_kept(served: Workbench, ask: Asking) -> None:
    sent = {"aiAgentIdentityUid": "7", CORE: {"colour": {"inherited": False}}}

    ask("PUT", f"{AI}/new", json=sent)
    told = ask("GET", f"{AI}/new").json()

    assert told["aiAgentIdentityUid"] == "7"
    assert "colour" in told[CORE]


@pytest.mark.parametrize(
    "sent",
    [
        {CORE: {"scopes": {"inherited": True}}},
        {CORE: {"scopes": "read"}},
        {CORE: {"status": "Asleep"}},
        {CORE: {"accessTokenLifetime": "1"}},
        {CORE: {"agentgroup": "nobody"}},
        {CORE: []},
        {ADVANCED: {"customProperties": "x=y"}},
        {"overrideOAuth2ClientConfig": {"accessTokenMayActScript": "nobody"}},
        {"overrideOAuth2ClientConfig": {"providerOverridesEnabled": "yes"}},
        {"_type": {"_id": "WebAgent"}},
        {"_type": 7},
        {"_id": ["one"]},
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_changes(
    served: Workbench, ask: Asking, sent: dict[str, Any]
) -> None:
    before = served.realm.client("one")

    assert ask("PUT", f"{CLIENTS}/one", json=sent).status_code == 400
    assert ask("PUT", f"{CLIENTS}/new", json=sent).status_code == 400

    assert served.realm.client("one") == before
    assert "new" not in served.realm.clients


def test_agents_are_there_once_they_are_enabled(wb: Workbench, ask: Asking) -> None:
    types = f"{AGENTS}?_action=getAllTypes"
    off = ask("GET", f"{AI}?{ALL}"), ask("PUT", f"{AI}/new", json={})
    before = ids(ask("POST", types, json={}))

    wb.enable_ai_agents()

    assert [each.status_code for each in off] == [404, 404]
    assert "AIAgent" not in before
    assert "AIAgent" in ids(ask("POST", types))
    assert ask("GET", f"{AI}?{ALL}").status_code == 200


@pytest.mark.parametrize("kind", ["WebAgent", "2.2_Agent", "OAuth2Thing"])
def test_of_other_types_there_are_none(ask: Asking, kind: str) -> None:
    assert ids(ask("GET", f"{AGENTS}/{kind}?{ALL}")) == []
    assert ask("GET", f"{AGENTS}/{kind}/x").status_code == 404
    assert ask("DELETE", f"{AGENTS}/{kind}/x").status_code == 404
    assert ask("PUT", f"{AGENTS}/{kind}/x", json={}).status_code == 501


def test_a_type_that_am_has_not_is_not_found(ask: Asking) -> None:
    assert ask("GET", f"{AGENTS}/Butler?{ALL}").status_code == 404
    assert ask("GET", f"{AGENTS}/Butler/x").status_code == 404


def test_a_member_inherits_what_it_says_that_it_does(
    wb: Workbench, ask: Asking
) -> None:
    group = f"{AGENTS}/groups/OAuth2Client/partners"
    ask("PUT", group, json={CORE: {"scopes": ["shared"]}})
    sent = {
        CORE: {
            "agentgroup": "partners",
            "userpassword": "s",
            "scopes": {"inherited": True, "value": ["own"]},
        }
    }

    ask("PUT", f"{CLIENTS}/one", json=sent)

    alone = ask("GET", f"{CLIENTS}/one").json()[CORE]
    listed = ask("GET", f"{CLIENTS}?{ALL}").json()["result"][0][CORE]
    assert wb.realm.client("one").scopes == ("shared",)
    assert alone["scopes"] == {"inherited": True, "value": ["own"]}
    assert (listed["scopes"], listed["agentgroup"]) == (["shared"], "partners")


def test_a_group_is_read_put_back_and_deleted_without_members(
    wb: Workbench, ask: Asking
) -> None:
    path = f"{AGENTS}/groups/OAuth2Client"
    wb.realm.add_group("partners", scopes=["read"])
    wb.realm.register_client("one", secret="s", group="partners")
    read = ask("GET", f"{path}/partners").json()

    assert ids(ask("GET", f"{path}?{ALL}")) == ["partners"]
    assert ask("PUT", f"{path}/partners", json=read).json() == read
    assert ask("DELETE", f"{path}/partners").status_code == 400
    wb.realm.delete("one")
    assert ask("DELETE", f"{path}/partners").status_code == 200
    assert ask("GET", f"{path}/partners").status_code == 404


def test_groups_of_agents_need_agents(wb: Workbench, ask: Asking) -> None:
    path = f"{AGENTS}/groups/AIAgent/partners"
    assert ask("PUT", path, json={}).status_code == 404

    wb.enable_ai_agents()

    assert ask("PUT", path, json={}).status_code == 201


def test_a_client_that_is_deleted_is_told_once_more(
    served: Workbench, ask: Asking
) -> None:
    read = ask("GET", f"{CLIENTS}/one").json()

    assert ask("DELETE", f"{CLIENTS}/one").json() == read
    assert ask("DELETE", f"{CLIENTS}/one").status_code == 404


def test_a_client_needs_an_id_to_be_created(ask: Asking) -> None:
    create = f"{CLIENTS}?_action=create"

    assert ask("POST", create, json={}).status_code == 400
    assert ask("POST", create, json={"_id": "new"}).status_code == 201
    assert ask("POST", create, json={"_id": "new"}).status_code == 409


def test_a_form_that_watches_the_realm_sees_it(served: Workbench, ask: Asking) -> None:
    seen: list[str] = []

    class Watcher:
        def refresh(self) -> None:
            seen.append("looked")

    watcher = Watcher()
    served.realm.watchers.add(watcher)
    ask("PUT", f"{CLIENTS}/new", json={CORE: {"userpassword": "s"}})

    assert seen
    assert served.audit[-1].summary == "OAuth2 client new was registered."
