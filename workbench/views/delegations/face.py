"""Delegations as HTML, with a picture and a table, and as text."""

from collections.abc import Iterable
from itertools import islice

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.am.dry_runs.delegation import Delegation, Delegations
from workbench.views.delegations.dot import delegations_dot
from workbench.views.delegations.picture import WhoActs, picture, summary
from workbench.views.page.card import folded
from workbench.views.page.draw import svg
from workbench.views.page.html import bad, code, escape, good, page, table
from workbench.views.page.plain import visible_text
from workbench.views.page.roles import ACTOR, SUBJECT, who

MOST_ROWS = 100
"""How many delegations are listed."""


def delegations_html(what: Delegations) -> str:
    """The sentence, the picture, what was found to be wrong, and all of it folded."""
    return page(delegations_part(what))


def delegations_part(what: Delegations) -> Markup:
    """The same without the style, for a page that has it."""
    drawn = picture(what)
    parts = [f"<p><b>{escape(summary(what))}</b></p>", _drawing(what, drawn)]
    if drawn.left_out:
        parts.append(f"<p><small>{escape(_not_drawn(drawn))}</small></p>")
    if what.findings:
        items = "".join(f"<li>{escape(each)}</li>" for each in what.findings)
        parts.append(f'<p class="wb-title">Findings</p><ul>{items}</ul>')
    if what.found:
        title = f"Each of them: {counted(len(what.found), 'delegation')}"
        parts.append(folded(title, delegations_table(what.found)))
    parts.append(f"<p><small>{escape(_how_found(what))}</small></p>")
    return Markup("".join(parts))


def delegations_table(found: Iterable[Delegation]) -> Markup:
    """One row a delegation."""
    every = list(found)
    rows = [
        (
            who(SUBJECT, each.client_id, "people who use" if each.person else ""),
            who(ACTOR, each.actor) if each.actor else "nobody",
            code(each.script),
            in_words(each),
            bad(each.problem) if each.problem else good("in order"),
        )
        for each in islice(every, MOST_ROWS)
    ]
    header = ("For", "May act", "Script", "How", "Finding")
    listed = table(header, rows, label="Who may act for whom")
    beyond = len(every) - len(rows)
    more = f"<p><small>{beyond} more are not listed.</small></p>" if beyond else ""
    return Markup(f"{listed}{more}")


def in_words(each: Delegation) -> str:
    """How somebody can exchange the token."""
    if not each.able:
        return "cannot"
    of = f" of {' or '.join(each.subs)}" if each.subs else ""
    token = "; an ID token" if each.id_token else ""
    return f"{each.how.replace('actor token', f'actor token{of}')}{token}"


def delegations_text(what: Delegations) -> str:
    """One line a delegation, and what was found to be wrong."""
    lines = [_line(each) for each in what.found[:MOST_ROWS]]
    if (beyond := len(what.found) - len(lines)) > 0:
        lines.append(f"  {beyond} more are not listed.")
    said = [f"  {each}" for each in what.findings]
    findings = ["Findings:", *said] if said else []
    text = "\n".join([summary(what), *lines, *findings, _how_found(what)])
    return visible_text(text, keep="\n")


def _line(each: Delegation) -> str:
    if not each.able:
        return f"  {each.subject}: {each.problem} ({each.script})"
    odd = f"; {each.problem}" if each.problem else ""
    return (
        f"  {ACTOR.sign} {each.actor} may act for {SUBJECT.sign} {each.subject} "
        f"{in_words(each)} ({each.script}){odd}"
    )


def _drawing(what: Delegations, drawn: WhoActs) -> Markup:
    if not drawn.parties:
        return Markup()
    said = [_line(each).strip() for each in what.found[:20] if each.able]
    label = f"{summary(what)} {'; '.join(said)}"
    return svg(delegations_dot(drawn), label=label) or Markup(
        "<p>The picture could not be drawn here; the table below says the same.</p>"
    )


def _not_drawn(drawn: WhoActs) -> str:
    subjects = counted(drawn.left_out, "more subject")
    return f"{subjects} would not fit into the picture; choose a client to see its own."


def _how_found(what: Delegations) -> str:
    runs = counted(what.tried, "dry run")
    people = sorted({each.person for each in what.found if each.person})
    tried = f", for people as {people[0]}" if people else ""
    return f"Found by {runs} of the may act scripts{tried}; nothing was issued."
