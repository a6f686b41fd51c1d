"""Messages between participants, in order, and how far one has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.views.page.roles import Role

NOW, DONE, TO_COME = "now", "done", "to come"


@dataclass(frozen=True, slots=True)
class Message:
    """One step: something sent, and what comes back."""

    source: str
    target: str
    label: str
    reply: str = ""


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
