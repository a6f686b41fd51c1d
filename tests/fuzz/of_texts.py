"""Targets that read what a person pastes or opens: commands, tokens, files, dates."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from tests.fuzz.of_tokens import made
from tests.fuzz.target import Target, bench, text_of
from workbench.agent.curl.command import CurlRequest, curl_request
from workbench.agent.pasted import code_in, inspect_pasted, token_in
from workbench.errors import CommandError, WorkbenchError
from workbench.interop.script_files import scripts_in
from workbench.views.calls.curl import curl as printed
from workbench.views.page.dates import read_date
from workbench.views.tokens.token import token_html

SECRET = "a-secret-value-of-the-command"


def curl(octets: bytes) -> None:
    """A command line: the request that curl would send, or a reason why not."""
    text = text_of(octets)
    try:
        found = curl_request(text, lambda name: f"value of {name}")
    except CommandError as problem:
        assert str(problem)
        return
    assert found.method.isupper()
    assert "\n" not in found.url + "".join(map("".join, found.headers))
    _comes_back(found)


@dataclass(frozen=True)
class _Sent:
    """A request, as the workbench prints it."""

    method: str
    url: str
    request_headers: tuple[tuple[str, str], ...]
    form: tuple[tuple[str, str], ...]
    sent_json: str


def _comes_back(found: CurlRequest) -> None:
    """What the workbench prints of a form is read back as the same form."""
    body = found.content or b""
    try:
        form = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError:
        return
    own = ("host", "content-length")
    headers = tuple(each for each in found.headers if each[0].lower() not in own)
    sent = _Sent(found.method, found.url, headers, tuple(form), "")
    again = curl_request(printed(sent))
    assert (again.method, again.url) == (found.method, found.url)
    read = parse_qsl((again.content or b"").decode(), keep_blank_values=True)
    assert read == form
    kept = {name.lower(): value for name, value in again.headers}
    for name, value in headers:
        if name.lower() in ("authorization", "cookie", "accept-api-version"):
            assert kept[name.lower()] == value or _repeated(headers, name)


def _repeated(headers: tuple[tuple[str, str], ...], name: str) -> bool:
    return [each.lower() for each, _ in headers].count(name.lower()) > 1


def pasted(octets: bytes) -> None:
    """A text with a token in it: what is left is what is found again."""
    text = text_of(octets)
    found = token_in(text)
    assert found == token_in(text)
    assert found.token not in repr(found) or len(found.token) < 27
    code_in(text)
    opened = inspect_pasted(bench().realm, text)
    assert "<script" not in token_html(opened).lower()


def script_file(octets: bytes) -> None:
    """A file of scripts, as JSON and by what its octets say."""
    for name in ("export.json", "script.js", "file"):
        try:
            found = scripts_in(octets, name, _beside)
        except WorkbenchError as problem:
            assert str(problem)
        else:
            assert found
            assert all(each.source or each.problem or True for each in found)


@cache
def _beside(path: str) -> str:
    if "\0" in path:
        raise OSError(22, "Invalid argument")
    raise FileNotFoundError(2, "nothing is beside it")


def date(octets: bytes) -> None:
    """What may stand where a date belongs."""
    text = text_of(octets)
    read_date(text)
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return
    read = read_date(value)
    assert read.seconds is None or 0 <= read.seconds < 10**11


def _export(**script: Any) -> bytes:
    body: Mapping[str, Any] = {"_id": "1", "name": "a", "script": "Y29uc3QgYSA9IDE7"}
    return json.dumps({"script": {"1": {**body, **script}}}).encode()


def _each(run: Callable[[bytes], None], *seeds: bytes) -> Target:
    return Target(run.__name__, run, seeds)


TARGETS = (
    _each(
        curl,
        b"curl --request POST --header 'Authorization: Bearer x' "
        b"--data 'grant_type=password' --data-urlencode 'scope=a b' \\\n "
        b"'https://am.example.com:8443/am/oauth2/access_token'",
        b'$ curl -sS -u "a:b" -G -d x=1 "http://h/?a=$TOKEN" | jq .',
        b"curl --json '{\"a\":1}' http://h -w '%{http_code}' -H $'X: \\x41'",
        "curl \u2014data \u201ca=b\u201d ^\n http://h".encode(),
    ),
    _each(
        pasted,
        b"Authorization: Bearer " + made().value.encode(),
        b'{"access_token":"' + made(client_side=False).value.encode() + b'"}',
        b"https://a/cb?code=abc&access_token=x#id_token=y",
        b"'eyJhbGciOiJub25lIn0.\r\n e30.'",
    ),
    _each(
        script_file,
        _export(
            context="OAUTH2_MAY_ACT", language="JAVASCRIPT", evaluatorVersion="2.0"
        ),
        _export(script=["var a = 1;", "token.setMayAct({});"]),
        _export(script={"file": "a.js"}),
        b'{"result":[{"name":"a","script":"file://a.js"}],"resultCount":1}',
        b"(function () { var a = 1; }());",
        b"\xef\xbb\xbf{}",
    ),
    _each(
        date,
        b"1790000000",
        b"-1e400",
        b"1790000000000.5",
        b'"2026-11-29T12:00:00Z"',
        b"Sun, 29 Nov 2026 12:00:00 GMT",
    ),
)
