"""A use case's requests as a sequence to draw."""

from workbench.course.use_case import UseCase
from workbench.views.sequence.face import Message, Sequence


def sequence_of(chosen: UseCase) -> Sequence:
    """A use case's requests as a sequence to draw."""
    sources = tuple(dict.fromkeys(step.source for step in chosen.steps))
    return Sequence(
        participants=(*sources, "PingAM"),
        messages=tuple(
            Message(step.source, "PingAM", step.label, step.reply)
            for step in chosen.steps
        ),
        title=chosen.title,
    )
