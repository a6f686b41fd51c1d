"""Targets that read parts of a request: forms, JSON, credentials, metadata, paths."""

import json
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from tests.fuzz.target import Target, bench, shows_no_token, text_of
from workbench.am.basics.realm_path import issuers, path_in, realm_path, url_forms
from workbench.am.clients.client import Client
from workbench.am.clients.names import SCOPE_TOKEN
from workbench.am.clients.uri import is_redirection_uri, is_sector_uri, redirects_to
from workbench.am.registration.metadata import read_metadata
from workbench.am.scopes.scope import requested_scopes, split_scope
from workbench.errors import (
    InvalidClient,
    InvalidClientMetadata,
    InvalidRedirectUri,
    InvalidRequest,
    OAuthError,
    RegistrationError,
    SettingError,
    UnapprovedStatement,
)
from workbench.server.admin.administrator import Administrator
from workbench.server.request.credentials import credentials
from workbench.server.request.json_body import DEEPEST, read_json
from workbench.server.request.parameters import (
    FORM,
    form_and_query,
    read_form,
    read_query,
)
from workbench.server.routes import Routes


def form(octets: bytes) -> None:
    """A form's body: one value a name, in which is no NUL and no half character."""
    try:
        found = read_form(FORM, octets)
    except InvalidRequest as problem:
        _is_clean(problem)
        return
    assert found.pairs() == read_form(FORM, octets).pairs()
    for name, value in found.pairs():
        assert "\0" not in name + value
        (name + value).encode()
    for name, value in found.values.items():
        assert value == found.lists[name][0]


def query(octets: bytes) -> None:
    """A query and a form together are refused where either is."""
    body, _, after = octets.partition(b"?")
    try:
        both = form_and_query(FORM, body, after)
    except InvalidRequest as problem:
        _is_clean(problem)
        return
    alone = [*read_form(FORM, body).pairs(), *read_query(after).pairs()]
    assert sorted(both.pairs()) == sorted(alone)


def json_body(octets: bytes) -> None:
    """A JSON body: an object that every reader reads alike, or a refusal."""
    try:
        found = read_json("application/json", octets)
    except InvalidRequest as problem:
        _is_clean(problem)
        return
    again = json.dumps(found, allow_nan=False).encode()
    assert read_json("application/json", again) == found
    assert _depth(found) <= DEEPEST


def _depth(value: object) -> int:
    inner: list[object] = []
    if isinstance(value, dict):
        inner = list(value.values())
    elif isinstance(value, list):
        inner = value
    return 1 + max(map(_depth, inner), default=0)


def basic(octets: bytes) -> None:
    """Any octets after ``Basic``."""
    _credentials(b"", f"Basic {b64encode(octets).decode()}")


def client_credentials(octets: bytes) -> None:
    """A form, and after a line break the Authorization header."""
    body, _, header = octets.partition(b"\n")
    _credentials(body, header.decode("latin-1") or None)


def _credentials(body: bytes, authorization: str | None) -> None:
    try:
        found = credentials(read_form(FORM, body), authorization)
    except (InvalidClient, InvalidRequest) as problem:
        _is_clean(problem)
        return
    assert found.client_ids
    for secret in found.secrets:
        assert (
            len(secret) < 8 or secret in found.client_ids or secret not in repr(found)
        )


def metadata(octets: bytes) -> None:
    """What a client says of itself: a client can be made of it, or it is refused."""
    try:
        sent = read_json("application/json", octets)
    except InvalidRequest:
        return
    for with_token in (True, False):
        try:
            found = read_metadata(sent, _provider(), with_token=with_token)
        except (InvalidClientMetadata, InvalidRedirectUri, UnapprovedStatement) as no:
            _is_clean(no)
        else:
            Client(client_id="it", secret="s", **found.fields)


@cache
def _provider():  # type: ignore[no-untyped-def]
    provider = bench().realm.provider
    provider.supportedScopes = ("read", "write|en|Change things")
    return provider


def redirect_uri(octets: bytes) -> None:
    """A URI that is registered matches itself, unless it has a wildcard."""
    registered, _, sent = text_of(octets).partition("\n")
    fits = is_redirection_uri(registered)
    is_sector_uri(registered)
    for wildcards in (True, False):
        if redirects_to(registered, sent, wildcards=wildcards) and fits:
            assert is_redirection_uri(sent)
            assert urlsplit(sent).hostname == urlsplit(registered).hostname
    if fits and "*" not in registered:
        assert redirects_to(registered, registered, wildcards=True)


