"""What would make a failed rule of an exchange pass: data beside the rules.

A remedy is one setting, one change of the request, or advice. One that would leave its
rule failing is not offered. Pure functions: they look at the exchange and at who is
registered, and change nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from workbench.am.clients.client import Client
from workbench.am.clients.effective import effective
from workbench.am.exchange.decide import decide
from workbench.am.exchange.decision import REQUEST, Check, Refused
from workbench.am.exchange.on_paper import still_fails
from workbench.am.exchange.remedies.remedy import Known, Remedy, in_order
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.exchange.rules import BY_STATEMENT
from workbench.am.scripts.script import MayActScript

AGAIN = "The client was changed meanwhile: send it again."
CHANGED = "The client had been changed meanwhile."


def suggest_remedies(
    check: Check,
    request: ExchangeRequest,
    *,
    clients: Mapping[str, Client],
    scripts: Mapping[str, MayActScript],
) -> tuple[Remedy, ...]:
    """What would make a failed rule pass, the likeliest first; () where it passed.

    Args:
        check: The rule as it came out.
        request: The exchange it came from.
        clients: Who is registered, by id.
        scripts: The may act scripts, by id.
    """
    known = Known(request=request, clients=clients, scripts=scripts)
    return tuple(_remedies(check, known))


def advise(
    refused: Refused,
    request: ExchangeRequest,
    *,
    clients: Mapping[str, Client],
    scripts: Mapping[str, MayActScript],
) -> Refused:
    """The refusal with the first thing that would make the rule pass that decided.

    Nothing that would come after it is tried on paper. Where no rule failed there is no
    advice: those that stand on a rule left out could not be evaluated.
    """
    if not refused.failures:
        return refused
    known = Known(request=request, clients=clients, scripts=scripts)
    first = next(_remedies(refused.failures[0], known))
    return replace(refused, advice=first.text)


def _remedies(check: Check, known: Known) -> Iterator[Remedy]:
    """What would make a rule pass, the likeliest first, each as it is asked for."""
    request = known.request
    if check.passed:
        return
    if _passes_by_now(check, request, known.clients):
        yield Remedy(text=AGAIN, did=CHANGED, where=REQUEST)
        return
    rule = BY_STATEMENT.get(check.rule)
    found = rule.remedies if rule else None
    likeliest_first = in_order(found(known) if found else ())
    offered = (e for e in likeliest_first if not still_fails(check, e, request))
    first = next(offered, None)
    yield first or _advice(check, rule.advice_only if rule else "")
    yield from offered


def _passes_by_now(
    check: Check, request: ExchangeRequest, clients: Mapping[str, Client]
) -> bool:
    """Whether the client was changed meanwhile in a way that makes the rule pass."""
    client = request.client and clients.get(request.client.client_id)
    if client is None or client == request.client:
        return False
    settings = effective(request.provider, client)
    checks = decide(replace(request, client=client, settings=settings)).checks
    return any(each.passed for each in checks if each.rule == check.rule)


def _advice(check: Check, reason: str) -> Remedy:
    """What can be said of any rule: whoever decides, and what is expected."""
    text = f"Change the {check.decided_by}; expected is {check.expected}."
    return Remedy(text=f"{text} {reason}".strip())
