"""``workbench pictures``: the course in pictures, as SVG files for slides."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.am.basics.words import counted
from workbench.bench import Workbench
from workbench.terminal import meanwhile
from workbench.views.page.plain import visible_text

if TYPE_CHECKING:
    from workbench.views.slides.slide import Slide

BOTH = "both"
NOW, SEED = 1_790_000_000, "pictures"
"""So that every run draws the same octets."""


def add_pictures_command(commands: Any) -> None:
    """Add ``pictures`` to the commands of a parser."""
    pictures = commands.add_parser(
        "pictures",
        help="the course in pictures: SVG files for slides",
        description="Flows, chains, decisions, compared tokens and attacks, each a "
        "file of 1920 by 1080 that needs nothing else, and a page that shows them all. "
        "Files of the same names are written anew; others stay.",
        epilog="Example: workbench pictures slides --theme dark",
    )
    pictures.add_argument("dir", type=Path, help="the folder for the files")
    pictures.add_argument(
        "--theme",
        choices=("light", "dark", BOTH),
        default=BOTH,
        help="default: %(default)s",
    )
    pictures.set_defaults(command=_pictures)


def _pictures(options: argparse.Namespace) -> int:
    from workbench.views.slides.index import file_name, index_html
    from workbench.views.slides.slide import slide_svg
    from workbench.views.slides.theme import THEMES

    themes = list(THEMES) if options.theme == BOTH else [options.theme]
    folder: Path = options.dir
    folder.mkdir(parents=True, exist_ok=True)
    with meanwhile("Drawing the pictures"):
        slides = list(_slides())
        for slide in slides:
            for theme in themes:
                drawn = slide_svg(slide, THEMES[theme])
                _write(folder / file_name(slide, theme), drawn)
        _write(folder / "index.html", index_html(slides, themes))
    many = counted(len(slides), "picture")
    print(f"{many} in {visible_text(folder)}; index.html shows them.")
    if not any(slide.name.startswith("chain-") for slide in slides):
        print("No chain was drawn: graphviz-pure is not here.", file=sys.stderr)
    return 0


def _slides() -> "Iterator[Slide]":
    """The pictures, each group of a bench of its own."""
    from workbench.course import picture_book
    from workbench.course.labs.by_name import LABS
    from workbench.course.use_cases.by_name import USE_CASES
    from workbench.course.use_cases.walk import walk

    for name in USE_CASES:
        with Workbench(now=NOW, seed=SEED) as wb:
            walked = walk(wb.realm, wb.client, wb.prepare(name))
            yield from picture_book.use_case_slides(walked)
    with Workbench(now=NOW, seed=SEED) as wb:
        wb.prepare("agent-for-agent")
        yield picture_book.refusal_slide(wb.realm, wb.client)
        yield from picture_book.long_chain_slides(wb.realm, wb.client)
    yield from map(picture_book.lab_slide, LABS.values())


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
