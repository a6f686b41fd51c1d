"""The rules that could have refused: by each doubt, held against what came back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from workbench.agent.captured.exchange import CapturedAnswer
from workbench.am.clients.client import Client
from workbench.am.exchange.decide import decide
from workbench.am.exchange.decision import PROFILE, Check, Decision
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.exchange.rules import BY_STATEMENT
from workbench.am.exchange.suggest import suggest_remedies
from workbench.am.realm import Realm
from workbench.am.scripts.script import MayActScript
from workbench.errors import WorkbenchError
from workbench.interop.twin.doubt import Doubt, Suspect
from workbench.interop.twin.paper import Paper

SURE = 100

_PLACES = {statement: number for number, statement in enumerate(BY_STATEMENT)}
_LAST = len(_PLACES)


class Named(NamedTuple):
    """What could have refused.

    Attributes:
        suspects: The likeliest first.
        by_error_alone: Whether nothing has the answer's description, and these have
            its error.
        contradicted: The rule that refuses for sure, but in other words than came.
    """

    suspects: tuple[Suspect, ...]
    by_error_alone: bool = False
    contradicted: Check | None = None


def suspects(
    paper: Paper, doubts: Iterable[Doubt], answer: CapturedAnswer | None
) -> Named:
    """The rules that could have refused, the likeliest first.

    A rule after one that refuses for sure is not reached, so it is none of them,
    unless no other answers in the words that came: the order is not known in all.
    """
    base, told = decide(paper.request), list(doubts)
    sure = base.refusal
    end = _PLACES.get(sure.rule, _LAST) if sure else _LAST
    contradicted = sure if sure and not _fits(sure, answer, whole=True) else None
    for whole, last in ((True, end), (False, end), (True, _LAST), (False, _LAST)):
        found = [_sure(paper, sure)] if sure else []
        found += _by_doubts(paper, told, base, last)
        kept = [each for each in found if _fits(each.check, answer, whole=whole)]
        if kept:
            return Named(_ranked(kept), not whole, contradicted)
    return Named((), False, contradicted)


def next_thing(found: Iterable[Suspect]) -> str:
    """The one thing to do: mend what is sure, else ask what tells the most."""
    asked: Counter[str] = Counter()
    for each in found:
        if each.sure:
            return each.remedy
        asked[each.to_know] += each.weight
    return asked.most_common(1)[0][0] if asked else ""


def _ranked(found: Iterable[Suspect]) -> tuple[Suspect, ...]:
    """The likeliest first; each rule for each reason once."""
    in_order = sorted(found, key=lambda each: -each.weight)
    once = {(each.check.rule, each.if_so): each for each in reversed(in_order)}
    return tuple(each for each in in_order if once[each.check.rule, each.if_so] is each)


def _fits(check: Check, answer: CapturedAnswer | None, *, whole: bool) -> bool:
    """Whether a rule answers so."""
    if answer is None or not answer.error:
        return True
    if check.error != answer.error:
        return False
    return not (whole and answer.description) or check.description == answer.description


def _by_doubts(
    paper: Paper, doubts: Iterable[Doubt], base: Decision, end: int
) -> Iterator[Suspect]:
    failed = {each.rule for each in base.failures}
    for doubt in doubts:
        check = doubt.check or _first_failing(doubt, failed)
        if check is None or _PLACES.get(check.rule, _LAST) >= end < _LAST:
            continue
        yield Suspect(
            check=check,
            sure=False,
            if_so=doubt.if_so,
            to_know=doubt.to_know,
            remedy=_remedy(paper, check, doubt.world or paper.request),
            weight=doubt.weight,
        )


def _first_failing(doubt: Doubt, failed: set[str]) -> Check | None:
    """What fails in the world of a doubt, and not without it."""
    if doubt.world is None:
        return None
    checks = decide(doubt.world).failures
    return next((each for each in checks if each.rule not in failed), None)


def _sure(paper: Paper, check: Check) -> Suspect:
    return Suspect(
        check=check,
        sure=True,
        if_so="",
        to_know="",
        remedy=_remedy(paper, check, paper.request),
        weight=SURE,
    )


def _remedy(paper: Paper, check: Check, request: ExchangeRequest) -> str:
    """What makes a rule pass, as a sentence."""
    clients, scripts = _registered(paper.realm, request.client)
    try:
        found = suggest_remedies(check, request, clients=clients, scripts=scripts)
    except (WorkbenchError, KeyError):  # such as a scope that no client can have
        found = ()
    own = (each.text for each in found if each.where != PROFILE)  # nobody's to set
    return next(own, "")


def _registered(
    realm: Realm | None, client: Client | None
) -> tuple[Mapping[str, Client], Mapping[str, MayActScript]]:
    if realm is not None:
        scripts = {each.id: each for each in realm.scripts.of(MayActScript)}
        return realm.clients, scripts
    return ({client.client_id: client} if client else {}), {}
