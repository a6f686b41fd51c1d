"""Files of a PingAM, taken in once their effect was looked at, and written for one."""

from pathlib import Path
from typing import Any

import ipywidgets

from workbench.am.basics.words import counted
from workbench.am.realm import Realm
from workbench.errors import NotYet, SettingError
from workbench.forms.parts.form import Form, make_field
from workbench.interop.frodo.plan import ImportPlan
from workbench.interop.frodo.plan_faces import plan_html, plan_text, summary
from workbench.interop.transferring import TransfersFiles
from workbench.views.page.html import block, page

NO_PAGE = "AM has no page for this: frodo and fr-config-manager do it from outside."

LOOK_FIRST = "Nothing was looked at yet: Preview says what would change."


class ImportForm(Form):
    """Takes in files of frodo; ``wb.import_files(path)`` and ``.apply()`` do the same.

    Args:
        realm: The bench's own.
        bench: What takes them in.
        values: Fields to fill in: ``paths``.

    Raises:
        SettingError: There is no such field.

    Attributes:
        plan: What was looked at last, or None.
    """

    title = "Import files of a PingAM"
    action = "Preview"
    no_page = NO_PAGE

    def __init__(self, realm: Realm, bench: TransfersFiles, **values: Any) -> None:
        self.realm, self.bench = realm, bench
        self.plan: ImportPlan | None = None
        self.preview = ipywidgets.HTML()
        self.importing = ipywidgets.Button(description="Import", disabled=True)
        self.importing.on_click(lambda _button: self.report(self.apply))
        super().__init__(values)

    def make_fields(self) -> dict[str, Any]:
        """The files and folders."""
        return {
            "paths": make_field(
                ipywidgets.Textarea,
                "Files and folders",
                "One a line, from the notebook's folder on: scripts, OAuth2 clients, "
                "AI agents, groups and the provider, as frodo or fr-config-manager "
                "write them.",
                value="",
                rows=3,
            )
        }

    def body(self) -> list[Any]:
        """The field, both buttons in one row, and what would change below."""
        row = ipywidgets.HBox([self.button, self.importing])
        return [*self.fields.values(), row, self.preview]

    def submit(self) -> ImportPlan:
        """Say what an import would change; nothing is changed.

        Raises:
            CommandError: There is no such file, or nothing of these in it.
        """
        self.plan = self.value = None
        self.preview.value = ""
        self.importing.disabled = True
        lines = self.fields["paths"].value.splitlines()
        paths = [line.strip() for line in lines if line.strip()]
        if not paths:
            raise SettingError(
                "Files and folders is empty; it needs a path.", about="paths"
            )
        return self._show(self.bench.import_files(*paths))

    def apply(self) -> ImportPlan:
        """Import what was looked at, all of it or nothing.

        Raises:
            NotYet: Nothing was.
            ImportRefused: It cannot be done; nothing was changed.
        """
        if self.plan is None:
            raise NotYet(LOOK_FIRST)
        return self._show(self.plan.apply())

    def _show(self, plan: ImportPlan) -> ImportPlan:
        self.plan, self.value = None if plan.done else plan, plan
        self.preview.value = plan_html(plan)
        self.importing.disabled = plan.done or bool(plan.refused)
        return plan

    def done(self, result: Any) -> tuple[str, bool]:
        """The plan in a sentence."""
        return summary(result), not result.refused

    def text(self) -> str:
        """The form, and below it what would change."""
        told = "" if self.value is None else f"\n\n{plan_text(self.value)}"
        return f"{super().text()}{told}"

    def html(self) -> str:
        """The same where no kernel runs."""
        told = "" if self.value is None else plan_html(self.value)
        return f"{super().html()}{told}"


class ExportForm(Form):
    """Writes a realm as files for frodo; ``wb.export_files(folder)`` does the same.

    Args:
        realm: The bench's own.
        bench: What writes it.
        values: Fields to fill in: ``folder``.

    Raises:
        SettingError: There is no such field.
    """

    title = "Export files for a PingAM"
    action = "Export"
    no_page = NO_PAGE

    def __init__(self, realm: Realm, bench: TransfersFiles, **values: Any) -> None:
        self.realm, self.bench = realm, bench
        super().__init__(values)

    def make_fields(self) -> dict[str, Any]:
        """The folder."""
        return {
            "folder": make_field(
                ipywidgets.Text,
                "Folder",
                "A path, from the notebook's folder on; made where there is none.",
                value="exported",
            )
        }

    def submit(self) -> list[Path]:
        """Write the files, without any secret.

        Raises:
            CommandError: One cannot be written.
        """
        folder: str = self.fields["folder"].value.strip()
        if not folder:
            raise SettingError("Folder is empty; it needs a path.", about="folder")
        written = self.bench.export_files(folder)
        self.value = written
        return written

    def done(self, result: Any) -> tuple[str, bool]:
        """How many files there are now, and where."""
        where = result[0].parent
        files = counted(len(result), "file")
        return f"Wrote {files} into {where}, without any secret.", True

    def html(self) -> str:
        """The form where no kernel runs, and the names of the files."""
        return f"{super().html()}{self._names_html()}"

    def _names_html(self) -> str:
        names = [path.name for path in self.value or ()]
        return page(block("\n".join(names))) if names else ""
