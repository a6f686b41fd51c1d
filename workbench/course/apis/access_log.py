"""What an API keeps of each request: who asked, for whom, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.am.basics.bounded import Bounded

MOST = 1_000
"""How many entries a log keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One request to an API. Never holds a token.

    Attributes:
        time: Seconds since the epoch, by the API's clock.
        api: The API's name.
        subject: Whom the token is about; "" where no token was good.
        actor: Who acts for it now; "" where nobody does.
        earlier: Who acted before, the latest first.
        client_id: Whom the token was issued to.
        status: The HTTP status that was sent.
        allowed: Whether the API answered the question.
        reason: Why, in a sentence.
    """

    time: int
    api: str
    subject: str = ""
    actor: str = ""
    earlier: tuple[str, ...] = ()
    client_id: str = ""
    status: int
    allowed: bool
    reason: str


class AccessLog(Bounded[Access]):
    """The latest requests to an API, or to several, oldest first.

    Args:
        entries: Those that it begins with.
        most: How many it keeps.
    """

    def __init__(self, entries: Iterable[Access] = (), *, most: int = MOST) -> None:
        super().__init__(entries, most=most)
