"""Half of a surrogate pair is refused in words, where it is given or where it is sent.

Nothing keeps one that could only fail later: when it is shown, saved or signed.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.stories import SECRET, claims_of, lets_act
from workbench import Workbench
from workbench.am.basics.characters import all_whole, is_whole
from workbench.cli import main
from workbench.errors import WorkbenchError

HALF = "a\ud800b"

Act = Callable[[Workbench], Any]

GIVEN: dict[str, Act] = {
    "a client's id": lambda wb: wb.realm.register_client(HALF, secret="s"),
    "an agent's id": lambda wb: wb.realm.register_agent(HALF, secret="s"),
    "a client's secret": lambda wb: wb.realm.register_client("c", secret=HALF),
    "a client's name": lambda wb: _client(wb, name=HALF),
    "a scope": lambda wb: _client(wb, scopes=[HALF]),
    "a redirection URI": lambda wb: _client(wb, redirection_uris=[f"https://{HALF}"]),
    "a sector": lambda wb: _client(wb, sector_identifier_uri=f"https://{HALF}"),
    "a custom property": lambda wb: _client(wb, custom_properties=[f"a={HALF}"]),
    "an audience": lambda wb: _client(wb, allowed_audiences=[HALF]),
    "a client's script": lambda wb: _client(wb, may_act_script=HALF),
    "an override": lambda wb: _client(
        wb,
        overrides={"accessTokenMayActScript": HALF, "providerOverridesEnabled": True},
    ),
    "a group of clients": lambda wb: wb.realm.groups.add_for_clients(HALF),
    "a value of a group": lambda wb: wb.realm.groups.add_for_clients(
        "g", jwks_uri=HALF
    ),
    "a user's name": lambda wb: wb.realm.add_user(HALF, password="p"),
    "a password": lambda wb: wb.realm.add_user("u", password=HALF),
    "an attribute": lambda wb: _user(wb, {"mail": [HALF]}),
    "an attribute's name": lambda wb: _user(wb, {HALF: ["x"]}),
    "a group of people": lambda wb: wb.realm.user_groups.add(HALF),
    "a script's name": lambda wb: wb.realm.add_script(HALF, "1"),
    "a script's source": lambda wb: wb.realm.add_script("s", f"'{HALF}'"),
    "a script's description": lambda wb: wb.realm.add_script(
        "s", "1", description=HALF
    ),
    "a library's source": lambda wb: wb.realm.scripts.add_library("l", f"'{HALF}'"),
    "a policy's name": lambda wb: wb.realm.policies.add(HALF, ["read"], grant=True),
    "a policy's scope": lambda wb: wb.realm.policies.add("p", [HALF], grant=True),
    "a policy's user": lambda wb: wb.realm.policies.add(
        "p", ["read"], grant=True, subjects={"users": [HALF]}
    ),
    "a provider's list": lambda wb: setattr(wb.provider, "supportedScopes", (HALF,)),
    "a provider's text": lambda wb: wb.realm.set_provider(oidcClaimsScript=HALF),
    "a profile": lambda wb: setattr(wb, "profile", HALF),
    "a profile's name": lambda wb: wb.profile.but(name=HALF),
    "a realm": lambda wb: wb.realms.add(HALF),
    "a base URL": lambda wb: Workbench(base_url=f"https://{HALF}/am"),
    "a seed": lambda wb: Workbench(seed=HALF),
    "an engine": lambda wb: Workbench(engine=HALF),
    "a use case": lambda wb: wb.prepare(HALF),
}

SENT: dict[str, Act] = {
    "an id": lambda wb: wb.client.client_credentials(HALF, "s"),
    "a secret": lambda wb: wb.client.client_credentials("risk-agent", HALF),
    "a scope": lambda wb: wb.client.client_credentials("risk-agent", "s", scope=HALF),
    "a token": lambda wb: wb.client.exchange("risk-agent", "s", subject_token=HALF),
    "a parameter": lambda wb: wb.client.post("access_token", {HALF: "x"}),
    "one of several": lambda wb: wb.client.post("access_token", {"audience": [HALF]}),
    "a user's name": lambda wb: wb.client.authenticate(HALF, "p"),
    "a session": lambda wb: wb.client.authorize("a", HALF, redirect_uri="https://a/"),
    "metadata": lambda wb: wb.client.register({"client_name": HALF}),
    "a bearer token": lambda wb: wb.client.register({}, access_token=HALF),
    "a token to look at": lambda wb: wb.client.introspect("risk-agent", "s", HALF),
    "a request once more": lambda wb: wb.client.again(
        wb.client.client_credentials("risk-agent", "s"), {"scope": HALF}
    ),
}


def _client(wb: Workbench, **more: Any) -> Any:
    return wb.realm.register_client("c", secret="s", **more)


def _user(wb: Workbench, attributes: Any) -> Any:
    return wb.realm.add_user("u", password="p", attributes=attributes)


@pytest.mark.parametrize("what", GIVEN)
def test_an_administrator_is_told_and_nothing_is_kept(
    story: Workbench, what: str
) -> None:
    before = [*story.realm.clients, *story.realm.users, *story.realm.scripts]

    with pytest.raises(WorkbenchError) as told:
        GIVEN[what](story)

    assert is_whole(str(told.value)), "what is said of it can be written"
    assert [*story.realm.clients, *story.realm.users, *story.realm.scripts] == before


@pytest.mark.parametrize("what", SENT)
def test_an_agent_is_told_and_nothing_is_sent(story: Workbench, what: str) -> None:
    with pytest.raises(WorkbenchError, match=r"has the character '\\ud800'"):
        SENT[what](story)


def test_a_form_says_so_and_can_be_shown(story: Workbench) -> None:
    registering = story.agent_form(client_id=HALF, secret="s")
    request = story.request_form()
    request.client_id.value = HALF

    for form in (registering, request):
        form.button.click()

        assert "Not done" in form.said
        assert is_whole(form.said)
        assert is_whole(form.face_text())
        assert is_whole(form.face_html())


def test_what_a_script_makes_survives_in_a_token_and_in_every_view(
    story: Workbench,
) -> None:
    story.realm.add_script("odd", r'token.setMayAct({client_id: "a\ud800b"})')
    story.realm.update("risk-agent", may_act_script="odd")

    call = story.client.client_credentials("risk-agent", SECRET, scope="read")

    assert claims_of(story, call)["may_act"] == {"client_id": HALF}
    faces: list[Any] = [
        story.inspect(call),
        story.chain(call),
        story.transcript,
        story.audit,
    ]
    for face in faces:
        bundle = face._repr_mimebundle_()
        assert is_whole("".join(bundle.values()))
    assert is_whole(story.audit_table().to_csv() + story.token_form().face_text())


def test_what_a_script_would_keep_is_refused(story: Workbench) -> None:
    story.realm.add_script(
        "odd", r'identity.setAttribute("cn", ["a\ud800b"]); identity.store();'
    )
    story.realm.update("risk-agent", may_act_script="odd")

    call = story.client.client_credentials("risk-agent", SECRET, scope="read")

    assert is_whole(json.dumps(call.json, ensure_ascii=False))
    assert all_whole([client.name for client in story.realm.clients.values()])


def test_a_file_with_one_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "script.json"
    body = {"name": "odd", "context": "OAUTH2_MAY_ACT", "script": f"'{HALF}'"}
    file.write_text(json.dumps(body), "ascii")

    status = main(["script", "check", str(file)])

    said = capsys.readouterr()
    assert status == 1
    assert "half a character" in said.out + said.err


def test_a_file_whose_name_is_no_text_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "\udcff.js"
    try:
        file.write_text(lets_act("risk-agent"), "utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system has no such names")

    assert main(["script", "check", str(file)]) == 0
    assert is_whole(capsys.readouterr().out)


def test_texts_are_whole_however_deep() -> None:
    assert all_whole({"a": ["b", {"c": ("é", "\U0001f600", 1, None, b"\xff")}]})
    assert not all_whole({"a": [{"b": (HALF,)}]})
    assert not all_whole({HALF: 1})
