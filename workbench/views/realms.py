"""The realms of a server: how each is reached, and who is in it."""

from workbench.am.clients.client import AIAgent
from workbench.am.realms import Realms
from workbench.views.page.html import code, page, table
from workbench.views.page.plain import columns

HEADER = ("Realm", "Issuer, by the URL asked", "Clients", "AI agents", "People")
CAPTION = "The realms of this server; the bench's own is marked"


def realms_html(realms: Realms) -> str:
    """One row a realm."""
    rows = [
        (path, code(" ".join(issuers)), *counts)
        for path, issuers, *counts in _rows(realms)
    ]
    own = list(realms).index(realms.main.path)
    return page(table(HEADER, rows, caption=CAPTION, marked=own))


def realms_text(realms: Realms) -> str:
    """The same as text."""
    rows = [
        (f"{path}{' *' * (path == realms.main.path)}", issuers[0], *map(str, counts))
        for path, issuers, *counts in _rows(realms)
    ]
    return columns([HEADER, *rows])


def _rows(realms: Realms) -> list[tuple[str, tuple[str, ...], int, int, int]]:
    rows = []
    for path, realm in realms.items():
        agents = sum(isinstance(each, AIAgent) for each in realm.clients.values())
        clients = len(realm.clients) - agents
        rows.append((path, realm.issuers, clients, agents, len(realm.users)))
    return rows
