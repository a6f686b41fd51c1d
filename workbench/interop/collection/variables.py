"""What stands in a file under a name: the server, secrets, and what answers bring."""

import json
import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import parse_qs, quote, urlsplit

from workbench.am.basics.secrets import SECRETS, TOKEN_SHAPED, TOKENS
from workbench.views.calls.call import CallLike, body_json

PLAIN, FORM, JSON = "plain", "form", "json"
"""Where a value stands: by itself, as a parameter of a form, or in a JSON text."""

REGISTERED = ("client_id", "client_secret", "registration_client_uri")
"""What the answer to a registration brings beside tokens."""

LONG_ENOUGH = 8
"""Characters of a value that is known again where it stands in a later request."""

_SAFE = "!()*-._~:/"
_OWNED = {
    "client_secret": "secret",
    "password": "password",
    "x-openam-password": "password",
}
"""What belongs to somebody, whose name stands before it."""

_OWN_NAMES = {
    "authorization": "bearer_token",
    "cookie": "session",
    "csrf": "session",
    "tokenid": "session",
    "token": "access_token",
    "request": "signed_request",
    "x-openam-password": "password",
}
"""Names that say more than the parameter's, or that a program keeps for itself."""


@dataclass(frozen=True, slots=True)
class Bringer:
    """Which answer brings a value.

    Attributes:
        number: The place of the call, counted from 0.
        member: Of the answer's JSON; "" for the ``code`` of a redirection.
    """

    number: int
    member: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A value under a name.

    Attributes:
        name: One that every language takes.
        value: As it stands in the file; a secret.
        origin: Which answer brings it; None where somebody has to give it.
        place: How it stands there: ``plain``, ``form`` or ``json``.
    """

    name: str
    value: str = field(repr=False)
    origin: Bringer | None
    place: str

    def __str__(self) -> str:
        return "{{" + self.name + "}}"


Text: TypeAlias = tuple[str | Variable, ...]
"""A text with variables in it."""


class Variables:
    """Names for what shall not be read in a file, one for each value.

    Args:
        encodes: Whether the program that reads the file encodes forms by itself.
    """

    def __init__(self, *, encodes: bool) -> None:
        self._encodes = encodes
        self._brought: dict[str, Bringer] = {}
        self._named: dict[tuple[Bringer | None, str, str], Variable] = {}

    def __iter__(self) -> Any:
        return iter(self._named.values())

    def learn(self, call: CallLike, number: int) -> None:
        """Keep what an answer brings, for the requests that come after it."""
        for member, value in _brought(call):
            self._brought.setdefault(value, Bringer(number, member))

    def text(self, name: str, value: str, place: str, owner: str = "") -> Text:
        """A value with variables in it, as it may be read.

        Args:
            name: The parameter's or header's, in lower case.
            value: As it was sent, decoded.
            place: Where it stands.
            owner: Whose secret it would be.
        """
        if value in self._brought:
            return (self._variable(name, value, place, self._brought[value]),)
        if name == "authorization":
            scheme, space, token = value.partition(" ")
            return (scheme + space, *self._whole(name, token, place, owner))
        if name == "cookie":
            return self._cookie(value)
        if name in SECRETS | TOKENS | _OWN_NAMES.keys() or _is_token(value):
            return self._whole(name, value, place, owner)
        return (self._as_it_stands(value, place),)

    def _cookie(self, value: str) -> Text:
        pieces: list[str | Variable] = []
        for number, piece in enumerate(re.split(r"; *", value)):
            name, sign, held = piece.partition("=")
            pieces += [("; " if number else "") + name + sign]
            pieces += self._whole("cookie", held, PLAIN, "")
        return tuple(pieces)

    def _whole(self, name: str, value: str, place: str, owner: str) -> Text:
        if not value:
            return ()
        return (self._variable(name, value, place, self._brought.get(value), owner),)

    def _variable(
        self,
        name: str,
        value: str,
        place: str,
        origin: Bringer | None,
        owner: str = "",
    ) -> Variable:
        place = PLAIN if place == FORM and self._encodes else place
        stands, called = self._as_it_stands(value, place), _called(name, origin, owner)
        key = (origin, place, "") if origin else (None, called, stands)
        if key not in self._named:
            free = self._free_name(called)
            self._named[key] = Variable(free, stands, origin, place)
        return self._named[key]

    def _as_it_stands(self, value: str, place: str) -> str:
        if place == FORM and not self._encodes:
            return quote(value, safe=_SAFE, errors="replace")
        return in_json(value) if place == JSON else value

    def _free_name(self, wanted: str) -> str:
        taken = {each.name for each in self._named.values()}
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}_{number}", number + 1
        return name


def in_json(value: str) -> str:
    """A text as it stands between the quotes of JSON, without a brace."""
    plain = json.dumps(value)[1:-1]
    return plain.replace("{", "\\u007b").replace("}", "\\u007d")


def _called(name: str, origin: Bringer | None, owner: str) -> str:
    if name in _OWNED and owner:
        return _identifier(f"{owner}_{_OWNED[name]}")
    if origin and name not in ("subject_token", "actor_token"):
        name = (origin.member or "code").lower()
    return _identifier(_OWN_NAMES.get(name, name))


def _identifier(text: str) -> str:
    name = re.sub(r"\W+", "_", text, flags=re.ASCII).strip("_").lower()
    return name if name[:1].isalpha() else f"value_{name}".rstrip("_")


def _is_token(value: str) -> bool:
    found = TOKEN_SHAPED.search(value)
    return found is not None and not (found[0].islower() or found[0].isupper())


def _brought(call: CallLike) -> list[tuple[str, str]]:
    """What an answer brings that a later request can need."""
    told = body_json(call)
    members = told if isinstance(told, dict) else {}
    registered = "registration_access_token" in members
    found = [
        (name, value)
        for name, value in members.items()
        if name.lower() in TOKENS | {"registration_access_token"}
        or (registered and name in REGISTERED)
        if isinstance(value, str) and len(value) >= LONG_ENOUGH
    ]
    location = dict(call.response_headers).get("location", "")
    codes = parse_qs(urlsplit(location).query).get("code", [])
    return [*found, *(("", code) for code in codes[:1])]
