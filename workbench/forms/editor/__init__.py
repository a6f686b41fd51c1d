"""The field a script is written in: CodeMirror, or a text area without anywidget."""

from typing import Any

import ipywidgets
import traitlets

from workbench.forms.editor.completions import completions_of

__all__ = ["PlainEditor", "completions_of", "script_editor"]


class PlainEditor(ipywidgets.Textarea):  # type: ignore[misc]
    """The same field as a text area; what is found is kept and not marked."""

    findings: Any = traitlets.List()
    completions: Any = traitlets.List()


def script_editor(**values: Any) -> Any:
    """A field for a script.

    Args:
        values: ``value``, ``description``, ``tooltip``, ``completions``, ``findings``
            as the editor has them.
    """
    try:
        from workbench.forms.editor.code import CodeEditor
    except ImportError:
        return PlainEditor(rows=10, **values)
    return CodeEditor(**values)
