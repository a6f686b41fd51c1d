"""Every setter that AM publishes of a registration script's ``clientIdentity``."""

import json
from typing import Any

import httpx
import pytest

from tests.stories import manage, open_registration, register, register_agent
from workbench import Workbench
from workbench.am.basics.setting import settings_of
from workbench.am.clients.attributes import SETTERS
from workbench.am.clients.client import Client
from workbench.am.clients.stored_names import STORED, UNUSED, found_in
from workbench.am.scripts.client_setters import (
    CLIENT_SETTERS,
    HIDDEN,
    LIST,
    NUMBER,
    SET_SECRET,
    SWITCH,
    TEXT,
)
from workbench.am.scripts.names_by_context import names_of
from workbench.am.scripts.script import NEXT_GENERATION
from workbench.views.scripts.given import given_values

KEYS = json.dumps(
    {
        "keys": [
            {  # RFC 7517 appendix A.1
                "kty": "EC",
                "crv": "P-256",
                "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
            }
        ]
    }
)
URI = "https://a.example/x"

FIELDS: dict[str, tuple[Any, Any]] = {
    "setAccessTokenLifeTime": (600, 600),
    "setAuthorizationCodeLifeTime": (60, 60),
    "setClientName": (["Mine"], "Mine"),
    "setClientSecret": ("chosen", "chosen"),
    "setClientType": ("Public", True),
    "setDefaultScopes": (["read"], ("read",)),
    "setGrantTypes": (["client_credentials"], ("client_credentials",)),
    "setIdTokenSignedResponseAlg": ("ES256", "ES256"),
    "setJwks": (KEYS, KEYS),
    "setJwksUri": (URI, URI),
    "setJwtTokenLifeTime": (60, 60),
    "setRedirectURIs": ([URI, f"{URI}y"], (URI, f"{URI}y")),
    "setRefreshTokenLifeTime": (-1, -1),
    "setResponseTypes": (["code", "token"], ("code", "token")),
    "setScope": (["read", "write"], ("read", "write")),
    "setSectorIdentifierUri": (URI, URI),
    "setSubjectType": ("Public", "public"),
    "setTokenEndpointAuthMethod": ("client_secret_post", "client_secret_post"),
    "setTokenEndpointAuthSigningAlg": ("PS256", "PS256"),
}
WITHOUT_EFFECT = [n for n in CLIENT_SETTERS if n not in FIELDS and n not in HIDDEN]
VALUES: dict[str, Any] = {LIST: [URI], NUMBER: 7, SWITCH: True, TEXT: "x509"}


@pytest.fixture
def desk(wb: Workbench) -> Workbench:
    wb.enable_ai_agents()
    return open_registration(wb)


def scripted(wb: Workbench, source: str) -> Workbench:
    script = wb.realm.add_registration_script("tried", source)
    wb.provider.dynamicClientRegistrationScript = script.id
    return wb


def calling(method: str, argument: str) -> str:
    return f"""if (clientIdentity.{method}({argument}) !== clientIdentity)
        throw new Error("no chain");
    clientIdentity.store();"""


def registered(wb: Workbench, agent: bool, **metadata: Any) -> httpx.Response:
    return register_agent(wb, metadata) if agent else register(wb, **metadata)


def hint(wb: Workbench) -> str:
    return str(wb.audit[-1].hint)


@pytest.mark.parametrize("agent", [False, True])
@pytest.mark.parametrize("method", FIELDS)
def test_a_setter_changes_the_client(desk: Workbench, method: str, agent: bool) -> None:
    argument, expected = FIELDS[method]
    scripted(desk, calling(method, json.dumps(argument)))

    answer = registered(desk, agent, scopes=["read", "write"])

    assert answer.status_code == 201, hint(desk)
    client = desk.realm.client(answer.json()["client_id"])
    assert getattr(client, SETTERS[method]) == expected


