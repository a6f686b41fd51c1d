"""Looking at macaroons and narrowing them, for whoever holds one.

PingAM 8.1, /json/token/macaroon: it needs no authentication, as anybody can do the
same with a library, and checks nothing but the form. What AM answers to what it
cannot read is unknown; codes and texts of refusals are inferred.
"""

from collections.abc import Callable, Mapping
from typing import Any

from workbench.am.tokens.caveats import caveat_members
from workbench.am.tokens.macaroon import Caveat, parse, restrict
from workbench.am.tokens.macaroon_format import encode
from workbench.errors import MacaroonError
from workbench.server.answers import NO_STORE, Answer
from workbench.server.errors import RestError
from workbench.server.request.incoming import Incoming

FIRST, THIRD = "first-party", "third-party"


def macaroon(incoming: Incoming) -> Answer:
    """What ``_action`` asks for; the pages spell it ``action`` as well.

    Raises:
        RestError: There is no such action, or the body is not what it needs.
    """
    name = incoming.query.get("_action") or incoming.query.get("action")
    action = ACTIONS.get(name or "")
    if action is None:
        raise RestError(
            501,
            "Not Implemented",
            "Action not supported",
            hint=f"Send _action={' or _action='.join(ACTIONS)} in the query.",
        )
    value = incoming.json.get("macaroon")
    if not isinstance(value, str):
        raise _bad_request("Send the macaroon as the member macaroon, a text.")
    try:
        body = action(value, incoming.json)
    except MacaroonError as problem:
        raise _bad_request(f"The macaroon cannot be read: {problem}.") from None
    incoming.record("macaroon", "", f"A macaroon was {name}ed.")
    return Answer(200, body, NO_STORE)


def _inspect(value: str, body: Mapping[str, Any]) -> dict[str, Any]:
    found = parse(value)
    return {
        "identifier": _as_text(found.identifier),
        "location": found.location,
        "caveats": [_caveat(each) for each in found.caveats],
        "signature": encode(found.signature),
    }


def _caveat(caveat: Caveat) -> dict[str, Any]:
    """A caveat as AM writes it; what is no JSON object, as text."""
    if caveat.verifier is not None:
        identifier = _as_text(caveat.identifier)
        return {"type": THIRD, "location": caveat.location, "identifier": identifier}
    members = caveat_members(caveat.identifier)
    told = _as_text(caveat.identifier) if members is None else members
    return {"type": FIRST, "identifier": told}


def _as_text(octets: bytes) -> str:
    """Octets as text; in Base64url where they are none."""
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return encode(octets)


def _restrict(value: str, body: Mapping[str, Any]) -> dict[str, Any]:
    caveat = body.get("caveat")
    if not isinstance(caveat, dict):
        raise _bad_request(
            'Send a caveat, such as {"type": "first-party", "identifier": …}.'
        )
    if caveat.get("type") == THIRD:
        raise RestError(
            501,
            "Not Implemented",
            "Third-party caveats are not supported",
            hint="The bench takes no discharge macaroons, so it adds no such caveat.",
        )
    identifier = caveat.get("identifier")
    if caveat.get("type") != FIRST or not isinstance(identifier, dict):
        raise _bad_request(
            'A caveat has the type first-party, and an object such as {"scope": "read"}'
            " as its identifier."
        )
    return {"macaroon": restrict(value, identifier)}


Action = Callable[[str, Mapping[str, Any]], dict[str, Any]]

ACTIONS: dict[str, Action] = {"inspect": _inspect, "restrict": _restrict}


def _bad_request(hint: str) -> RestError:
    return RestError(400, "Bad Request", "Bad Request", hint=hint)
