"""Messages between participants, in order, and how far one has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.views.page.roles import Role

NOW, DONE, TO_COME = "now", "done", "to come"


@dataclass(frozen=True, slots=True)
class Message:
    """One step: something sent, and what comes back.

    Attributes:
        source: Who sends it.
        target: Whom to.
        label: What is sent, in a few words.
        reply: What comes back, or "".
        stopped: The rule or defence that stops it there; "" where it passes.
    """

    source: str
    target: str
    label: str
    reply: str = ""
    stopped: str = ""

    @property
    def stop(self) -> str:
        """What stops it, as a sentence; "" where nothing does."""
        return f"✗ stopped by: {self.stopped}" if self.stopped else ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """Participants from left to right, and the steps in order.

    Attributes:
        participants: Who sends and receives.
        messages: The steps.
        title: What it is all about.
        roles: What each participant is, where that is known.
    """

    participants: tuple[str, ...]
    messages: tuple[Message, ...]
    title: str = ""
    roles: Mapping[str, Role] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = set(self.participants)
        for message in self.messages:
            for name in (message.source, message.target):
                if name not in known:
                    raise ValueError(f"{name!r} is not among the participants.")


def state(number: int, present: int | None) -> str:
    """Whether a step is done, now or to come; "" where nothing is said."""
    if present is None:
        return ""
    return DONE if number < present else NOW if number == present else TO_COME
