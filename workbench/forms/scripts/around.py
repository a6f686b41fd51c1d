"""What stands around a script that is edited: who uses it, and what would change."""

import ipywidgets

from workbench.am.realm import Realm
from workbench.am.scripts.script import LibraryScript, Script
from workbench.views.scripts.changed import changed_html, changed_text
from workbench.views.scripts.used import script_use, used_html, used_text


class AroundScript:
    """Two lines above the text, and the difference to what is saved below it.

    Args:
        realm: Where the script is kept.

    Attributes:
        use: Who uses it, and what it did last.
        change: What saving it would change.
    """

    def __init__(self, realm: Realm) -> None:
        self.realm = realm
        self.use, self.change = ipywidgets.HTML(), ipywidgets.HTML()

    def saved(self, name: str) -> Script | None:
        """The script of this name as it is saved, or None."""
        known = self.realm.scripts.values()
        return next((each for each in known if each.name == name), None)

    def show(self, name: str, source: str) -> None:
        """Show what there is for a script of this name, and this text of it."""
        kept = self.saved(name)
        _put(self.use, used_html(script_use(self.realm, kept)) if kept else "")
        self.show_change(name, source)

    def show_change(self, name: str, source: str) -> None:
        """Show what saving this text would change."""
        kept = self.saved(name)
        _put(self.change, changed_html(kept.source, source) if kept else "")

    def unused(self, script: Script) -> str:
        """A sentence where nobody uses the script yet, or ""."""
        use = script_use(self.realm, script)
        told = use.clients or use.provider or isinstance(script, LibraryScript)
        return "" if told else "No client uses it yet."

    def html(self, name: str, source: str) -> str:
        """Both where no kernel runs; "" for a script that is not saved."""
        kept = self.saved(name)
        if kept is None:
            return ""
        use = used_html(script_use(self.realm, kept))
        return f"{use}{changed_html(kept.source, source)}"

    def text(self, name: str, source: str) -> str:
        """The same as text."""
        kept = self.saved(name)
        if kept is None:
            return ""
        use = used_text(script_use(self.realm, kept))
        return f"\n{use}\n{changed_text(kept.source, source)}"


def _put(part: ipywidgets.HTML, html: str) -> None:
    """Show it where it is another; what is empty takes no room."""
    if part.value != html:
        part.value = html
    part.layout.display = "" if html else "none"
