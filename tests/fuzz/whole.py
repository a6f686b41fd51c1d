"""A target that sends whole requests to the WSGI application.

The octets are a request as HTTP/1 has it: a line with method and target, headers, an
empty line, a body. ``{access}``, ``{session}`` and the like stand for what is live.
"""

import json
import re
import warnings
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.validate import WSGIWarning, validator

from tests.fuzz.of_tokens import made
from tests.fuzz.target import NOW, Target
from tests.stories import agent_for_user
from workbench import Workbench
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD

EACH = 400
"""Requests for which one bench is kept."""

METHOD = re.compile(rb"[A-Z]{1,20}\Z")
NAME = re.compile(rb"[A-Za-z0-9-]{1,40}\Z")
REASON = re.compile(r"[1-5][0-9][0-9] .*\Z")
BEFORE = b"/am/oauth2/realms/root/realms/alpha"


class _Bench:
    """A bench, and what is live on it."""

    def __init__(self) -> None:
        self.wb = wb = agent_for_user(Workbench(now=NOW, seed="fuzz"))
        wb.realm.update("hr-client", overrides={"accessTokenMayActScript": "[Empty]"})
        wb.provider.allowDynamicRegistration = True
        self.left = EACH
        tokens = wb.client.password(
            "hr-client", "mySecret", USER, USER_PASSWORD, scope="openid read"
        )
        session = wb.client.authenticate(USER, USER_PASSWORD).token_id
        own = wb.client.client_credentials("hr-agent", "mySecret", scope="read")
        registered = wb.http.post(f"{wb.realm.oauth2_url}/register", json={}).json()
        self.live = {
            "access": tokens.access_token,
            "refresh": tokens.json["refresh_token"],
            "session": session,
            "own": own.access_token,
            "registered": registered["client_id"],
            "registration": registered["registration_access_token"],
        }


_kept: list[_Bench] = []


def _bench() -> _Bench:
    if not _kept or _kept[0].left == 0:
        for old in _kept:
            old.wb.close()
        _kept[:] = [_Bench()]
    _kept[0].left -= 1
    return _kept[0]


def request(octets: bytes) -> None:
    """Any request: the answer is whole, and never that the server failed."""
    bench = _bench()
    for name, value in bench.live.items():
        octets = octets.replace(b"{%s}" % name.encode(), value.encode())
    environ = environ_of(octets)
    if environ is None:
        return
    answered: list[Any] = []

    def start_response(status: str, headers: Any, exc: Any = None) -> Any:
        answered[:] = [status, headers]
        return lambda data: None

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", WSGIWarning)  # of a method that nobody knows
        body = validator(bench.wb.app)(environ, start_response)
    try:
        content = b"".join(body)
    finally:
        body.close()  # type: ignore[attr-defined]
    status, headers = answered
    _is_whole(environ["REQUEST_METHOD"], status, headers, content)


def _is_whole(method: str, status: str, headers: Any, content: bytes) -> None:
    assert REASON.match(status), status
    code, found = int(status[:3]), dict(headers)
    assert code < 500 or code == 501, status
    for name, value in headers:
        assert not set("\r\n\0") & set(name + value)
    if code == 405:
        assert found["Allow"]
    if code in (302, 303):
        assert found["Location"]
    kind = found.get("Content-Type", "")
    if kind.startswith("application/json") and method != "HEAD":
        assert isinstance(json.loads(content), dict)
    if code == 401 and kind.startswith("application/json"):
        assert json.loads(content or b"{}") is not None
    if "Content-Length" in found and method != "HEAD":
        assert int(found["Content-Length"]) == len(content)