@pytest.mark.parametrize("agent", [False, True])
@pytest.mark.parametrize("method", WITHOUT_EFFECT)
def test_what_the_bench_does_not_use_is_kept_and_told(
    desk: Workbench, method: str, agent: bool
) -> None:
    kind, attribute = CLIENT_SETTERS[method]
    source = calling(method, json.dumps(VALUES[kind]))
    read = f"logger.info('' + clientIdentity.getAttributeValues('{attribute}')[0]);"
    scripted(desk, f"if (operation === 'CREATE') {{ {source} }} {read}")

    answer = registered(desk, agent)

    assert answer.status_code == 201, hint(desk)
    made, (member, value_kind) = answer.json(), UNUSED[attribute.rpartition(".")[2]]
    text = {LIST: f"[0]={URI}", NUMBER: "7", SWITCH: "true", TEXT: "x509"}[kind]
    assert desk.audit[-1].scripts[0].log[-1].text == text
    if member:
        one = URI if kind == LIST else VALUES[kind]
        assert made[member] == ([URI] if value_kind is tuple else one)
        assert manage(desk, "GET", made).json() == made
        return
    kept = desk.realm.clients.registrations[made["client_id"]].attributes
    assert kept == {attribute: (text,)}


def test_a_secret_that_a_script_sets_is_told_to_the_client_alone(
    desk: Workbench,
) -> None:
    scripted(
        desk,
        """clientIdentity.setClientSecret('chosen-one' + '!')
            .setRegistrationAccessToken('opens-it' + '!').store();""",
    )

    made = register(desk).json()

    assert made["client_secret"] == "chosen-one!"
    assert made["registration_access_token"] == "opens-it!"
    outcome = desk.audit[-1].scripts[0]
    shown = f"{outcome!r} {given_values(outcome)}"
    shown += f"{desk.audit[-1]!r} {desk.audit[-1]}"
    assert manage(desk, "GET", made).json() == made
    assert "setClientSecret" in shown
    assert "chosen-one!" not in shown
    assert "opens-it!" not in shown


def test_what_is_set_last_counts_and_is_read_at_once(desk: Workbench) -> None:
    scripted(
        desk,
        """var name = 'com.forgerock.openam.oauth2provider.clientName';
        clientIdentity.setClientName(['a']).setClientName(['b']);
        clientIdentity.setAttribute(name, ['[0]=c']);
        clientIdentity.setClientName(['d']);
        logger.info(clientIdentity.getAttributeValues(name)[0]);
        clientIdentity.store();""",
    )

    made = register(desk).json()

    assert made["client_name"] == "d"
    assert desk.audit[-1].scripts[0].log[-1].text == "[0]=d"


LISTED = "new java.util.ArrayList([60]).get(0)"
TAKEN = [
    ("setScope", "new java.util.ArrayList()", "scopes", ()),
    ("setAccessTokenLifeTime", "60.0", "access_token_lifetime", 60),
    ("setAccessTokenLifeTime", "'60'", "access_token_lifetime", 60),
    (
        "setAccessTokenLifeTime",
        LISTED,
        "access_token_lifetime",
        60,
    ),
]


@pytest.mark.parametrize(("method", "argument", "field", "expected"), TAKEN)
def test_an_argument_is_taken_as_rhino_makes_it_java(
    desk: Workbench, method: str, argument: str, field: str, expected: Any
) -> None:
    scripted(desk, calling(method, argument))

    answer = register(desk, scopes=["read"])

    assert answer.status_code == 201, hint(desk)
    client = desk.realm.client(answer.json()["client_id"])
    assert getattr(client, field) == expected


UNFIT = {
    LIST: ("an array of strings", ["'a'", "[1]", "null", "undefined", "{}"]),
    NUMBER: (
        "a number",
        ["'soon'", "''", "NaN", "Infinity", "true", "null", "undefined", "[1]", "{}"],
    ),
    SWITCH: ("true or false", ["'true'", "1", "null", "undefined", "[true]"]),
    TEXT: ("a text", ["null"]),
}
BAD = [(kind, bad) for kind, (_, all_bad) in UNFIT.items() for bad in all_bad]


