"""A notebook as a file: without what a run left in it, and what its cells say."""

import hashlib
import json
from typing import Any


def without_outputs(text: str) -> str:
    """The notebook as nobody has run it, in the layout in which Jupyter writes it."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(execution_count=None, outputs=[])
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def sources_digest(text: str) -> str:
    """What the cells say, as a digest: neither outputs nor metadata change it.

    Whoever runs a lesson and saves it changes both, and has still written nothing.

    Raises:
        ValueError: The text is no notebook.
    """
    notebook = json.loads(text)
    try:
        cells = [_said(cell) for cell in notebook["cells"]]
    except (KeyError, TypeError) as problem:
        raise ValueError("This is no notebook.") from problem
    return digest(json.dumps(cells, sort_keys=True))


def _said(cell: Any) -> list[Any]:
    source = "".join(cell["source"])  # a text, or a list of its lines
    return [cell["cell_type"], source, cell.get("attachments") or {}]


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