def environ_of(octets: bytes) -> dict[str, Any] | None:
    """What a WSGI server makes of these octets; None where it answers by itself."""
    head, _, body = octets.partition(b"\n\n")
    first, *lines = head.split(b"\n")
    method, _, target = first.partition(b" ")
    if not METHOD.match(method) or not target.startswith((b"/", b"~")):
        return None
    path, _, query = target.partition(b"?")
    path = path.replace(b"~", BEFORE, 1) if path.startswith(b"~") else path
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method.decode(),
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_NAME": "am.example.com",
        "SERVER_PORT": "8443",
        "HTTP_HOST": "am.example.com:8443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": _errors(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not NAME.match(name):
            return None
        key = name.decode().upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        if key != "CONTENT_LENGTH":
            environ[key] = value.strip(b" \t\r").decode("latin-1")
    return environ


@cache
def _errors() -> Any:
    import io

    return io.StringIO()


_FORM = b"Content-Type: application/x-www-form-urlencoded\n\n"
_AGENT = b"client_id=hr-agent&client_secret=mySecret"
_TYPE = b"urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token"
_ASKED = b"client_id=hr-client&response_type=code&scope=read&redirect_uri="
_BACK = b"https%3A%2F%2Fwww.example.com%3A443%2Fcallback"

SEEDS = (
    b"POST ~/access_token\n%bgrant_type=client_credentials&scope=read&%b"
    % (_FORM, _AGENT),
    b"POST ~/access_token\n%bgrant_type=urn%%3Aietf%%3Aparams%%3Aoauth%%3Agrant-type"
    b"%%3Atoken-exchange&subject_token={access}&subject_token_type=%b&actor_token={own}"
    b"&actor_token_type=%b&%b" % (_FORM, _TYPE, _TYPE, _AGENT),
    b"POST ~/access_token\n%bgrant_type=refresh_token&refresh_token={refresh}"
    b"&client_id=hr-client&client_secret=mySecret" % _FORM,
    b"POST ~/access_token\nAuthorization: Basic aHItYWdlbnQ6bXlTZWNyZXQ=\n"
    b"%bgrant_type=client_credentials&scope=write" % _FORM,
    b"GET ~/authorize?%b%b&state=a&max_age=5&response_mode=form_post\n"
    b"Cookie: iPlanetDirectoryPro={session}\n\n" % (_ASKED, _BACK),
    b"POST ~/authorize\nCookie: iPlanetDirectoryPro={session}\n"
    b"%b%b%b&decision=allow&csrf={session}" % (_FORM, _ASKED, _BACK),
    b"POST ~/introspect\n%btoken={access}&%b" % (_FORM, _AGENT),
    b"POST ~/token/revoke\n%btoken={own}&%b" % (_FORM, _AGENT),
    b"GET ~/tokeninfo?access_token={access}\n\n",
    b"GET ~/userinfo\nAuthorization: Bearer {access}\n\n",
    b"POST ~/register\nContent-Type: application/json\n\n"
    b'{"client_name":"a","redirect_uris":["https://a/"]}',
    b"GET ~/register?client_id={registered}\nAuthorization: Bearer {registration}\n\n",
    b"PUT ~/register?client_id={registered}\nAuthorization: Bearer {registration}\n"
    b'Content-Type: application/json\n\n{"client_id":"{registered}"}',
    b"DELETE ~/register?client_id={registered}\n"
    b"Authorization: Bearer {registration}\n\n",
    b"POST ~/bc-authorize\n%brequest=e30.e30.&%b" % (_FORM, _AGENT),
    b"GET ~/bc-approve\nCookie: iPlanetDirectoryPro={session}\n\n",
    b"HEAD ~/.well-known/openid-configuration\n\n",
    b"OPTIONS /am/oauth2/connect/jwk_uri\nOrigin: https://a\n\n",
    b"POST /am/json/realms/root/realms/alpha/authenticate\n"
    b"X-OpenAM-Username: bjensen\nX-OpenAM-Password: x\n\n{}",
    b"POST /am/json/realms/root/realms/alpha/token/macaroon?_action=restrict\n"
    b"Content-Type: application/json\n\n"
    b'{"macaroon":"%b","caveat":{"type":"first-party","identifier":{"scope":"read"}}}'
    % made(client_side=False, macaroon=True).value.encode(),
)

TARGETS = (Target("request", request, SEEDS),)
