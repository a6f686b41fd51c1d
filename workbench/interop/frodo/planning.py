"""Makes the plan of an import: each body beside what the realm has by now."""

from collections.abc import Callable

from workbench.am.basics.words import counted
from workbench.am.realm import Realm
from workbench.errors import CommandError
from workbench.interop.frodo.bodies_read import BodiesRead
from workbench.interop.frodo.compared import Comparing
from workbench.interop.frodo.fitting import unfit
from workbench.interop.frodo.folder import FileEntry, FilesRead
from workbench.interop.frodo.plan import ImportPlan

PREPOSITIONS = (" for ", " of ")


def plan_import(
    realm: Realm,
    files: FilesRead,
    carry_out: Callable[[], ImportPlan],
    only: str = "",
) -> ImportPlan:
    """What importing files would change in a realm; the realm stays as it is.

    Args:
        realm: The realm.
        files: What the files hold.
        carry_out: What applies the plan.
        only: Of files of several realms, the path of the one that is taken; "" for
            the one that is called as the realm is.

    Raises:
        CommandError: The files are of several realms, and none of them is named so.
    """
    entries, elsewhere = _of_one_realm(files.entries, realm.path, only)
    bodies = BodiesRead(realm.scripts)
    bodies.read_all(entries)
    scripts = {**realm.scripts, **bodies.scripts_by_id()}
    comparing = Comparing(realm, bodies, scripts)
    planned = tuple(comparing.all())
    others = files.others + bodies.left_out
    links = [counted(files.links, "link")] if files.links else []
    return ImportPlan(
        realm=realm.path,
        planned=planned,
        refused=(*bodies.faults, *comparing.faults, *unfit(realm, bodies)),
        left_out=tuple(
            (*elsewhere, *(_counted(n, noun) for noun, n in others.items()), *links)
        ),
        files=files.files,
        carry_out=carry_out,
    )


def _counted(number: int, noun: str) -> str:
    """``2 scripts for X``: the noun stands before the preposition."""
    for word in PREPOSITIONS:
        thing, found, rest = noun.partition(word)
        if found:
            return f"{counted(number, thing)}{word}{rest}"
    return counted(number, noun)


def _of_one_realm(
    entries: list[FileEntry], path: str, only: str
) -> tuple[list[FileEntry], list[str]]:
    """The entries of one realm, and a sentence on those of each other one."""
    found = dict.fromkeys(e.entry.realm for e in entries if e.entry.realm)
    wanted = only or path
    if wanted not in found and (only or len(found) > 1):
        known = ", ".join(found) or "none by name"
        raise CommandError(
            f"The files are of these realms: {known}. Name the one that is taken.",
            call="source_realm=… or --source-realm does.",
        )
    chosen = wanted if wanted in found else next(iter(found), "")
    kept_ones = [e for e in entries if e.entry.realm in ("", chosen)]
    told = [
        f"{counted(sum(e.entry.realm == other for e in entries), 'entry')} of the "
        f"realm {other}"
        for other in found
        if other != chosen
    ]
    return kept_ones, told
