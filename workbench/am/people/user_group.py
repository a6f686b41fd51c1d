"""Groups of people, as AM's identity store has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.am.basics.characters import HALF, all_whole
from workbench.errors import RegistrationError


@dataclass(frozen=True, slots=True, kw_only=True)
class UserGroup:
    """A group of people; who is in it, each person says.

    Attributes:
        name: Unique among them, which is also the attribute ``cn``.
        attributes: Such as ``{"description": ("The staff",)}``.
    """

    name: str
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise RegistrationError(
                f"A group of people needs a name; not {self.name!r}.", about="groups"
            )
        if not all_whole([self.name, self.attributes]):
            raise RegistrationError(f"The group {HALF}.", about="groups")
