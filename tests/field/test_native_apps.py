"""Native apps (RFC 8252): any port of the loopback interface, schemes of their own."""

from typing import Any

import pytest

from tests.stories import login
from workbench import Workbench
from workbench.agent.client import Call
from workbench.errors import RegistrationError
from workbench.forms.parties.client import ClientForm

ANY_PORT = "http://127.0.0.1:*/callback"

MATCHES: dict[str, tuple[str, str]] = {
    "any port": (ANY_PORT, "http://127.0.0.1:51004/callback"),
    "the lowest": (ANY_PORT, "http://127.0.0.1:1/callback"),
    "the highest": (ANY_PORT, "http://127.0.0.1:65535/callback"),
    "IPv6": ("http://[::1]:*/callback", "http://[::1]:61023/callback"),
    "localhost": ("http://localhost:*/", "http://localhost:8080/"),
    "TLS": ("https://localhost:*/cb", "https://localhost:8443/cb"),
    "no path": ("http://127.0.0.1:*", "http://127.0.0.1:9000"),
    "a query": ("http://127.0.0.1:*/cb?a=b", "http://127.0.0.1:9000/cb?a=b"),
    "ports that begin so": ("https://127.0.0.1:80*/", "https://127.0.0.1:8080/"),
    "that port itself": ("https://127.0.0.1:80*/", "https://127.0.0.1:80/"),
    "ports that end so": ("https://[::1]:*443/", "https://[::1]:8443/"),
    "two wildcards": ("http://localhost:*0*/", "http://localhost:8081/"),
    "an exact one beside it": (
        "https://app.example.com/cb",
        "https://app.example.com/cb",
    ),
    "a star in a path": ("https://app.example.com/*", "https://app.example.com/*"),
    "a private-use scheme": ("com.example.app:/cb", "com.example.app:/cb"),
    "one with slashes": ("com.example.app://cb", "com.example.app://cb"),
}
"""What is registered, and a ``redirect_uri`` that it stands for."""

MISMATCHES: dict[str, tuple[str, str]] = {
    "no port": (ANY_PORT, "http://127.0.0.1/callback"),
    "an empty port": (ANY_PORT, "http://127.0.0.1:/callback"),
    "port 0": (ANY_PORT, "http://127.0.0.1:0/callback"),
    "a port that is none": (ANY_PORT, "http://127.0.0.1:65536/callback"),
    "a port in other words": (ANY_PORT, "http://127.0.0.1:080/callback"),
    "digits of another script": (ANY_PORT, "http://127.0.0.1:٨٠/callback"),
    "the wildcard itself": (ANY_PORT, ANY_PORT),
    "another path": (ANY_PORT, "http://127.0.0.1:51004/other"),
    "a longer path": (ANY_PORT, "http://127.0.0.1:51004/callback/more"),
    "a query": (ANY_PORT, "http://127.0.0.1:51004/callback?more=1"),
    "a fragment": (ANY_PORT, "http://127.0.0.1:51004/callback#x"),
    "another scheme": (ANY_PORT, "https://127.0.0.1:51004/callback"),
    "another name of loopback": (ANY_PORT, "http://localhost:51004/callback"),
    "another loopback address": (ANY_PORT, "http://127.0.0.2:51004/callback"),
    "a host that begins so": (ANY_PORT, "http://127.0.0.1.evil.com:51004/callback"),
    "a host without a port": (ANY_PORT, "http://127.0.0.1.evil.com/callback"),
    "userinfo": (ANY_PORT, "http://127.0.0.1:80@evil.com/callback"),
    "userinfo with a port": (ANY_PORT, "http://127.0.0.1:80@evil.com:80/callback"),
    "userinfo before loopback": (ANY_PORT, "http://me@127.0.0.1:80/callback"),
    "a backslash": (ANY_PORT, "http://127.0.0.1:80\\@evil.com/callback"),
    "capitals": (ANY_PORT, "HTTP://127.0.0.1:51004/callback"),
    "a line break": (ANY_PORT, "http://127.0.0.1:51004/callback\n"),
    "a space": (ANY_PORT, " http://127.0.0.1:51004/callback"),
    "a path that climbs": (ANY_PORT, "http://127.0.0.1:51004/x/../callback"),
    "very many wildcards": (
        f"http://localhost:{'*' * 9999}1/",
        "http://localhost:51004/",
    ),
    "a port that begins otherwise": ("http://[::1]:80*/", "http://[::1]:9080/"),
    "a port that ends otherwise": ("http://[::1]:*443/", "http://[::1]:4430/"),
    "a star in a path": (f"{ANY_PORT}/*", "http://127.0.0.1:51004/callback/x"),
    "a private-use scheme": ("com.example.app:/cb", "com.example.app2:/cb"),
    "one without wildcards": ("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb"),
}

WRONG_PLACES = [
    "https://app.example.com:*/cb",
    "https://*.example.com/cb",
    "https://*/cb",
    "http://127.0.0.1.evil.com:*/cb",
    "http://127.0.0.1:*@evil.com/cb",
    "http://127.0.0.1:80@evil.com:*/cb",
    "http://me@127.0.0.1:*/cb",
    "http://127.0.0.*:80/cb",
    "http://127.0.0.2:*/cb",
    "http://[::*]:80/cb",
    "ftp://127.0.0.1:*/cb",
    "com.example.app://*",
    "http://127.0.0.1:*/cb#fragment",
    "http://127.0.0.1:*x/cb",
]


def app(wb: Workbench, *uris: str, wildcards: bool = True, **more: Any) -> Workbench:
    wb.realm.add_user("bjensen", password="Secret12!")
    wb.realm.register_client(
        "app",
        public=True,
        scopes=["read"],
        redirection_uris=uris,
        loopback_interface_redirection=wildcards,
        grant_types=["authorization_code"],
        **more,
    )
    return wb


