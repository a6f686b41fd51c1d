"""A backchannel request: what a client wants of a person, and what came of it.

Sources: PingAM 8.1, ``/oauth2/bc-authorize`` and "Backchannel request grant"; OpenID
CIBA Core 1.0. A client polls; AM has neither ping nor push.
"""

import unicodedata
from dataclasses import dataclass, field

from workbench.errors import WorkbenchError

WAITING, APPROVED, DENIED = "waiting", "approved", "denied"
EXPIRED, USED = "expired", "used"
"""What people are told of one that nobody answered in time, and of one that gave
tokens."""

LONGEST_MESSAGE = 100
"""Characters of a ``binding_message`` (PingAM 8.1, ``/oauth2/bc-authorize``)."""


class AnswerError(WorkbenchError):
    """A backchannel request cannot be answered: it is not there, or not any more."""


@dataclass(slots=True, kw_only=True)
class BackchannelRequest:
    """What a client asks a person; what the client polls with stays out of the repr.

    Attributes:
        number: Tells it from the others, for people; the first is 1.
        auth_req_id: What the client polls with.
        client_id: Who asks.
        client_name: What to call it, for people.
        user: The name of the person who is asked.
        scope: What is asked for.
        binding_message: What the client shows as well, so that both can be compared.
        acr_values: How the person shall authenticate, as the client named it.
        expires: Seconds since the epoch.
        grant_id: The grant that every token of it belongs to.
        state: ``waiting``, ``approved`` or ``denied``.
        auth_time: Seconds since the epoch of the login that answered; 0 until then.
        auth_level: Of that login.
        polled: Seconds since the epoch of the latest poll, or None.
        used: Whether tokens were issued for it.
    """

    number: int
    auth_req_id: str = field(repr=False)
    client_id: str
    client_name: str
    user: str
    scope: tuple[str, ...]
    binding_message: str
    acr_values: str
    expires: int
    grant_id: str = field(repr=False)
    state: str = WAITING
    auth_time: int = 0
    auth_level: int = 0
    polled: int | None = None
    used: bool = False

    @property
    def words(self) -> str:
        """It in one line, for whoever is asked."""
        name = self.client_name
        called = name if name == self.client_id else f"{name} ({self.client_id})"
        return f"{self.number}. {called} asks {self.user}: {self.binding_message}"


def message_fault(message: str) -> str:
    """Why a ``binding_message`` cannot be shown, or "".

    PingAM's rules for push notifications: at most 100 characters, the first of them a
    letter, a number or a punctuation mark, no line break and no control character.
    That they hold whatever the journey is, is inferred.
    """
    if len(message) > LONGEST_MESSAGE:
        return f"It is longer than {LONGEST_MESSAGE} characters: {len(message)}."
    if not message or unicodedata.category(message[0])[0] not in "LNP":
        return "It begins with a letter, a number or a punctuation mark."
    if any(_is_control(each) for each in message):
        return "It has a line break or another control character."
    return ""


def _is_control(character: str) -> bool:
    """Whether it breaks a line, steers a terminal, or is half a character."""
    return unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs")
