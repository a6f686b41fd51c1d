"""Every figure of the benchmarks, in one place: printed, and kept where it is read.

``pytest -n 0 tests/bench -m bench -s --figures`` keeps them as JSON beside the
reference notebook that shows them. A figure that was measured anew takes the old one's
place, so that one module can be run alone.
"""

import json
import os
import platform
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parents[2] / "notebooks" / "reference" / "speed.json"
COMMAND = "pytest -n 0 tests/bench -m bench -s --figures"


@dataclass(frozen=True)
class Figure:
    """One figure.

    Attributes:
        name: What was measured.
        value: How much of it.
        unit: Of what, such as ``times`` or ``ms``.
        aim: What it shall be at most, or None.
        at_least: Whether it shall be the aim at least.
        beside: What was measured in the same run, to hold it against.
    """

    name: str
    value: float
    unit: str
    aim: float | None = None
    at_least: bool = False
    beside: str = ""


NOTED: dict[str, Figure] = {}


def note(
    name: str,
    value: float,
    unit: str,
    aim: float | None = None,
    *,
    at_least: bool = False,
    beside: str = "",
) -> None:
    """Print a figure, and keep it for the end of the run."""
    figure = Figure(name, float(f"{value:.3g}"), unit, aim, at_least, beside)
    NOTED[name] = figure
    bound = "at least" if at_least else "at most"
    wanted = "" if aim is None else f", aim {bound} {aim:g}"
    held = f" ({beside})" if beside else ""
    print(f"\n{name}: {figure.value:g} {unit}{wanted}{held}")


def keep() -> None:
    """Write what was noted; figures that were not measured now stay."""
    earlier: list[dict[str, Any]] = []
    if KEPT.exists():
        earlier = json.loads(KEPT.read_text(encoding="utf-8"))["figures"]
    figures = {each["name"]: each for each in earlier}
    figures |= {name: asdict(figure) for name, figure in NOTED.items()}
    kept = {
        "command": COMMAND,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "figures": list(figures.values()),
    }
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
