"""What a dry run of a script stood for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchanger:
    """A client that the claim names, and whether it could exchange the token."""

    client_id: str
    able: bool
    how: str  # what it needs for it, or what it lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What a dry run stood for.

    Attributes:
        client_id: Whom the token would have been issued to.
        subject: Whom it would have been about: a client or a person.
        token_type: The URN of an access token or an ID token.
        occasion: When AM would have run the script, as part of a sentence.
        exchangers: Who could exchange the token, and who could not.
    """

    client_id: str
    subject: str
    token_type: str
    occasion: str = ""
    exchangers: tuple[Exchanger, ...] = ()
