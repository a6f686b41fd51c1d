"""A history as one ``.http`` file, for JetBrains' HTTP Client and httpYac.

Both send every request of a file from the top, and run what stands between ``> {%`` and
``%}`` once the answer is there. VS Code's REST Client has no such scripts.
"""

import json
from collections.abc import Iterator
from urllib.parse import quote

from workbench.interop.collection.requests import BASE_URL, Resent, Sequel
from workbench.interop.collection.variables import FORM, JSON, Text, Variable

ABOUT = (
    "# Requests of a delegation workbench, each after the one above it.",
    "# JetBrains' HTTP Client sends them with Run All, httpYac with:",
    "#   httpyac send FILE --all",
)

_AS_IT_STANDS = {
    FORM: "encodeURIComponent({})",
    JSON: "JSON.stringify({}).slice(1, -1)",
}


def http_file(told: Sequel, *, secrets: bool) -> str:
    """The file.

    Args:
        told: The requests, encoded by whoever writes.
        secrets: Whether the values that somebody has to give stand in it.
    """
    lines = [*ABOUT, *(() if secrets else _to_give(told)), ""]
    lines.append(f"@{BASE_URL} = {_defined(told.base_url)}")
    if secrets:
        lines += [f"@{each.name} = {_defined(each.value)}" for each in told.given]
    for each in told.requests:
        lines += ["", *_request(each)]
    return "\n".join([*lines, ""])


def _to_give(told: Sequel) -> Iterator[str]:
    if not told.given:
        return
    names = json.dumps({"own": {each.name: "" for each in told.given}})
    yield "# Give these in http-client.private.env.json beside it, and choose own"
    yield "# (httpyac send FILE --all --env own). Write them URL-encoded:"
    yield f"#   {names}"


def _defined(value: str) -> str:
    return value.replace("{{", "%7B%7B")


def _request(told: Resent) -> Iterator[str]:
    yield f"### {told.title.replace('{{', '{ {')}"
    if told.note:
        yield f"# {told.note}"
    yield "# @no-redirect"
    yield f"{told.method} {_joined(told.url)}"
    if told.basic:
        yield f"authorization: Basic {' '.join(map(_joined, told.basic))}"
    for name, value in told.headers:
        yield f"{name}: {_joined(value)}"
    if told.form:
        form = (f"{quote(name, safe='')}={_joined(v)}" for name, v in told.form)
        yield from ("content-type: application/x-www-form-urlencoded", "")
        yield "&".join(form)
    if told.json:
        yield from ("", told.json)
    yield from ("", *_script(told))


def _joined(text: Text) -> str:
    return "".join(
        str(piece) if isinstance(piece, Variable) else piece.replace("{{", "{ {")
        for piece in text
    )


def _script(told: Resent) -> Iterator[str]:
    yield "> {%"
    yield f'    client.test("The answer is {told.status}", function() {{'
    yield f'        client.assert(response.status === {told.status}, "It is another.");'
    yield "    });"
    for each in told.brings:
        brought = _AS_IT_STANDS.get(each.place, "{}").format(_brought(each))
        yield f'    client.global.set("{each.name}", {brought});'
    yield "%}"


def _brought(variable: Variable) -> str:
    member = variable.origin.member if variable.origin else ""
    if member:
        return f"response.body.{member}"
    location = 'response.headers.valueOf("Location")'
    return f"decodeURIComponent(/[?&]code=([^&#]*)/.exec({location})[1])"
