"""Who sends what to whom, step by step: drawn, as text and as Mermaid."""

from workbench.views.page.attached import attach
from workbench.views.page.html import escape, page
from workbench.views.page.plain import visible_text
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
    """The drawing with its title; ``present`` as above."""
    title = f"<p><b>{escape(sequence.title)}</b></p>" if sequence.title else ""
    return page(f"{title}{drawing(sequence, present)}")


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
        lines.append(f"    {source}->>{target}: {number}. {_mermaid(message.label)}")
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
