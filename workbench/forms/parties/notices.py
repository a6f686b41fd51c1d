"""What to tell of a client whose overrides hide the realm's settings."""

from collections.abc import Callable
from typing import Any

from workbench.am.basics.words import counted
from workbench.am.clients.client import Client
from workbench.am.clients.why import OPAQUE, OVERRIDES, Why, hidden, why
from workbench.am.settings.overrides import OVERRIDABLE, Overrides
from workbench.am.settings.provider import ProviderSettings
from workbench.views.page.html import escape, page

SWITCH = "providerOverridesEnabled"


def opaque_notice(provider: ProviderSettings, client: Client) -> str:
    """That a client's own switch makes its tokens opaque; "" where it does not."""
    found = why(OPAQUE, provider, client)
    if found.value or found.whose != OVERRIDES:
        return ""
    label = Overrides.described[OPAQUE].label
    realms = "The provider's is on." if found.other else "The provider's is off, too."
    return (
        f'With overrides on, this client\'s "{label}" counts, which is off: '
        f"its tokens will be opaque. {realms}"
    )


def notices(
    provider: ProviderSettings, client: Client, said: Callable[[Any], str]
) -> dict[str, str]:
    """What to tell below each override, and below the switch; "" for nothing.

    Args:
        provider: The realm's settings.
        client: As it is, or as somebody just typed it.
        said: Says a value.
    """
    told = {
        name: _notice(why(name, provider, client, said), said) for name in OVERRIDABLE
    }
    told[OPAQUE] = opaque_notice(provider, client) or told[OPAQUE]
    hides = hidden(provider, client)
    if hides:
        labels = ", ".join(Overrides.described[each.name].label for each in hides)
        many = counted(len(hides), "setting")
        told[SWITCH] = f"{many} of the realm hidden by another value: {labels}."
    return told


def _notice(found: Why, said: Callable[[Any], str]) -> str:
    if found.hides:
        return f"Hides the provider's: {said(found.other)}."
    if found.ignored:
        return f"Does not count while overrides are off; {said(found.value)} does."
    return ""


def notice_html(text: str) -> str:
    """A notice as HTML, or ""."""
    return page(f'<p role="status"><b>Note:</b> {escape(text)}</p>') if text else ""
