"""Lay the lessons out in a learner's folder, and renew those that nobody changed.

A lesson is changed once its cells say something else; one that was only run is not.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from workbench.course.learners_copy.manifest import (
    MANIFEST,
    LaidOut,
    LessonFolderError,
    manifest_text,
    read_manifest,
)
from workbench.course.learners_copy.notebook import (
    digest,
    sources_digest,
    without_outputs,
)
from workbench.course.lessons import REFERENCE, shipped_lessons, shipped_names

NOTEBOOK = ".ipynb"


@dataclass(frozen=True, slots=True)
class LessonFolder:
    """A folder of lessons to work in.

    Attributes:
        path: The folder.
        told: What its owner should know of what was kept, a sentence each.
    """

    path: Path
    told: tuple[str, ...] = ()


def lesson_folder(path: Path) -> LessonFolder:
    """Lay out what is missing, renew what is untouched, and keep what is changed.

    Lessons come without outputs, pages of the reference with them.
    The folder of the shipped lessons is left as it is.

    Raises:
        LessonFolderError: The folder or its manifest cannot be used; nothing that was
            there is lost.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        if path.samefile(shipped_lessons()):
            return LessonFolder(path)
        return LessonFolder(path, tuple(_laid_out(path)))
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise LessonFolderError(
            f"The lessons cannot be laid out in {path}: {why} "
            f"({problem.filename or path}). Choose another folder with --dir."
        ) from problem


def _laid_out(path: Path) -> list[str]:
    folder = _Folder(path, read_manifest(path))
    names = shipped_names()
    for name in names:
        folder.lay_out(name, _shipped_text(name))
    for name in sorted(folder.known.keys() - set(names)):
        folder.take_back(name)
    folder.write(MANIFEST, manifest_text(folder.known))
    _trust(folder.written)
    return folder.told


def _shipped_text(name: str) -> str:
    text = (shipped_lessons() / name).read_text(encoding="utf-8")
    return text if name.startswith(f"{REFERENCE}/") else without_outputs(text)


@dataclass(slots=True)
class _Folder:
    """A learner's folder while lessons are laid out in it."""

    path: Path
    known: dict[str, LaidOut]
    told: list[str] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)

    def lay_out(self, name: str, text: str) -> None:
        """Lay out one lesson as it is shipped, or keep the one that is there."""
        shipped = LaidOut(_said(name, text), digest(text))
        before = self.known.get(name, LaidOut())
        target = self.path / name
        mine = _sources(target)
        if not target.exists():
            self.write(name, text)
        elif mine == before.sources:
            if shipped.whole != before.whole:
                self.write(name, text)
        elif mine != shipped.sources:
            self.known[name] = self._keep(name, text, before)
            return
        self._drop_beside(name, before)
        self.known[name] = shipped

    def _keep(self, name: str, text: str, before: LaidOut) -> LaidOut:
        """Keep a changed lesson; what is new of it is laid beside, once."""
        sources = _said(name, text)
        if sources in (before.sources, before.beside):
            return before
        beside = next(
            each
            for each in _names_beside(name)
            if not (self.path / each).exists()
            or _sources(self.path / each) == before.beside
        )
        self.write(beside, text)
        self.told.append(
            f"Kept your own {name}; the renewed one is beside it: {beside}."
        )
        return replace(before, beside=sources)

    def take_back(self, name: str) -> None:
        """Remove what is shipped no more, unless it was changed."""
        before = self.known.pop(name)
        target = self.path / name
        self._drop_beside(name, before)
        if not target.exists():
            return
        if _sources(target) == before.sources:
            target.unlink()
        else:
            self.told.append(
                f"Kept your own {name}; it is no longer among the lessons."
            )

    def _drop_beside(self, name: str, before: LaidOut) -> None:
        """Remove a renewed lesson that lies beside, unless it was changed."""
        if not before.beside:
            return
        for each in _names_beside(name):
            target = self.path / each
            if not target.exists():
                return
            if _sources(target) == before.beside:
                target.unlink()

    def write(self, name: str, text: str) -> None:
        """Write a file whole, or not at all."""
        target = self.path / name
        target.parent.mkdir(exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        try:
            part.write_text(text, encoding="utf-8")
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
        if name.endswith(NOTEBOOK):
            self.written.append(target)


def _names_beside(name: str) -> Iterator[str]:
    """Where a renewed lesson may lie: the learner may work in that one, too."""
    stem, dot, kind = name.rpartition(".")
    yield f"{stem}.renewed{dot}{kind}"
    yield from (f"{stem}.renewed-{number}{dot}{kind}" for number in count(2))


def _said(name: str, text: str) -> str:
    """What a notebook's cells say, or a file of data, as a digest."""
    return sources_digest(text) if name.endswith(NOTEBOOK) else digest(text)


def _sources(path: Path) -> str:
    """The same of a file; of one that cannot be read, nothing that we laid out."""
    try:
        return _said(path.name, path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return "unreadable"


def _trust(paths: list[Path]) -> None:
    """Let JupyterLab show the pictures of these files before anybody runs them."""
    if not paths:
        return
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary()
    for path in paths:
        notary.sign(nbformat.read(path, as_version=4))
