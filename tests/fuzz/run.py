"""Search for faults of a target with atheris: ``python -m tests.fuzz.run TARGET``.

Needs the extra ``fuzz``. What adds coverage is kept in a folder, and every fault beside
it, one file a place in the code; ``python -m tests.fuzz.distil`` makes a corpus of it.
"""

import argparse
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

READERS = ["workbench.am", "workbench.server", "workbench.agent", "workbench.interop"]

with atheris.instrument_imports(include=[*READERS, "jwt"]):
    from tests.fuzz.target import name_of
    from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"


def main() -> None:
    """Run one target for a time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--longest", type=int, default=2048, help="octets of an input")
    parser.add_argument("--into", type=Path, default=Path("fuzzed"))
    options = parser.parse_args()
    target = TARGETS[options.target]
    found = options.into / target.name
    faults = options.into / "faults" / target.name
    for folder in (found, faults):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds:
        (found / name_of(seed)).write_bytes(seed)
    known = CORPUS / target.name
    folders = [str(found), *([str(known)] if known.is_dir() else [])]
    limits = [f"-max_total_time={options.seconds}", f"-max_len={options.longest}"]
    limits += ["-timeout=20", "-rss_limit_mb=2048", f"-artifact_prefix={faults}/"]
    atheris.Setup([sys.argv[0], *limits, *folders], _kept(target.run, faults))
    atheris.Fuzz()


def _kept(run: Callable[[bytes], None], faults: Path) -> Callable[[bytes], None]:
    """The target, which goes on after a fault and keeps the first of each kind."""
    seen: set[str] = set()

    def one(octets: bytes) -> None:
        try:
            run(octets)
        except Exception as fault:
            frames = traceback.extract_tb(fault.__traceback__)[-3:]
            place = " ".join(f"{each.filename}:{each.lineno}" for each in frames)
            if place not in seen:
                seen.add(place)
                file = faults / name_of(octets)
                file.write_bytes(octets)
                told = "".join(traceback.format_exception(fault, limit=-4))
                file.with_suffix(".txt").write_text(told, "utf-8", "backslashreplace")

    return one


if __name__ == "__main__":
    main()
