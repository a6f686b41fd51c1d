"""``%%curl``: the cell is a curl command."""

from collections.abc import Iterator, MutableMapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import httpx

from workbench.agent.client import Call
from workbench.agent.curl.command import CurlRequest, curl_request
from workbench.am.basics.words import with_article
from workbench.bench import Workbench
from workbench.errors import CommandError
from workbench.magics.line import Line, bench_called
from workbench.magics.may_act import show
from workbench.magics.write_out import write_out
from workbench.views.calls.call import is_refused
from workbench.views.calls.headers import headers_html, headers_text
from workbench.views.faces import Face
from workbench.views.page.html import block, escape, page
from workbench.views.page.plain import visible_text

_PORTS = {"http": 80, "https": 443}


def send(variables: MutableMapping[str, Any], line: str, cell: str) -> Call:
    """Send the command to the bench's server and return the call.

    Args:
        variables: Those of the notebook; the bench is among them, and the call is
            put there under the name that the line gives.
        line: What follows ``%%curl``.
        cell: The command.

    Raises:
        CommandError: The line is unfit, or curl would do something else.
        NotYet: A ``$NAME`` stands for a call that brought no token.
    """
    read = Line("curl")
    read.add_argument("name", nargs="?")
    given = read.read(line)
    if given.name and not given.name.isidentifier():
        read.error(f"{given.name!r} cannot be the name of a variable")
    wb = bench_called(given.bench, variables)
    request = curl_request(cell, partial(_value, variables))
    _check_reach(wb, request.url)
    wb.http.send(http_request(request))
    call = wb.transcript[-1]
    if given.name:
        variables[given.name] = call
    _show_more(call, request)
    return call


def http_request(request: CurlRequest) -> httpx.Request:
    """The request for httpx, with the headers that curl sends and no others."""
    headers = [
        (name.encode(), value.encode("utf-8", "surrogatepass"))
        for name, value in request.headers
    ]
    made = httpx.Request(
        request.method, request.url, headers=headers, content=request.content
    )
    if request.content is None:
        made.headers.pop("content-length", None)
    return made


def _show_more(call: Call, request: CurlRequest) -> None:
    """What -i, -v and -w print beside the body, and what was not done as asked."""
    if request.include or request.verbose:
        html = headers_html(call, request=request.verbose)
        text = headers_text(call, request=request.verbose)
        show(Face(html=html, text=text))
    notes = [*request.notes, *_not_done(call, request)]
    if request.write_out is not None:
        text, unknown = write_out(request.write_out, call)
        notes += unknown
        show(Face(html=page(block(text)), text=text))
    if notes:
        lines = "<br>".join(map(escape, notes))
        show(Face(html=page(f"<p><small>{lines}</small></p>"), text="\n".join(notes)))


def _not_done(call: Call, request: CurlRequest) -> Iterator[str]:
    """What curl would do with this answer and is not done here."""
    target = dict(call.response_headers).get("location")
    if request.location and target is not None:
        where = visible_text(target.partition("?")[0].partition("#")[0])
        yield f"-L: curl would go on to {where}, which is not done here."
    if request.fail and is_refused(call):
        yield "-f: curl would end with exit code 22 here, since this is a refusal."


def _value(variables: MutableMapping[str, Any], name: str) -> str:
    if name not in variables:
        raise CommandError(f"${name}: this notebook has no variable called {name}.")
    value = variables[name]
    if isinstance(value, Call):
        return value.access_token
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)
    kind = with_article(type(value).__name__)
    raise CommandError(f"${name} is {kind}; it must be a text, a number or a call.")


def _check_reach(wb: Workbench, url: str) -> None:
    """Refuse a URL of another server: curl would go there, the bench does not."""
    own = wb.realm.oauth2_url
    if _origin(url) != _origin(own):
        scheme, host, port = _origin(url)
        raise CommandError(
            f"curl would ask {scheme}://{host}:{port}, which is not this bench's "
            f"server, {own.partition('/oauth2')[0]}. Nothing was sent."
        )


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
