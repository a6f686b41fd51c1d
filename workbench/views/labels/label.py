"""How a setting is presented: AM's words, its name over REST, one sentence."""

from typing import NamedTuple


class Label(NamedTuple):
    """How a setting is presented.

    Attributes:
        label: The words beside the field.
        rest: The attribute's name over REST, or "" where it is unknown.
        help: One sentence.
    """

    label: str
    rest: str
    help: str

    @property
    def tooltip(self) -> str:
        """The name over REST, then the sentence."""
        return f"{self.rest}: {self.help}" if self.rest else self.help
