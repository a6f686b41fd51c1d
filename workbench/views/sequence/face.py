"""Who sends what to whom, step by step: drawn, as text and as Mermaid."""

from markupsafe import Markup

from workbench.views.page.attached import attach
from workbench.views.page.html import escape, page
from workbench.views.page.plain import visible_text
from workbench.views.page.roles import who
from workbench.views.page.widths import by_width
from workbench.views.sequence.drawing import drawing
from workbench.views.sequence.steps import NOW, Message, Sequence, state

__all__ = [
    "Message",
    "Sequence",
    "sequence_html",
    "sequence_mermaid",
    "sequence_svg",
    "sequence_text",
]

LEAST = 0.92
"""How far the drawing may shrink: its letters of 12 pixels are 11 high then."""


def sequence_svg(sequence: Sequence, present: int | None = None) -> str:
    """The drawing alone.

    Args:
        sequence: What to draw.
        present: The number of the step that is under way, from 1 as drawn; 0
            for none yet, one more than there are for all done; None to draw
            every step alike.
    """
    return drawing(sequence, present)


def sequence_html(sequence: Sequence, present: int | None = None) -> str:
    """The drawing with its title; ``present`` as above.

    On a narrow page it is a list.
    """
    title = f"<p><b>{escape(sequence.title)}</b></p>" if sequence.title else ""
    wide = drawing(sequence, present)
    return page(f"{title}{by_width(wide, _listed(sequence, present), LEAST)}")


def _listed(sequence: Sequence, present: int | None) -> Markup:
    """The steps as a list: who sends what to whom, and what comes back."""
    items = []
    for number, message in enumerate(sequence.messages, 1):
        word = state(number, present)
        source, role = message.source, sequence.roles.get(message.source)
        sender = who(role, source) if role else escape(source)
        note = f"<b>{word}</b> " if word == NOW else f"{word} " if word else ""
        reply = f"<br>← {escape(message.reply)}" if message.reply else ""
        if message.stopped:
            reply = f'<br><span class="wb-no">{escape(message.stop)}</span>{reply}'
        way = f"{note}{sender} → {escape(message.target)}"
        items.append(f"<li>{way}<br>{escape(message.label)}{reply}</li>")
    return Markup(f"<ol>{''.join(items)}</ol>")


def sequence_text(sequence: Sequence, present: int | None = None) -> str:
    """The same as text; ``present`` as above."""
    lines = [visible_text(sequence.title)] if sequence.title else []
    for number, message in enumerate(sequence.messages, 1):
        word = state(number, present)
        mark = ">" if word == NOW else " "
        note = f"   [{word}]" if word else ""
        source, target = visible_text(message.source), visible_text(message.target)
        label = visible_text(message.label)
        lines.append(f"{mark}{number:>2}. {source} -> {target}: {label}{note}")
        if message.stopped:
            lines.append(f"     {visible_text(message.stop)}")
        if message.reply:
            lines.append(f"     {target} --> {source}: {visible_text(message.reply)}")
    return "\n".join(lines)


def sequence_mermaid(sequence: Sequence) -> str:
    """The same in Mermaid, which JupyterLab and GitHub draw themselves."""
    names = {name: f"p{i}" for i, name in enumerate(sequence.participants, 1)}
    lines = ["sequenceDiagram"]
    lines += [f"    participant {p} as {_mermaid(n)}" for n, p in names.items()]
    for number, message in enumerate(sequence.messages, 1):
        source, target = names[message.source], names[message.target]
        arrow = "-x" if message.stopped else "->>"
        label = ". ".join(filter(None, (message.label, message.stop)))
        lines.append(f"    {source}{arrow}{target}: {number}. {_mermaid(label)}")
        if message.reply:
            lines.append(f"    {target}-->>{source}: {_mermaid(message.reply)}")
    return "\n".join(lines)


def _mermaid(text: str) -> str:
    """Text in which every character with a meaning in Mermaid is an entity."""
    return "".join(
        c if c.isalnum() or c in " .,_()-!/=?" or ord(c) > 127 else f"#{ord(c)};"
        for c in visible_text(text)
    )


attach(Sequence, sequence_html, sequence_text)
