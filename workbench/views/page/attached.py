"""Gives a class its two faces: HTML in a notebook, text there and in print."""

from collections.abc import Callable, Container
from typing import Any

from workbench.views.page.plain import visible_text

Draw = Callable[[Any], str]
Draws = tuple[Draw, Draw]
"""A value as HTML, and as text."""


def attach(cls: type, html: Draw, text: Draw) -> None:
    """Give a class its two faces.

    Args:
        cls: The class whose values show themselves.
        html: A value as HTML.
        text: A value as text; what a terminal would obey is made visible.
    """
    attach_later(cls, lambda: (html, text))


def attach_printed(cls: type, html: Draw, text: Draw) -> None:
    """The same for what is read in a terminal too: ``print`` shows it as text.

    Not for what may hold what a script wrote: its text is for whoever looks, and
    ``str`` of a value goes into logs.
    """
    attach(cls, html, text)

    def printed(self: Any) -> str:
        return visible_text(text(self), keep="\n\t")

    setattr(cls, "__str__", printed)  # noqa: B010


def attach_later(cls: type, load: Callable[[], Draws]) -> None:
    """The same, with what draws them loaded when a value is first looked at."""

    def bundle(
        self: Any,
        include: Container[str] | None = None,
        exclude: Container[str] | None = None,
    ) -> dict[str, str]:
        html, text = load()

        def plain(value: Any) -> str:
            return visible_text(text(value), keep="\n\t")

        return _chosen({"text/html": html, "text/plain": plain}, self, include, exclude)

    def face(self: Any) -> str:
        return load()[0](self)

    # By setattr, because a type checker knows neither name on a plain class.
    setattr(cls, "_repr_mimebundle_", bundle)  # noqa: B010
    setattr(cls, "_repr_html_", face)  # noqa: B010


def attach_live(
    cls: type, make: Callable[[Any], Any], wanted: Callable[[Any], bool]
) -> None:
    """Let a value show itself in a cell by a form, beside its two faces.

    Args:
        cls: The class whose values show themselves.
        make: Makes the form of a value, which displays itself.
        wanted: Whether a value has a form; one that has none shows its faces.
    """

    def show(self: Any) -> None:
        if not wanted(self):
            raise NotImplementedError  # so IPython takes the faces
        make(self)._ipython_display_()

    setattr(cls, "_ipython_display_", show)  # noqa: B010


def _chosen(
    draws: dict[str, Draw],
    value: Any,
    include: Container[str] | None,
    exclude: Container[str] | None,
) -> dict[str, str]:
    return {
        kind: draw(value)
        for kind, draw in draws.items()
        if (not include or kind in include) and (not exclude or kind not in exclude)
    }
