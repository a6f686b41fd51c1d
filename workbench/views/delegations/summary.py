"""One client at a glance: its badges, and who may act for whom."""

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.am.clients.client import Client
from workbench.am.dry_runs.delegation import Delegation, Delegations
from workbench.views.delegations.face import in_words
from workbench.views.page.card import card, facts
from workbench.views.page.html import bad, code, escape, good, page
from workbench.views.page.roles import ACTOR, CLIENT, SCRIPT, SUBJECT, badge, who

MOST = 8
"""How many are named; of more, the number is said."""


def client_summary(
    client: Client,
    cells: Sequence[str],
    every: Delegations | None = None,
) -> str:
    """The card above a client's form.

    Args:
        client: Who is chosen.
        cells: As the table has it: name, type, scopes, script, tokens, status.
        every: What was found in the realm, its own tokens first; None where that is not
            known yet.
    """
    _, kind, scopes, script, tokens, _ = cells
    roles = [badge(CLIENT, kind)]
    own = every.acted_for_by(client.client_id) if every else ()
    if any(each.able for each in own):
        roles.append(badge(SUBJECT))
    if every and any(e.able for e in every.may_act_for(client.client_id)):
        roles.append(badge(ACTOR))
    state = good("active") if client.active else bad("inactive: it gets no token")
    shown = [
        ("Scopes", code(scopes) if scopes else "none"),
        ("May act script", who(SCRIPT, script) if script else "none"),
        ("Tokens", f"{tokens}, as the {_whose(client)} says"),
        ("May be acted for by", _acted_for_by(client, script, every)),
        ("May act for", _may_act_for(client, every)),
    ]
    title = Markup(" ").join((escape(client.client_id), *roles, state))
    return page(card(CLIENT, title, facts(shown)))


def _whose(client: Client) -> str:
    live = client.overrides.providerOverridesEnabled
    return "client's own override" if live else "realm's provider"


def _acted_for_by(client: Client, script: str, every: Delegations | None) -> Markup:
    if every is None:
        return Markup("<small>being found …</small>")
    own = every.acted_for_by(client.client_id)
    if not own:
        why = "no may act script stamps its tokens"
        if script:
            why = "it gets no token that the script could stamp"
        if not client.active:
            why = "it gets no token while it is inactive"
        return escape(f"nobody: {why}")
    return _list(own, _actor)


def _actor(each: Delegation) -> Markup:
    if not each.actor:
        return Markup(f"nobody: {bad(each.problem)}")
    token = " people's tokens," if each.person else ""
    odd = Markup(f" {bad(each.problem)}") if each.problem else Markup()
    how = escape(f"{token} {in_words(each)}")
    return Markup(f"{who(ACTOR, each.actor)}{how}{odd}")


def _may_act_for(client: Client, every: Delegations | None) -> Markup:
    if every is None:
        return Markup("<small>being found …</small>")
    found = every.may_act_for(client.client_id)
    untried = sum(each.clients for each in every.left_out)
    more = f"; {counted(untried, 'more token')} not tried" if untried else ""
    if not found:
        return escape(f"nobody that was found{more}")
    small = Markup("<small>{}</small>").format(more.removeprefix("; "))
    return Markup(f"{_list(found, _subject)}{small if more else ''}")


def _subject(each: Delegation) -> Markup:
    name = who(SUBJECT, each.client_id, "people who use" if each.person else "")
    odd = Markup(f" {bad(each.problem)}") if each.problem else Markup()
    return Markup(
        f"{name} {escape(in_words(each))}, by {who(SCRIPT, each.script)}{odd}"
    )


def _list(found: Iterable[Delegation], shown: Callable[[Delegation], Markup]) -> Markup:
    every = list(found)
    lines = [shown(each) for each in every[:MOST]]
    if len(every) > MOST:
        lines.append(escape(f"and {counted(len(every) - MOST, 'more', 'more')}"))
    return Markup("<br>").join(lines)
