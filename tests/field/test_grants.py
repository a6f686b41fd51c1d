"""AM's eleven grants: which give tokens here, and who is told of the rest."""

from typing import Any

import pytest

from workbench import Workbench
from workbench.am.clients.client import AIAgent, Client
from workbench.am.settings.provider import ProviderSettings
from workbench.am.settings.values import (
    ABSENT_GRANT_TYPES,
    GRANT_TYPES,
    PROVIDER_GRANT_TYPES,
)
from workbench.server.grants.table import GRANTS
from workbench.views.calls.call import call_html, call_text
from workbench.views.profile import provider_html, provider_text
from workbench.views.reference import settings_reference

URN = "urn:ietf:params:oauth:grant-type:"

HERE = (
    "authorization_code",
    "urn:openid:params:grant-type:ciba",
    "password",
    "client_credentials",
    "refresh_token",
    f"{URN}token-exchange",
)
NOT_HERE = (
    ("implicit", "Implicit"),
    (f"{URN}uma-ticket", "UMA"),
    (f"{URN}device_code", "Device Code"),
    (f"{URN}saml2-bearer", "SAML2"),
    (f"{URN}jwt-bearer", "JWT Bearer"),
)
MARK = "not on this bench"


def told(label: str) -> str:
    return f"Grant Types {MARK}: {label} (kept, without effect)."


def test_the_eleven_are_those_that_run_and_those_that_do_not() -> None:
    absent = tuple(name for name, _ in NOT_HERE)

    assert sorted(GRANT_TYPES) == sorted(HERE + absent) == sorted(PROVIDER_GRANT_TYPES)
    assert set(GRANTS) == set(HERE)
    assert set(ABSENT_GRANT_TYPES) == set(absent)


def test_the_metadata_list_what_runs(wb: Workbench) -> None:
    url = f"{wb.realm.oauth2_url}/.well-known/openid-configuration"
    listed = wb.http.get(url).json()["grant_types_supported"]

    assert sorted(listed) == sorted(set(HERE) - {f"{URN}token-exchange"})


@pytest.mark.parametrize(("name", "label"), NOT_HERE)
class TestNotHere:
    """Each grant that PingAM has and the bench has not."""

    def test_a_request_for_it_is_refused_and_the_trail_says_why(
        self, wb: Workbench, name: str, label: str
    ) -> None:
        wb.realm.register_client("c", secret="s", grant_types=[name])
        form = {"grant_type": name, "client_id": "c", "client_secret": "s"}

        answer = wb.client.post("access_token", form)

        assert answer.status == 400
        assert answer.json["error"] == "unsupported_grant_type"
        assert wb.audit[-1].hint.startswith(f"PingAM's grant {label} is {MARK}. Known")

    def test_a_client_keeps_it_and_the_trail_tells(
        self, wb: Workbench, name: str, label: str
    ) -> None:
        wb.realm.register_client("c", secret="s", grant_types=[name])
        assert told(label) in wb.audit[-1].summary
        wb.realm.update("c", grant_types=["password", name])
        assert told(label) in wb.audit[-1].summary
        wb.realm.update("c", name="another name")
        assert told(label) not in wb.audit[-1].summary

        assert wb.realm.client("c").grant_types == ("password", name)

    def test_so_does_a_group(self, wb: Workbench, name: str, label: str) -> None:
        group = wb.realm.add_group("many", grant_types=[name])
        assert told(label) in wb.audit[-1].summary
        wb.realm.groups.update(group, grant_types=[name, "password"])
        assert told(label) in wb.audit[-1].summary

    def test_so_does_the_provider(self, wb: Workbench, name: str, label: str) -> None:
        wb.realm.set_provider(grantTypes=("password", name))

        assert told(label) in wb.audit[-1].summary
        assert told(label) in provider_html(wb.provider)
        assert told(label) in provider_text(wb.provider)

    def test_who_registers_itself_with_it_is_answered_as_by_am(
        self, wb: Workbench, name: str, label: str
    ) -> None:
        wb.provider.allowDynamicRegistration = True
        asked = {"grant_types": [name], "redirect_uris": ["https://a.example/b"]}

        answer = wb.client.register(asked, path="register")

        assert answer.status == 201
        assert answer.json["grant_types"] == [name]
        assert told(label) in wb.audit[-1].summary
        assert told(label) in call_html(answer)
        assert told(label) in call_text(answer)

    def test_a_form_says_so_on_its_label_and_when_it_is_ticked(
        self, wb: Workbench, name: str, label: str
    ) -> None:
        wb.realm.register_client("c", secret="s", grant_types=["password"])
        field = wb.client_form("c").grant_types
        boxes = {box.description: box for box in field.children[1].children}
        assert field.remark.value == ""

        boxes[f"{label} ({MARK})"].value = True
        assert told(label) in field.remark.value
        boxes[f"{label} ({MARK})"].value = False
        assert field.remark.value == ""


@pytest.mark.parametrize("name", HERE)
def test_what_runs_is_not_marked(wb: Workbench, name: str) -> None:
    wb.realm.register_client("c", secret="s", grant_types=[name])
    boxes = wb.client_form("c").grant_types.children[1].children

    assert MARK not in wb.audit[-1].summary
    assert GRANT_TYPES[name] in [box.description for box in boxes]


@pytest.mark.parametrize("owner", [ProviderSettings, Client, AIAgent])
def test_the_reference_says_which(owner: Any) -> None:
    told = settings_reference(owner).text

    assert "Implicit, UMA, device code, SAML2 and JWT bearer can be named" in " ".join(
        told.split()
    )


def test_response_types_are_of_the_same_kind(wb: Workbench) -> None:
    wb.realm.register_client("c", secret="s", response_types=["code", "token"])
    field = wb.client_form("c").response_types

    remark = f"Response Types {MARK}: token (kept, without effect)."
    assert remark in wb.audit[-1].summary
    assert remark in field.remark.value
    assert "code" in [box.description for box in field.children[1].children]


def test_a_grant_that_nobody_has_is_just_unknown(wb: Workbench) -> None:
    answer = wb.client.post("access_token", {"grant_type": "made-up"})

    assert answer.json["error"] == "unsupported_grant_type"
    assert wb.audit[-1].hint.startswith("Known here: ")
