"""Reading a form as PingAM does: one value a name, or a refusal (RFC 6749 3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from workbench.am.basics.secrets import safe_text
from workbench.errors import InvalidRequest

FORM = "application/x-www-form-urlencoded"
REPEATABLE = frozenset({"audience", "resource"})
"""RFC 8693 section 2.1 lets these two repeat; every other parameter may not."""

LARGEST = 1024 * 1024
"""Bytes of a request body."""

MOST = 1000
"""Parameters of a request, as in the Tomcat that AM runs in; a script sees them all."""


@dataclass(frozen=True, slots=True)
class RequestParameters:
    """The parameters of one request. Values stay out of the repr.

    Attributes:
        values: One value a name. A parameter without a value counts as not sent
            (RFC 6749 section 3.2).
        lists: Every value of every name that was sent, empty ones too.
    """

    values: Mapping[str, str] = field(repr=False)
    lists: Mapping[str, tuple[str, ...]] = field(repr=False)

    def get(self, name: str) -> str | None:
        """The value, or None."""
        return self.values.get(name)

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as they came."""
        return [(name, each) for name, all_of in self.lists.items() for each in all_of]

    def require(self, *names: str) -> tuple[str, ...]:
        """The values of these parameters.

        Raises:
            InvalidRequest: Some are missing; names them all.
        """
        missing = [name for name in names if name not in self.values]
        if missing:
            raise InvalidRequest(f"Missing parameters: {' '.join(missing)}")
        return tuple(self.values[name] for name in names)


def read_form(content_type: str, body: bytes) -> RequestParameters:
    """Read a form body.

    Raises:
        InvalidRequest: Another content type, a body that is not UTF-8, or a
            repeated parameter.
    """
    if content_type.partition(";")[0].strip().lower() != FORM:
        raise InvalidRequest(
            "Invalid Content Type", hint=f"Send the parameters as {FORM}."
        )
    return from_pairs(_pairs(body))


def read_query(query: bytes) -> RequestParameters:
    """Read a query string; refused as a form is, and where it is as long."""
    if len(query) > LARGEST:
        raise InvalidRequest(f"The request is larger than {LARGEST} bytes")
    return from_pairs(_pairs(query))


def realm_named(query: bytes) -> str:
    """The realm that a query string asks for, or ""; never raises.

    It is read before anybody knows who would refuse an unreadable query.
    """
    pairs = parse_qsl(query.decode("utf-8", "replace"), keep_blank_values=True)
    return next((value for name, value in pairs if name == "realm"), "")


def form_and_query(content_type: str, body: bytes, query: bytes) -> RequestParameters:
    """Read both as one, as AM's consent page posts to the URL it was shown at."""
    return from_pairs(
        [*read_form(content_type, body).pairs(), *read_query(query).pairs()]
    )


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict")
    except ValueError:
        raise InvalidRequest(
            "The request is not UTF-8", hint="Send the parameters as UTF-8."
        ) from None


def from_pairs(pairs: list[tuple[str, str]]) -> RequestParameters:
    """Parameters from names and values in the order sent.

    Raises:
        InvalidRequest: There are too many, or one is repeated or holds a NUL
            character.
    """
    if len(pairs) > MOST:
        raise InvalidRequest(f"The request has more than {MOST} parameters")
    lists: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in lists and name not in REPEATABLE:
            raise InvalidRequest(
                "Invalid Request, duplicate request parameter found : "
                f"{safe_text(name, 100)}"
            )
        if "\0" in name or "\0" in value:
            raise InvalidRequest(f"The parameter {safe_text(name, 100)} holds a NUL")
        lists.setdefault(name, []).append(value)
    values = {name: items[0] for name, items in lists.items() if items[0]}
    kept = {name: tuple(items) for name, items in lists.items()}
    return RequestParameters(values=values, lists=kept)
