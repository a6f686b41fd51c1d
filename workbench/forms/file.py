"""Saving the bench to a file, and opening it from one."""

from pathlib import Path
from typing import Any, Protocol

import ipywidgets

from workbench.am.basics.words import counted
from workbench.am.realm import Realm
from workbench.errors import SettingError
from workbench.forms.parts.form import Form, make_field


class SavedBench(Protocol):
    """What can be saved to a file, and be again as it was saved."""

    def save(self, path: Path | str, *, keys: bool = True) -> Path:
        """Save all of it to one file."""
        ...

    def restore(self, path: Path | str) -> None:
        """Be as it was saved."""
        ...


class FileForm(Form):
    """Saves the bench and opens it; ``wb.save`` and ``wb.restore`` do the same.

    Args:
        realm: The bench's own.
        bench: What is saved.
        values: Fields to fill in: ``path``, ``with_keys``.

    Raises:
        SettingError: There is no such field.
    """

    title = "Save and open"
    action = "Save"
    no_page = "AM has no page for this: its configuration is exported with other tools."

    def __init__(self, realm: Realm, bench: SavedBench, **values: Any) -> None:
        self.realm, self.bench = realm, bench
        self.opening = ipywidgets.Button(description="Open")
        self.opening.on_click(lambda _button: self.report(self.open_file))
        super().__init__(values)

    def make_fields(self) -> dict[str, Any]:
        """The file, and whether the keys go in."""
        return {
            "path": make_field(
                ipywidgets.Text,
                "File",
                "A path, from the notebook's folder on.",
                value="bench.json",
            ),
            "with_keys": make_field(
                ipywidgets.Checkbox,
                "Save the keys",
                "Without them signed tokens count no more once it is opened.",
                value=True,
            ),
        }

    def body(self) -> list[Any]:
        """The fields, and both buttons in one row."""
        row = ipywidgets.HBox([self.button, self.opening])
        return [*self.fields.values(), row]

    def submit(self) -> str:
        """Save the bench and say what is in the file now.

        Raises:
            SavedFileError: It cannot be written.
        """
        path = self.bench.save(self._path(), keys=self.fields["with_keys"].value)
        return f"{path} has {self._there()}. It holds secrets; only you can read it."

    def open_file(self) -> str:
        """Let the bench be as it was saved, and say what is there now.

        Raises:
            SavedFileError: It is no saved bench, or one of another place.
        """
        path = self._path()
        self.bench.restore(path)
        return f"The bench is as it was saved in {path}: {self._there()}."

    def done(self, result: Any) -> tuple[str, bool]:
        """What was done is what there is to say."""
        return result, True

    def _path(self) -> str:
        path: str = self.fields["path"].value.strip()
        if not path:
            raise SettingError("File is empty; it needs a path.", about="path")
        return path

    def _there(self) -> str:
        parts = (
            counted(len(self.realm.clients), "client"),
            counted(len(self.realm.scripts), "script"),
            counted(self.realm.audit.total, "event"),
        )
        return ", ".join(parts)
