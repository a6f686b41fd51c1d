"""What a chain of tokens looks like: who hands which token to whom.

Sources: RFC 8693 section 4.1 (only the outermost ``act`` counts) and 4.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.am.exchange.act import NO_SUB, chain
from workbench.am.tokens.inspection import Inspection
from workbench.views.page.plain import shorten
from workbench.views.tokens.claims import (
    Permitted,
    act_of,
    bare,
    facts,
    kind,
    permitted,
    scope_of,
)

SUBJECT, CURRENT, EARLIER = "subject", "current actor", "earlier actor"
ACTING, ALLOWED, RESOURCE = "acting client", "may become the actor", "resource server"
ITSELF, EXCHANGER = "acts as itself", "may exchange the token"
REFUSED = "was refused"

MOST_ACTORS = 24
"""How many actors are drawn one by one."""

TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds or receives a token."""

    name: str
    role: str
    kind: str = ""  # "user", "agent or client", or "" where sub does not say
    notes: tuple[str, ...] = ()
    own: tuple[int, ...] = ()  # tokens it proves itself with, by index


@dataclass(frozen=True, slots=True)
class Edge:
    """A token on its way, a permission that may_act gives, or a refused attempt."""

    source: int
    target: int
    label: tuple[str, ...] = ()
    allowed: bool = False
    refused: bool = False
    token: int | None = None  # by index


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes, the edges between them, and what could not be drawn."""

    nodes: tuple[Holder, ...]
    edges: tuple[Edge, ...]
    remarks: tuple[str, ...] = ()

    @property
    def path(self) -> range:
        """The nodes from the subject to the resource server, where one row has them."""
        roles = [node.role for node in self.nodes]
        return range(roles.index(RESOURCE) + 1 if RESOURCE in roles else 0)


def picture(tokens: Sequence[Inspection]) -> Picture:
    """Place the tokens, given in order of issue, around the last one.

    Where the last token is the outcome of an exchange, it is followed from its
    subject over every actor to the resource server. Otherwise each token stands
    for itself, with who may act.
    """
    if not tokens:
        return Picture((), ())
    last = tokens[-1]
    if act_of(last) is not None:
        return _path(tokens, _delegates(last))
    if _impersonates(tokens):
        return _path(tokens, [_impersonator(last)])
    return _apart(tokens)


def _impersonates(tokens: Sequence[Inspection]) -> bool:
    last = facts(tokens[-1])
    if bare(str(last.get("sub", ""))) == last.get("client_id"):
        return False  # it exchanged a token of its own
    if "grant_type" in last:
        return bool(last["grant_type"] == TOKEN_EXCHANGE)
    earlier = (facts(token) for token in tokens[:-1])
    return any(
        claims.get("sub") == last.get("sub")
        and claims.get("client_id") != last.get("client_id")
        for claims in earlier
    )


def _impersonator(token: Inspection) -> Holder:
    notes = ("impersonation: no act, so", "nobody sees who acts")
    return Holder(_client(token) or "a client", ACTING, notes=notes)


def _client(token: Inspection) -> str:
    return shorten(facts(token).get("client_id", ""), 28)


def _subject(token: Inspection, role: str = SUBJECT) -> Holder:
    known = facts(token)
    return _person(str(known.get("sub", NO_SUB if known else "")), role)


def _person(sub: str, role: str, *notes: str) -> Holder:
    name = shorten(bare(sub), 28) or "unreadable token"
    return Holder(name, role, kind(sub), tuple(note for note in notes if note))


def _delegates(token: Inspection) -> list[Holder]:
    """The actors from the earliest on; of very many, the first become one node."""
    subs = chain(act_of(token))
    client = _client(token)
    through = f"through client {client}" if client != bare(subs[0]) and client else ""
    current = _person(subs[0], CURRENT, "the only one that counts", through)
    shown = subs[1:] if len(subs) <= MOST_ACTORS else subs[1 : MOST_ACTORS - 1]
    earlier = [_person(sub, EARLIER) for sub in reversed(shown)]
    hidden = len(subs) - 1 - len(shown)
    more = [Holder(f"{hidden} more", EARLIER)] if hidden else []
    return [*more, *earlier, current]


def _path(tokens: Sequence[Inspection], actors: list[Holder]) -> Picture:
    """Subject, actors from the earliest on, resource server."""
    last, count = tokens[-1], len(tokens)
    depth = max(len(chain(act_of(last))), 1)
    steps = _steps(tokens, depth)
    own = _own(tokens, set(steps.values()))
    nodes = [
        _subject(last),
        *(_with_own(node, own.get(node.name, [])) for node in actors),
        Holder(RESOURCE, RESOURCE, notes=(f"receives token {count}",)),
    ]
    depths = [0, *range(depth - len(actors) + 1, depth + 1)]
    edges = [
        Edge(
            at,
            at + 1,
            token_label(tokens, steps[at_depth]) if at_depth in steps else (),
            token=steps.get(at_depth),
        )
        for at, at_depth in enumerate(depths)
    ]
    drawn = {*steps.values(), *(index for each in own.values() for index in each)}
    unseen = [str(index + 1) for index in range(count) if index not in drawn]
    remarks = (f"Also seen, not drawn: token {', '.join(unseen)}.",) if unseen else ()
    _allow(last, len(nodes) - 2, nodes, edges)
    return Picture(tuple(nodes), tuple(edges), remarks)


def _steps(tokens: Sequence[Inspection], actors: int) -> dict[int, int]:
    """Which token goes along each step of the path, by index."""
    last = tokens[-1]
    sub, whole = facts(last).get("sub"), chain(act_of(last))
    steps = {}
    for index, token in enumerate(tokens[:-1]):
        subs = chain(act_of(token))
        depth = len(subs)
        belongs = whole[len(whole) - depth :] == subs and depth < actors
        if facts(token).get("sub") == sub and belongs:
            steps[depth] = index
    return steps | {actors: len(tokens) - 1}


def _own(tokens: Sequence[Inspection], placed: set[int]) -> dict[str, list[int]]:
    """Tokens by the name of whoever they are about, other than those placed."""
    owned: dict[str, list[int]] = {}
    for index, token in enumerate(tokens):
        if index not in placed and act_of(token) is None:
            owned.setdefault(_subject(token).name, []).append(index)
    return owned


def _with_own(node: Holder, own: list[int]) -> Holder:
    if not own:
        return node
    numbers = ", ".join(str(index + 1) for index in own)
    notes = (*node.notes, f"proves itself with token {numbers}")
    return replace(node, notes=notes, own=tuple(own))


def _apart(tokens: Sequence[Inspection]) -> Picture:
    """Before any exchange: everybody as themselves, and who may act."""
    role = SUBJECT if len(tokens) == 1 else ITSELF
    nodes = list(dict.fromkeys(_subject(token, role) for token in tokens))
    places = [nodes.index(_subject(token, role)) for token in tokens]
    nodes.append(Holder(RESOURCE, RESOURCE))
    edges = [
        Edge(place, len(nodes) - 1, token_label(tokens, index), token=index)
        for index, place in enumerate(places)
    ]
    for token, place in zip(tokens, places, strict=True):
        _allow(token, place, nodes, edges)
    return Picture(tuple(nodes), tuple(edges))


def token_label(tokens: Sequence[Inspection], index: int) -> tuple[str, ...]:
    """Number, scope, and the state where it is not active."""
    token = tokens[index]
    scope = shorten(scope_of(token) or "none", 26)
    lines = (f"token {index + 1}:", f"scope {scope}")
    return lines if token.state == "active" else (*lines, shorten(token.state))


def _allow(token: Inspection, at: int, nodes: list[Holder], edges: list[Edge]) -> None:
    """Add whom the token's may_act names, with a dashed edge to each."""
    allowed = permitted(token)
    for node in _allowed(allowed) if allowed else ():
        label = ("may act", *node.notes)
        known = (i for i, each in enumerate(nodes) if each.name == node.name)
        target = next(known, len(nodes))
        if target == len(nodes):
            nodes.append(Holder(node.name, node.role, node.kind))
        edge = Edge(at, target, label, allowed=True)
        if edge not in edges:  # several tokens may say the same
            edges.append(edge)


def _allowed(allowed: Permitted) -> list[Holder]:
    clients, subs = (list(map(str, each)) for each in allowed)
    if not subs:
        notes = ("without an actor token",)
        return [Holder(shorten(c, 28), EXCHANGER, notes=notes) for c in clients]
    return [_person(sub, ALLOWED, _through(clients, sub)) for sub in subs]


def _through(clients: list[str], sub: str) -> str:
    others = [client for client in clients if client != bare(sub)]
    return f"through {shorten(' or '.join(others), 28)}" if others else ""
