"""The colours of a slide: those of a page, written out for light or dark."""

import re
from dataclasses import dataclass

from workbench.views.page.roles import ROLES

_PROPERTY = re.compile(r"var\(--wb-(\w+),#[0-9a-f]{6}\)")


@dataclass(frozen=True, slots=True)
class Theme:
    """A ground and what is read on it.

    Attributes:
        name: ``light`` or ``dark``.
        ground: The colour of the slide.
        ink: The colour of text and lines.
    """

    name: str
    ground: str
    ink: str

    def colour(self, role: str) -> str:
        """The colour of a role, by its name."""
        return next(
            each.dark if self.name == DARK.name else each.light
            for each in ROLES
            if each.name == role
        )

    def written_out(self, drawing: str) -> str:
        """A drawing for a page, with this theme's colours in place of the page's."""
        coloured = _PROPERTY.sub(lambda found: self.colour(found[1]), drawing)
        return coloured.replace("currentColor", self.ink)


LIGHT = Theme("light", "#ffffff", "#1f2328")
DARK = Theme("dark", "#1e1f22", "#e8eaed")
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
