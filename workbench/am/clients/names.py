"""What a client's id and its scopes may look like, and how a subject names a client."""

import re

from workbench.errors import RegistrationError

TYPED_SUBJECT = re.compile(r"\((?:age|usr)!(.*)\)\Z", re.DOTALL)
SCOPE_TOKEN = re.compile(r"[\x21\x23-\x5B\x5D-\x7E]+\Z")  # RFC 6749 section 3.3


def client_subject(client_id: str, *, typed: bool) -> str:
    """The ``sub`` of a client: ``(age!name)``, or the bare name on AIC."""
    return f"(age!{client_id})" if typed else client_id


def bare_name(sub: str) -> str:
    """The name in a subject, typed or not."""
    typed = TYPED_SUBJECT.match(sub)
    return typed[1] if typed else sub


def check_client_id(client_id: str) -> None:
    """Refuse what cannot be a client's id; raises RegistrationError."""
    if not client_id or client_id != client_id.strip():
        raise RegistrationError(
            f"The client ID is {client_id!r}; it needs a name without spaces "
            "at either end.",
            about="client_id",
        )
    if any(ord(character) < 32 for character in client_id) or len(client_id) > 255:
        raise RegistrationError(
            "A client ID is at most 255 characters, none of them control characters.",
            about="client_id",
        )


def check_scopes(about: str, scopes: tuple[str, ...]) -> None:
    """Refuse what cannot be scopes of the setting ``about``; raises likewise."""
    for scope in scopes:
        if not SCOPE_TOKEN.match(scope):
            raise RegistrationError(
                f"{scope!r} is not a scope: a scope has no spaces, quotes or "
                "backslashes (RFC 6749 section 3.3). Give one scope an entry.",
                about=about,
            )


def check_inherited(client_id: str, inherited: tuple[str, ...], group: str) -> None:
    """Refuse to inherit from nobody.

    Raises:
        RegistrationError: There is something to inherit, but no group.
    """
    if inherited and not group:
        raise RegistrationError(
            f"{client_id} is in no group that it could inherit "
            f"{', '.join(inherited)} from.",
            about="inherited",
        )
