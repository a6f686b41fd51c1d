"""Exchanges that were refused, beside those that were not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.views.chain import picture as roles
from workbench.views.chain.picture import Edge, Holder, Picture
from workbench.views.page.plain import shorten
from workbench.views.tokens.claims import bare, kind

MOST = 6
"""How many different attempts are drawn, the latest ones."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An exchange that was refused.

    Attributes:
        client: Who tried.
        subject: The ``sub`` of the token that it wanted to exchange.
        rule: The rule that refused, or "".
    """

    client: str
    subject: str
    rule: str = ""


def with_attempts(what: Picture, attempts: Sequence[Attempt]) -> Picture:
    """The picture with an edge for each attempt, from the subject to who tried.

    Args:
        what: The tokens' picture.
        attempts: In the order they were made; equal ones are drawn once.
    """
    nodes, edges = list(what.nodes), list(what.edges)
    latest = list(dict.fromkeys(attempts))[-MOST:]
    for attempt in latest:
        subject = Holder(_name(attempt.subject), roles.SUBJECT, kind(attempt.subject))
        tried = Holder(_name(attempt.client), roles.REFUSED)
        ends = (_place(subject, nodes), _place(tried, nodes))
        edges.append(Edge(*ends, _label(attempt, attempts), refused=True))
    return replace(what, nodes=tuple(nodes), edges=tuple(edges))


def _label(attempt: Attempt, attempts: Sequence[Attempt]) -> tuple[str, ...]:
    times = attempts.count(attempt)
    count = f" ({times} times)" if times > 1 else ""
    rule = (shorten(attempt.rule, 44),) if attempt.rule else ()
    return (f"✗ refused{count}{' by the rule:' if rule else ''}", *rule)


def _name(sub: str) -> str:
    return shorten(bare(sub), 28) or "unknown"


def _place(node: Holder, nodes: list[Holder]) -> int:
    """Where somebody of this name is among the nodes; added where nobody is."""
    for index, each in enumerate(nodes):
        if each.name == node.name:
            return index
    nodes.append(node)
    return len(nodes) - 1