@pytest.mark.parametrize(("kind", "argument"), BAD)
def test_an_argument_of_another_kind_is_refused_and_told_in_the_audit(
    desk: Workbench, kind: str, argument: str
) -> None:
    methods = json.dumps([n for n, (each, _) in CLIENT_SETTERS.items() if each == kind])
    scripted(
        desk,
        f"""{methods}.forEach(function (name, index, all) {{
            try {{ clientIdentity[name]({argument}); }}
            catch (e) {{ if (index < all.length - 1) return; throw e; }}
            throw new Error(name + ' took it');
        }});""",
    )

    answer = register(desk)

    assert answer.status_code == 500
    assert f"takes {UNFIT[kind][0]}" in hint(desk)
    assert dict(desk.realm.clients) == {}


@pytest.mark.parametrize(
    ("method", "argument", "says"),
    [
        ("setClientType", "'public'", "Confidential or Public"),
        ("setRedirectURIs", "['x']", "not a redirection URI"),
        ("setAccessTokenLifeTime", "-1", "a whole number"),
        ("setAccessTokenLifeTime", "1e30", "a whole number"),
        ("setDefaultMaxAge", "-1", "a whole number"),
        ("setDefaultMaxAge", "7.5", "a whole number"),
        ("setJwks", "'{'", "JWK"),
        ("setClientName", "['a', 'b']", "it takes one value"),
        ("setClientSecret", "''", "it takes a text"),
        ("setRegistrationAccessToken", "''", "it takes a text"),
        ("setSubjectType", "undefined", "is one of public, pairwise"),
    ],
)
def test_a_value_that_is_none_is_refused_and_told_in_the_audit(
    desk: Workbench, method: str, argument: str, says: str
) -> None:
    scripted(desk, calling(method, argument))

    assert register(desk).status_code == 500
    assert says in hint(desk)
    assert dict(desk.realm.clients) == {}


def test_the_world_the_editor_and_the_store_know_the_same_setters(
    desk: Workbench,
) -> None:
    scripted(
        desk,
        """var found = [];
        for (var name in clientIdentity) if (/^set(?!Attribute)/.test(name))
            found.push(name);
        logger.info(found.sort().join(' '));""",
    )
    register(desk)

    world = desk.audit[-1].scripts[0].log[-1].text.split()
    names = names_of("OAUTH2_DYNAMIC_CLIENT_REGISTRATION", NEXT_GENERATION)
    members = next(n for n in names if n.label == "clientIdentity").members
    editor = [m.label for m in members if m.label.startswith("set")]
    assert world == sorted(CLIENT_SETTERS)
    assert sorted(editor) == sorted([*CLIENT_SETTERS, "setAttribute"])


def test_each_setter_sets_an_attribute_that_the_store_has() -> None:
    fields = {a.lower(): f for f, names in STORED.items() for a in names}
    unused = {name.lower(): name for name in UNUSED}
    said = {each.setter: name for name, each in settings_of(Client).items()}

    for method, (_, attribute) in CLIENT_SETTERS.items():
        if method in HIDDEN:
            continue
        assert said.get(method) == found_in(attribute, fields)
        assert (method in said) != (found_in(attribute, unused) is not None)
    assert set(said) - {""} == set(FIELDS) - {SET_SECRET}


@pytest.mark.parametrize("method", ["setClientName", *HIDDEN])
def test_a_setter_is_no_attribute_of_an_identity(desk: Workbench, method: str) -> None:
    source = f"""var values = new java.util.HashSet(); values.add('mine');
        identity.setAttribute('{method}', values); identity.store();"""
    script = desk.realm.add_script("writes", source, "1.0")
    desk.provider.accessTokenMayActScript = script.id
    made = register(desk, scopes=["read"], grant_types=["client_credentials"]).json()

    answer = desk.client.client_credentials(
        made["client_id"], made["client_secret"], scope="read"
    )

    assert answer.status != 200
    assert f"{method} is a method, and no attribute." in hint(desk)
