"""What the audit trail and the logs of the APIs show of an attack, as sentences."""

from collections.abc import Callable, Iterator

from workbench.am.admin.audit import Event
from workbench.am.basics.types import Claims
from workbench.am.exchange.decision import Decision, Granted
from workbench.am.reading.read_token import inspect_token
from workbench.course.apis.access_log import Access
from workbench.course.labs.attack_lab import LabBench

Evidence = Callable[[LabBench], tuple[str, ...]]


def exchanges(
    rule: str,
    *,
    client_id: str = "",
    sub: str = "",
    actor: str | None = None,
    granted: Callable[[Granted], bool] = lambda decision: False,
) -> Evidence:
    """The exchanges that broke a rule, whether the rule was there or left out.

    Args:
        rule: The rule.
        client_id: Who asked; "" for anybody.
        sub: Whom the subject token was about; likewise.
        actor: Whom the actor token was about; "" for none, None for anybody.
        granted: Which granted ones count as well, where no rule refuses.
    """

    def found(bench: LabBench) -> tuple[str, ...]:
        return tuple(
            exchange_told(each)
            for each in decisions(bench)
            if client_id in ("", each.client_id)
            and sub in ("", each.sub)
            and actor in (None, each.actor)
            and (_broken(each, rule) or (isinstance(each, Granted) and granted(each)))
        )

    return found


def _broken(decision: Decision, rule: str) -> bool:
    """Whether a rule decided, or would have if it had not been left out."""
    refusal = decision.refusal
    if refusal is not None:
        return refusal.rule == rule
    return any(each.rule == rule and not each.passed for each in decision.left_out)


def decisions(bench: LabBench) -> Iterator[Decision]:
    """The decisions of all exchanges, in order."""
    return (e.decision for e in bench.audit if e.decision is not None)


def exchange_told(decision: Decision) -> str:
    """An exchange in a sentence, as an administrator reads it."""
    actor = (
        f"an actor token of {decision.actor}" if decision.actor else "no actor token"
    )
    refusal = decision.refusal
    ending = "granted" if refusal is None else f"refused by “{refusal.rule}”"
    return (
        f"exchange by {decision.client_id}, subject token of {decision.sub}, {actor}: "
        f"{ending}."
    )


def asked(api: str, counts: Callable[[Access], bool]) -> Evidence:
    """The requests to an API, or to a twin of it, that count."""

    def found(bench: LabBench) -> tuple[str, ...]:
        entries = (e for e in bench.apis.log if e.api.partition("-")[0] == api)
        return tuple(access_told(each) for each in entries if counts(each))

    return found


def access_told(entry: Access) -> str:
    """A request to an API in a sentence."""
    actor = entry.actor or "nobody"
    return (
        f"{entry.api}: {entry.status}, subject {entry.subject}, actor {actor}, "
        f"token of {entry.client_id}. {entry.reason}"
    )


def events(counts: Callable[[Event], bool]) -> Evidence:
    """The events of the trail that count."""

    def found(bench: LabBench) -> tuple[str, ...]:
        return tuple(event_told(each) for each in bench.audit if counts(each))

    return found


def event_told(event: Event) -> str:
    """An event of the trail in a sentence."""
    status = f" {event.status}" if event.status else ""
    said = event.hint or event.summary
    who = event.client_id or ("somebody" if status else "an administrator")
    return f"{event.kind}{status}, {who}: {said}"


def claims_of(bench: LabBench, token: str) -> Claims:
    """What a token of this bench says."""
    return dict(inspect_token(bench.realm, token, "token").claims or {})