def scope(octets: bytes) -> None:
    """A scope parameter: words, each once, whatever is between them."""
    found = split_scope(text_of(octets))
    assert len(set(found)) == len(found)
    assert all(found)
    client = Client(client_id="it", scopes=("read", "write"), default_scopes=("read",))
    asked = requested_scopes(client, text_of(octets))
    shows_no_token(asked.problem)
    assert not set(asked.unknown) & {"read", "write"}
    for each in found:
        SCOPE_TOKEN.match(each)


def realm_name(octets: bytes) -> None:
    """A realm's name: its path stands for it in both forms of URL, or it is none."""
    name = text_of(octets)
    path_in(name)
    issuers(f"https://am.example.com/am/oauth2{name}")
    try:
        path = realm_path(name)
    except SettingError:
        return
    assert realm_path(path) == path
    for each in url_forms(path):
        assert path_in(each) == path


def route(octets: bytes) -> None:
    """Any path, and after a question mark the query: to a realm, or to nothing."""
    path, _, after = text_of(octets).partition("?")
    environ = EnvironBuilder().get_environ()
    environ["PATH_INFO"] = path.encode("utf-8", "surrogateescape").decode("latin-1")
    environ["QUERY_STRING"] = after.encode("ascii", "replace").decode()
    found = _routes().find(Request(environ))
    assert (found.missing is None) == bool(found.methods)
    if found.missing is not None:
        shows_no_token(found.missing.hint)


@cache
def _routes() -> Routes:
    realms = bench().realms
    return Routes(realms, Administrator(realms.clock))


def redirect_registration(octets: bytes) -> None:
    """The URIs of a client, one a line: it is made, or refused in words."""
    lines = text_of(octets).split("\n")
    try:
        Client(client_id="it", redirection_uris=tuple(lines))
    except RegistrationError as problem:
        assert problem.about


def _is_clean(problem: OAuthError) -> None:
    """What is sent fits into a header, and shows no token."""
    assert problem.status < 500
    problem.description.encode()
    shows_no_token(problem.description)
    shows_no_token(problem.hint)


def _each(run: Callable[[bytes], None], *seeds: bytes) -> Target:
    return Target(run.__name__, run, seeds)


TARGETS = (
    _each(
        form,
        b"grant_type=client_credentials&scope=read+write&audience=a&audience=b",
        b"client_id=%C3%A9&client_secret=%00&a&=b&&",
    ),
    _each(query, b"response_type=code&client_id=a?state=%20&scope=a%2Bb"),
    _each(
        json_body,
        b'{"client_name":"a","redirect_uris":["https://a/"],"n":1.5e3,"t":true}',
        b'{"a":{"b":[[[1]],null]},"\\u00e9":"\\ud83d\\ude00"}',
    ),
    _each(basic, b"risk-agent:mySecret", b"a%20b:c+d:e"),
    _each(
        client_credentials,
        b"client_id=a&client_secret=b\nBearer x",
        b"client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type"
        b"%3Ajwt-bearer&client_assertion=e30.eyJzdWIiOiJhIn0.",
    ),
    _each(
        metadata,
        b'{"client_name":"a","scope":"read","redirect_uris":["https://a/"]}',
        b'{"token_endpoint_auth_method":"none","client_type":"Public"}',
        b'{"subject_type":"pairwise","sector_identifier_uri":"https://a"}',
        b'{"jwks":{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]},"access_token_lifetime":9}',
    ),
    _each(
        redirect_uri,
        b"https://www.example.com:443/callback\nhttps://www.example.com:443/callback",
        b"http://localhost:80*/\nhttp://localhost:8080/",
        b"http://[::1]:*/\nhttp://[::1]:1/",
        b"com.example:/cb",
    ),
    _each(redirect_registration, b"https://a/\nhttp://127.0.0.1:*/?a=b", b"urn:a"),
    _each(scope, b"read write read", b" a  b\t"),
    _each(realm_name, b"/realms/root/realms/alpha", b"alpha/sub", b"/", b"root"),
    _each(
        route,
        b"/am/oauth2/realms/root/realms/alpha/access_token?realm=/",
        b"/am/oauth2/alpha/.well-known/openid-configuration",
        b"/am/json/realms/root/authenticate?realm=beta",
        b"/am/oauth2/.well-known/oauth-authorization-server/aiagent",
    ),
)
