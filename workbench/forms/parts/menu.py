"""Where AM's admin UI has what a form is about: a path of menus, or a sentence.

Sources: PingAM 8.1, "AI agents", "Client application registration", "Authorization
server configuration", "Manage scripts (UI)", "Policy sets in the UI". That groups of
AI agents and people have a page each like those of clients is inferred.
"""

from collections.abc import Iterable

from markupsafe import Markup

from workbench.am.realm import Realm
from workbench.views.page.html import escape
from workbench.views.page.plain import visible_text

MenuPath = tuple[str, ...]

TOP = "Top Level Realm"
"""What AM calls the realm that has no name."""

OAUTH2 = ("Applications", "OAuth 2.0")
AGENTS, CLIENTS = (*OAUTH2, "AI Agents"), (*OAUTH2, "Clients")
GROUPS = "Groups"
IDENTITIES = ("Identities",)
PROVIDER = ("Services", "OAuth2 Provider")
SCRIPTS = ("Scripts",)
SERVER_DEFAULTS = ("Configure", "Server Defaults", "Advanced")

NO_PAGE = "AM has no page for this: it is the workbench's own."


def in_realm(realm: Realm, *menus: str) -> MenuPath:
    """A path that begins at a realm, as the vendor's pages print one."""
    return ("Realms", realm.name if realm.path.strip("/") else TOP, *menus)


def menu_text(paths: Iterable[MenuPath], otherwise: str) -> str:
    """The paths, one a line; the sentence where there is none."""
    lines = [" > ".join(map(visible_text, path)) for path in paths]
    return "\n".join(lines) or otherwise


def menu_html(paths: Iterable[MenuPath], otherwise: str, title: str) -> Markup:
    """The same as a breadcrumb, whose name says what it leads to.

    Args:
        paths: Each from the first menu to the page.
        otherwise: The sentence where there is none.
        title: What the form is called.
    """
    lines = Markup("<br>").join(_crumbs(path) for path in paths)
    if not lines:
        return Markup(f'<p class="wb-menu"><small>{escape(otherwise)}</small></p>')
    label = escape(f"AM's menu path to: {title}")
    return Markup(
        f'<nav class="wb-menu" aria-label="{label}"><p><small>{lines}</small></p></nav>'
    )


def _crumbs(path: MenuPath) -> Markup:
    *above, last = map(escape, path)
    between = Markup(' <span aria-hidden="true">&gt;</span> ')
    return between.join([*above, Markup(f'<span aria-current="page">{last}</span>')])
