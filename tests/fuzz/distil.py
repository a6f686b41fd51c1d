"""Make a corpus of what a search has found: ``python -m tests.fuzz.distil FOUND``.

A file is kept where it goes from one line of the package to another as no smaller file
does, and is cut down for as long as it still does.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import workbench
from tests.fuzz.target import Target, name_of
from tests.fuzz.targets import TARGETS

PACKAGE = str(Path(workbench.__file__).parent)
CORPUS = Path(__file__).parent / "corpus"
MOST = 60
"""Files of one target."""

TRIES = 120
"""How often it is tried to cut one file down."""

Step = tuple[str, int, int]
"""A module, and two lines that were executed one after the other."""


def steps(run: Callable[[bytes], None], octets: bytes) -> set[Step]:
    """What an input executes; nothing where the promise is broken."""
    found: set[Step] = set()

    def of_frame(frame: FrameType, event: str, arg: Any) -> Any:
        name = frame.f_code.co_filename
        if not name.startswith(PACKAGE):
            return None
        last = frame.f_lineno

        def of_line(frame: FrameType, event: str, arg: Any) -> Any:
            nonlocal last
            found.add((name, last, frame.f_lineno))
            last = frame.f_lineno
            return of_line

        return of_line

    sys.settrace(of_frame)
    try:
        run(octets)
    except Exception:
        found.clear()
    finally:
        sys.settrace(None)
    return found


def distilled(target: Target, inputs: Iterable[bytes]) -> Iterator[bytes]:
    """The inputs that are worth keeping, each as small as it can be."""
    known: set[Step] = set()
    for seed in target.seeds:
        target.run(seed)  # what is made once is no step of an input
        known |= steps(target.run, seed)
    kept = 0
    for octets in sorted(set(inputs), key=lambda each: (len(each), each)):
        added = steps(target.run, octets) - known
        if not added or kept >= MOST:
            continue
        smaller = _shrunk(octets, partial(_does, target, added))
        known |= steps(target.run, smaller)
        kept += 1
        yield smaller


def _does(target: Target, wanted: set[Step], octets: bytes) -> bool:
    return wanted <= steps(target.run, octets)


def _shrunk(octets: bytes, still: Callable[[bytes], bool]) -> bytes:
    """The input without whatever can go."""
    size, tries = len(octets) // 2, 0
    while size:
        at = 0
        while at < len(octets) and tries < TRIES:
            tries += 1
            without = octets[:at] + octets[at + size :]
            if still(without):
                octets = without
            else:
                at += size
        size //= 2
    return octets


def main() -> None:
    """Distil the finds and the present corpus of each target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("found", type=Path)
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    options = parser.parse_args()
    for name in options.targets:
        folders = [
            each for each in (options.found / name, CORPUS / name) if each.is_dir()
        ]
        files = [each for folder in folders for each in folder.iterdir()]
        small = list(distilled(TARGETS[name], (each.read_bytes() for each in files)))
        folder = CORPUS / name
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for octets in small or [b""]:
            (folder / name_of(octets)).write_bytes(octets)
        print(f"{name}: {len(small)} of {len(files)}, {sum(map(len, small))} octets")


if __name__ == "__main__":
    main()