def consent(wb: Workbench, redirect_uri: str, client_id: str = "app") -> Call:
    session = login(wb).json()["tokenId"]
    return wb.client.authorize(
        client_id, session, redirect_uri=redirect_uri, scope="read"
    )


@pytest.mark.parametrize("case", MATCHES)
def test_an_app_logs_in_from_where_it_listens(wb: Workbench, case: str) -> None:
    registered, sent = MATCHES[case]
    answer = consent(app(wb, registered), sent)

    tokens = wb.client.post(
        "access_token",
        {
            "grant_type": "authorization_code",
            "client_id": "app",
            "code": answer.code,
            "redirect_uri": sent,
        },
    )

    assert answer.status == 302
    assert dict(answer.response_headers)["location"].startswith(sent)
    assert tokens.status == 200


@pytest.mark.parametrize("case", MISMATCHES)
def test_nothing_else_matches(wb: Workbench, case: str) -> None:
    registered, sent = MISMATCHES[case]
    answer = consent(app(wb, registered), sent)

    assert (answer.status, answer.json["error"]) == (400, "redirect_uri_mismatch")


def test_without_the_setting_a_wildcard_stands_for_nothing(wb: Workbench) -> None:
    answer = consent(
        app(wb, ANY_PORT, wildcards=False), "http://127.0.0.1:51004/callback"
    )

    assert answer.json["error"] == "redirect_uri_mismatch"
    assert "loopbackInterfaceRedirection" in wb.audit[-1].hint


def test_without_the_setting_an_exact_port_is_one(wb: Workbench) -> None:
    exact = "http://127.0.0.1:51004/callback"
    app(wb, exact, wildcards=False)

    assert consent(wb, exact).status == 302
    assert consent(wb, exact.replace("51004", "51005")).status == 400
    assert "loopbackInterfaceRedirection" not in wb.audit[-1].hint


def test_the_code_goes_with_the_very_port_it_was_asked_with(wb: Workbench) -> None:
    code = consent(app(wb, ANY_PORT), "http://127.0.0.1:51004/callback").code

    answer = wb.client.post(
        "access_token",
        {
            "grant_type": "authorization_code",
            "client_id": "app",
            "code": code,
            "redirect_uri": "http://127.0.0.1:51005/callback",
        },
    )

    assert answer.json["error"] == "invalid_grant"


def test_a_wildcard_is_nowhere_to_go_where_a_request_names_nothing(
    wb: Workbench,
) -> None:
    session = login(app(wb, ANY_PORT)).json()["tokenId"]
    answer = wb.client.authorize("app", session, redirect_uri="", scope="read")

    assert answer.json["error_description"] == "Missing parameters: redirect_uri"


def test_one_that_is_exact_is_where_to_go(wb: Workbench) -> None:
    session = login(app(wb, "com.example.app:/cb")).json()["tokenId"]
    answer = wb.client.authorize("app", session, redirect_uri="", scope="read")

    assert answer.status == 302


@pytest.mark.parametrize("uri", WRONG_PLACES)
@pytest.mark.parametrize("wildcards", [True, False])
def test_a_wildcard_anywhere_else_is_refused(
    wb: Workbench, uri: str, wildcards: bool
) -> None:
    wb.provider.allowDynamicRegistration = True

    with pytest.raises(RegistrationError, match="is not a redirection URI"):
        app(wb, uri, wildcards=wildcards)
    answer = wb.client.register({"redirect_uris": [uri]}, path="register")

    assert (answer.status, answer.json["error"]) == (400, "invalid_redirect_uri")


def test_an_app_registers_itself(wb: Workbench) -> None:
    app(wb)
    wb.provider.allowDynamicRegistration = True
    wb.provider.supportedScopes = ("read",)
    metadata = {
        "redirect_uris": [ANY_PORT, "com.example.app:/cb"],
        "loopbackInterfaceRedirection": True,
        "application_type": "native",
        "token_endpoint_auth_method": "none",
        "scope": "read",
    }

    made = wb.client.register(metadata, path="register")
    plain = wb.client.register({"redirect_uris": [ANY_PORT]}, path="register")
    answer = consent(wb, "http://127.0.0.1:51004/callback", made.client_id)

    assert made.json["loopbackInterfaceRedirection"] is True
    assert made.json["redirect_uris"] == metadata["redirect_uris"]
    assert answer.status == 302
    assert "loopbackInterfaceRedirection" not in plain.json


def test_an_app_says_the_setting_by_true_or_false(wb: Workbench) -> None:
    wb.provider.allowDynamicRegistration = True
    metadata = {"redirect_uris": [ANY_PORT], "loopbackInterfaceRedirection": "yes"}

    answer = wb.client.register(metadata, path="register")

    assert answer.json["error"] == "invalid_client_metadata"


def test_the_form_has_the_setting_as_am_calls_it(wb: Workbench) -> None:
    app(wb, wildcards=False)
    form = ClientForm(wb.realm, "app")
    fields = {each.description: each for each in form.fields.values()}

    fields["Allow wildcard ports in redirect URIs"].value = True
    form.fields["redirection_uris"].value = ANY_PORT
    form.submit()

    assert consent(wb, "http://127.0.0.1:51004/callback").status == 302


def test_the_setting_is_inherited_from_a_group(wb: Workbench) -> None:
    wb.realm.add_group("native", loopback_interface_redirection=True)
    app(wb, ANY_PORT, group="native", wildcards=False)
    wb.realm.update("app", inherited=["loopback_interface_redirection"])

    assert consent(wb, "http://127.0.0.1:51004/callback").status == 302
