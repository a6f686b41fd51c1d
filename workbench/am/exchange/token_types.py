"""Which types of token can be exchanged for which (PingAM 8.1, Token exchange).

The provider's "Token Validator" list says what may be sent, its "Token Exchanger"
list what may become what; both name the types in RFC 8693's terms.
"""

from functools import lru_cache

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.types import Parameters
from workbench.am.tokens.token import ACCESS_TOKEN, TOKEN_NAMES


def wanted_type(parameters: Parameters) -> str:
    """The type asked for; by default an access token, as the vendor's pages show."""
    return parameters.get("requested_token_type", ACCESS_TOKEN)


@lru_cache(maxsize=16)
def validated_types(entries: tuple[str, ...]) -> tuple[str, ...]:
    """The types that may be sent, by the "Token Validator" list."""
    listed = (entry.partition("|")[0].strip() for entry in entries)
    return tuple(each for each in listed if each in TOKEN_NAMES)


@lru_cache(maxsize=16)
def exchanged_types(entries: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The pairs (from, to) that the "Token Exchanger" list has."""
    pairs = (entry.partition("|")[0].split("=>") for entry in entries)
    stripped = (tuple(each.strip() for each in pair) for pair in pairs)
    return tuple(
        (pair[0], pair[1])
        for pair in stripped
        if len(pair) == 2 and all(each in TOKEN_NAMES for each in pair)
    )


def type_shown(value: str) -> str:
    """A type for people. Somebody may have put the token where its type belongs."""
    if value in TOKEN_NAMES:
        return value
    return (
        safe_text(value) if value.startswith("urn:") else "something that is not a URN"
    )
