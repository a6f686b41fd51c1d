"""Who is who: each role has one colour, one shape, one sign and one word everywhere.

Colours are custom properties of ``page.css``, which has them for light and dark; never
is a colour all that tells two roles apart.
"""

from dataclasses import dataclass

from markupsafe import Markup

from workbench.views.page.html import code, escape

_ICON = '<svg viewBox="0 0 10 10" aria-hidden="true">{}</svg>'


@dataclass(frozen=True, slots=True)
class Role:
    """One part that somebody plays, or one way that something ended.

    Attributes:
        name: Of its class and its property: ``wb-subject``, ``--wb-subject``.
        word: What people say.
        sign: Its shape where there is text alone.
        shape: The same as SVG, 10 by 10, in the colour of the text around it.
        light: The colour on white, of six digits, where no style sheet is.
        dark: The colour on a dark ground, likewise.
    """

    name: str
    word: str
    sign: str
    shape: str
    light: str
    dark: str

    @property
    def colour(self) -> str:
        """The colour for SVG inside a page."""
        return f"var(--wb-{self.name},{self.light})"


SUBJECT = Role(
    "subject", "subject", "●", '<circle cx="5" cy="5" r="5"/>', "#0b57a4", "#8ab9f5"
)
ACTOR = Role(
    "actor", "actor", "◆", '<path d="M5 0l5 5-5 5-5-5z"/>', "#8f4700", "#ffb26b"
)
CLIENT = Role(
    "client", "client", "■", '<path d="M0 0h10v10h-10z"/>', "#6336a8", "#c9aaff"
)
RESOURCE_SERVER = Role(
    "resource",
    "resource server",
    "⬢",
    '<path d="M5 0l4.5 2.5v5l-4.5 2.5-4.5-2.5v-5z"/>',
    "#00665c",
    "#6fd6c6",
)
SCRIPT = Role(
    "script",
    "script",
    "ƒ",
    '<path d="M3.5 1.5l-3.5 3.5 3.5 3.5v-2l-1.5-1.5 1.5-1.5z'
    'M6.5 1.5l3.5 3.5-3.5 3.5v-2l1.5-1.5-1.5-1.5z"/>',
    "#665a00",
    "#dfce6b",
)
SERVER = Role(
    "server",
    "authorization server",
    "▲",
    '<path d="M5 0l5 10h-10z"/>',
    "#475059",
    "#b3bcc6",
)
GRANTED = Role(
    "granted",
    "granted",
    "✓",
    '<path d="M0 5l2-2 2 2 4-5 2 2-6 7z"/>',
    "#1b5e20",
    "#81c784",
)
REFUSED = Role(
    "refused",
    "refused",
    "✗",
    '<path d="M0 2l2-2 3 3 3-3 2 2-3 3 3 3-2 2-3-3-3 3-2-2 3-3z"/>',
    "#b71c1c",
    "#ef9a9a",
)
ROLES = (SUBJECT, ACTOR, CLIENT, RESOURCE_SERVER, SCRIPT, SERVER, GRANTED, REFUSED)


def badge(role: Role, word: str = "") -> Markup:
    """A role as a badge: its colour, its shape and its word.

    Args:
        role: Whose.
        word: In place of the role's own, such as ``current actor``.
    """
    inner = f"{_ICON.format(role.shape)}{escape(word or role.word)}"
    return Markup(f'<span class="wb-badge wb-{role.name}">{inner}</span>')


def who(role: Role, name: object, word: str = "") -> Markup:
    """A badge, and who it is."""
    return Markup(f"{badge(role, word)} {code(name)}")
