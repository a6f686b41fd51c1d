"""A history as a Postman collection (format 2.1.0), which newman runs as well.

Source: the JSON Schema of the format, schema.getpostman.com/json/collection/v2.1.0.
"""

from typing import Any

from workbench.interop.collection.requests import BASE_URL, Resent, Sequel
from workbench.interop.collection.variables import JSON, Text, Variable

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"

ABOUT = (
    "Requests of a delegation workbench, each after the one above it. Run the whole "
    "collection: the answer to one fills in what later ones send. Its variables are "
    "the server's base_url, secrets, which you give, and what answers bring."
)

_AS_SENT = {"followRedirects": False, "disableCookies": True}


def postman(told: Sequel, *, secrets: bool) -> dict[str, Any]:
    """The collection.

    Args:
        told: The requests, whose forms the program encodes.
        secrets: Whether the values that somebody has to give stand in it.
    """
    brought = (each for request in told.requests for each in request.brings)
    variables = [(BASE_URL, told.base_url)]
    variables += [(each.name, each.value if secrets else "") for each in told.given]
    variables += [(each.name, "") for each in brought]
    return {
        "info": {
            "name": "Delegation workbench",
            "description": ABOUT,
            "schema": SCHEMA,
        },
        "item": [_item(each) for each in told.requests],
        "variable": [
            {"key": name, "value": value, "type": "string"} for name, value in variables
        ],
    }


def _item(told: Resent) -> dict[str, Any]:
    request: dict[str, Any] = {
        "method": told.method,
        "header": [{"key": n, "value": _joined(v)} for n, v in told.headers],
        "url": _joined(told.url),
    }
    if told.basic:
        request["auth"] = _basic(told.basic)
    if told.note:
        request["description"] = told.note
    if told.form:
        pairs = [{"key": n, "value": _joined(v)} for n, v in told.form]
        request["body"] = {"mode": "urlencoded", "urlencoded": pairs}
    if told.json:
        request["body"] = {"mode": "raw", "raw": told.json}
    script = {"type": "text/javascript", "exec": _script(told)}
    return {
        "name": told.title,
        "event": [{"listen": "test", "script": script}],
        "protocolProfileBehavior": _AS_SENT,
        "request": request,
        "response": [],
    }


def _basic(named: tuple[Text, Text]) -> dict[str, Any]:
    keys = ("username", "password")
    given = zip(keys, map(_joined, named), strict=True)
    pairs = [{"key": key, "value": value, "type": "string"} for key, value in given]
    return {"type": "basic", "basic": pairs}


def _joined(text: Text) -> str:
    return "".join(map(str, text))


def _script(told: Resent) -> list[str]:
    return [
        f'pm.test("The answer is {told.status}", function () {{',
        f"    pm.response.to.have.status({told.status});",
        "});",
        *(
            f'pm.collectionVariables.set("{each.name}", {_brought(each)});'
            for each in told.brings
        ),
    ]


def _brought(variable: Variable) -> str:
    member = variable.origin.member if variable.origin else ""
    value = f"pm.response.json().{member}"
    if not member:
        location = 'pm.response.headers.get("Location")'
        value = f"decodeURIComponent(/[?&]code=([^&#]*)/.exec({location})[1])"
    if variable.place == JSON:
        return f"JSON.stringify({value}).slice(1, -1)"
    return value
