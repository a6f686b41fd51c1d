"""CodeMirror 6 as an anywidget; the bundle is committed, and nothing is fetched.

``source/`` is what the bundle is built from: ``npm ci && npm run build`` there.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

HERE = Path(__file__).parent
HELP = "Tab indents; Escape, then Tab, leaves the editor. Ctrl+Space completes."


class CodeEditor(anywidget.AnyWidget):
    """A JavaScript editor with line numbers, findings and completion.

    Attributes:
        value: The script; follows the keyboard after a short pause.
        description: The visible label, and the name for screen readers.
        help: How to use it by keyboard.
        tooltip: One sentence on what belongs here.
        findings: What is underlined: mappings with ``severity`` (error, warning or
            info), ``message``, ``fix``, ``code``, and a 1-based ``line`` and
            ``column``, or None where it has no place.
        completions: What is offered: mappings with ``label``, ``type``,
            ``detail``, ``info`` and ``members``.
    """

    _esm = (HERE / "script_editor.js").read_text("utf-8")
    _css = (HERE / "script_editor.css").read_text("utf-8")

    value = traitlets.Unicode("").tag(sync=True)
    description = traitlets.Unicode("").tag(sync=True)
    help = traitlets.Unicode(HELP).tag(sync=True)
    tooltip = traitlets.Unicode("").tag(sync=True)
    findings: Any = traitlets.List().tag(sync=True)
    completions: Any = traitlets.List().tag(sync=True)

    def on_shown(self, work: Callable[[], Any]) -> None:
        """Call ``work`` whenever a page shows the editor."""
        self.on_msg(lambda _editor, content, _buffers: _if_shown(content, work))


def _if_shown(content: Any, work: Callable[[], Any]) -> None:
    if isinstance(content, dict) and content.get("shown") is True:
        work()
