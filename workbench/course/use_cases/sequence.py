"""A use case's requests as a sequence to draw."""

from workbench.course.use_cases.use_case import UseCase
from workbench.views.page.roles import SERVER
from workbench.views.sequence.face import Message, Sequence

SERVER_NAME = "PingAM"


def sequence_of(chosen: UseCase) -> Sequence:
    """A use case's requests as a sequence to draw."""
    sources = tuple(dict.fromkeys(step.source for step in chosen.steps))
    return Sequence(
        participants=(*sources, SERVER_NAME),
        messages=tuple(
            Message(step.source, SERVER_NAME, step.label, step.reply)
            for step in chosen.steps
        ),
        title=chosen.title,
        roles={**chosen.roles, SERVER_NAME: SERVER},
    )
