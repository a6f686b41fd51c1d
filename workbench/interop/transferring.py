"""How a bench takes in files of a PingAM, and gives its own to one."""

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.am.basics.realm_path import realm_path
from workbench.am.realms import Realms

if TYPE_CHECKING:  # what reads and writes files is loaded on first use
    from workbench.interop.frodo.plan import ImportPlan


class TransfersFiles:
    """Whatever has realms takes in files as frodo writes them, and writes such."""

    realms: Realms

    def import_files(
        self, *paths: Path | str, realm: str | None = None, source_realm: str = ""
    ) -> "ImportPlan":
        """Say what importing files would change; ``.apply()`` of that changes it.

        Taken are scripts, OAuth2 clients, AI agents, their groups and the OAuth2
        Provider, as frodo, fr-config-manager and AM's REST interface write them, in
        single files, in files of several and in whole folders.

        Args:
            paths: Files and folders.
            realm: Into which realm; None: the bench's own.
            source_realm: Of files of several realms, the one that is taken; "" for
                that which is called as the realm here is.

        Returns:
            The plan, which also says why it cannot be carried out, where that is so.

        Raises:
            CommandError: There is no such file, it holds nothing of these, or the
                files are of several realms.
            SettingError: There is no such realm.
        """
        from workbench.interop.frodo.applying import plan_of
        from workbench.interop.frodo.fault import ImportRefused
        from workbench.interop.frodo.folder import read_files
        from workbench.interop.frodo.plan import refused_plan

        chosen = self.realms.main if realm is None else self.realms.find(realm)
        try:
            files = read_files([Path(path).expanduser() for path in paths])
        except ImportRefused as refusal:
            return refused_plan(chosen.path, refusal)
        source = realm_path(source_realm) if source_realm else ""
        return plan_of(chosen, files, source)

    def export_files(self, folder: Path | str, realm: str | None = None) -> list[Path]:
        """Write a realm's configuration as files that frodo imports, without secrets.

        Args:
            folder: Made where there is none; files of the same name are replaced.
            realm: Which realm; None: the bench's own.

        Returns:
            The files.

        Raises:
            CommandError: One cannot be written.
            SettingError: There is no such realm.
        """
        from workbench.interop.frodo.writing import write_files

        chosen = self.realms.main if realm is None else self.realms.find(realm)
        return write_files(chosen, Path(folder).expanduser())
