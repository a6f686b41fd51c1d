"""A script and what came of running it."""

from markupsafe import Markup

from workbench.am.scripts.script import Script, ScriptOutcome
from workbench.errors import ScriptError
from workbench.views.page.html import bad, block, code, escape, good, page, table
from workbench.views.page.plain import columns, pretty, visible_text
from workbench.views.scripts.effect import effect
from workbench.views.scripts.given import effective, given_values, occasion, word_for


def outcome_html(outcome: ScriptOutcome, *, timing: bool = False) -> str:
    """What the script stamped, logged, and where it failed.

    Args:
        outcome: One run.
        timing: Whether to say how long it took, which differs from run to run.
    """
    named = word_for(outcome)
    word = good(named) if effective(outcome) else bad(named)
    took = f" <small>{escape(_took(outcome))}</small>" if timing else ""
    name = escape(outcome.script.name)
    parts = [f"<p>{word} <b>{name}</b>: {escape(outcome.remark)}{took}</p>"]
    if told := occasion(outcome):
        parts.append(f"<p>{escape(told)}</p>")
    if told := _beside(outcome.error):
        parts.append(block(told))
    for title, value in given_values(outcome):
        parts.append(f"<p>{code(title)}</p>{block(pretty(value))}")
    parts += [f"<p>{escape(line)}</p>" for line in allows(outcome)]
    if outcome.log:
        rows = [(line.level, code(line.text)) for line in outcome.log]
        caption = "What the script logged"
        parts.append(table(("Level", "Logged"), rows, caption=caption))
    return page("".join(parts))


def _took(outcome: ScriptOutcome) -> str:
    return f"{outcome.seconds * 1000:.1f} ms"


def allows(outcome: ScriptOutcome) -> list[str]:
    """What the claim of a dry run allows, and who could make use of it."""
    if outcome.dry_run is None or outcome.error is not None or not outcome.stamped:
        return []
    lines = [effect(outcome.may_act, outcome.dry_run.subject)]
    for each in outcome.dry_run.exchangers:
        word = "could exchange it" if each.able else "could not exchange it:"
        lines.append(f"{each.client_id} {word} {each.how}.")
    return lines


def _beside(error: ScriptError | None) -> str:
    """What the remark does not say of an error: its place, and what to do."""
    if error is None:
        return ""
    return visible_text(error.hint) if error.line is None else where(error)


def where(error: ScriptError) -> str:
    """The message, the place, the source line with a caret, and what to do."""
    if error.line is None:
        return visible_text(error.message)
    place = f"line {error.line}"
    if error.column is not None:
        place += f", column {error.column}"
    lines = [visible_text(error.message), place]
    if error.source_line:
        source = error.source_line.replace("\t", " ")
        before = f"{error.line:>4} | "
        lines.append(before + visible_text(source))
        if error.column is not None:
            ahead = visible_text(source[: error.column - 1])
            lines.append(" " * (len(before) + len(ahead)) + "^")
    if error.hint:
        lines.append(visible_text(error.hint))
    return "\n".join(lines)


def outcome_text(outcome: ScriptOutcome, *, timing: bool = False) -> str:
    """The same as text."""
    symbol = f"{'✓' if effective(outcome) else '✗'} {word_for(outcome)}"
    took = f" ({_took(outcome)})" if timing else ""
    name = visible_text(outcome.script.name)
    lines = [f"{symbol}: {name}: {visible_text(outcome.remark)}{took}"]
    if told := occasion(outcome):
        lines.append(visible_text(told))
    if told := _beside(outcome.error):
        lines.append(told)
    for title, value in given_values(outcome):
        lines += [f"{title}:", pretty(value)]
    lines += [visible_text(line) for line in allows(outcome)]
    if outcome.log:
        lines.append(columns([(line.level, line.text) for line in outcome.log]))
    return "\n".join(lines)


def script_html(script: Script) -> str:
    """The script's name and version, and its source with line numbers."""
    return page(f"<p>{_title_html(script)}</p>{block(number_lines(script.source))}")


def kept_html(script: Script) -> str:
    """That the script was kept, and as what."""
    return page(f"<p>{good('kept')} {_title_html(script)}</p>")


def kept_text(script: Script) -> str:
    """The same as text."""
    return f"✓ kept: {visible_text(script.name)}: {visible_text(_about(script))}"


def _title_html(script: Script) -> Markup:
    return Markup(
        f"<b>{escape(script.name)}</b> <small>{escape(_about(script))}</small>"
        + (f"<br>{escape(script.description)}" if script.description else "")
    )


def _about(script: Script) -> str:
    kind = "legacy" if script.legacy else "next generation"
    version = script.evaluator_version
    return f"{script.language}, {kind} (evaluator version {version}), {script.context}"


def number_lines(source: str) -> str:
    """The source with its line numbers."""
    lines = source.expandtabs(4).rstrip("\n").split("\n")
    return "\n".join(f"{n:>3}  {visible_text(line)}" for n, line in enumerate(lines, 1))


def script_text(script: Script) -> str:
    """The same as text."""
    title = f"{visible_text(script.name)}: {visible_text(_about(script))}"
    about = [visible_text(script.description)] if script.description else []
    return "\n".join([title, *about, number_lines(script.source)])
