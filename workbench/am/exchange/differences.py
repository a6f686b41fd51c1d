"""What a switch of the profile does to an exchange, by deciding it both ways."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from workbench.am.basics.types import Claims
from workbench.am.basics.words import in_words
from workbench.am.claims.order import Order, refresh_token_due
from workbench.am.clients.effective import Effective
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.exchange.act import chain
from workbench.am.exchange.decide import decide
from workbench.am.exchange.decision import Decision, Refused
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.exchange.token_types import wanted_type
from workbench.am.settings.profile import Profile, switches
from workbench.am.tokens.token import ID_TOKEN

GRANTED = "granted"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that comes out otherwise.

    Attributes:
        what: ``answer``, ``scope``, ``actors``, ``lifetime`` or ``refresh token``.
        here: As it is.
        there: As it would be.
    """

    what: str
    here: str
    there: str

    def __str__(self) -> str:
        return f"{self.what}: {self.here} → {self.there}"


def other_values(profile: Profile, switch: str) -> tuple[Any, ...]:
    """The values that a switch could have instead.

    A number may be anything; one and no limit stand for all. Of lists there are too
    many: an empty one stands for all.
    """
    value = getattr(profile, switch)
    if isinstance(value, tuple):
        return ((),) if value else ()
    if isinstance(value, bool):
        return (not value,)
    every = switches()[switch].choices or (1, None)
    return tuple(each for each in every if each != value)


def differences(request: ExchangeRequest, profile: Profile) -> tuple[Difference, ...]:
    """What comes out otherwise if the same is decided under another profile.

    The may act script of the acting client is left out: it runs later.
    """
    there = dict(_results(replace(request, profile=profile)))
    return tuple(
        Difference(what, here, there.get(what, "none"))
        for what, here in _results(request)
        if here != there.get(what, here)
    )


def that_matter(request: ExchangeRequest) -> dict[str, tuple[str, ...]]:
    """The switches with which an exchange would have come out otherwise.

    Returns:
        For each such switch a sentence on each other value that it could have had, such
        as ``"off" instead of "on": scope: read → read write.``; others are left out.
    """
    profile = request.profile
    found = {
        name: tuple(
            f'"{in_words(value)}" instead of "{in_words(getattr(profile, name))}": '
            f"{'; '.join(map(str, told))}."
            for value in other_values(profile, name)
            if (told := differences(request, profile.but(**{name: value})))
        )
        for name in switches()
    }
    return {name: sentences for name, sentences in found.items() if sentences}


def _results(request: ExchangeRequest) -> Iterator[tuple[str, str]]:
    decision, settings = decide(request), request.settings
    yield "answer", _answer(decision)
    if isinstance(decision, Refused) or settings is None:
        return
    yield "scope", " ".join(decision.given.scope) or "none"
    yield "actors", ", ".join(chain(decision.given.act)) or "none"
    yield "lifetime", f"{_lifetime(request, settings, decision.subject)} s"
    if wanted_type(request.parameters) == ID_TOKEN:
        return
    order = Order(
        client=decision.client, grant_type=TOKEN_EXCHANGE, scope=(), sub="", subname=""
    )
    due = refresh_token_due(order, settings, request.profile)
    yield "refresh token", "yes" if due else "no"


def _answer(decision: Decision) -> str:
    refusal = decision.refusal
    return GRANTED if refusal is None else f"refused ({refusal.rule})"


def _lifetime(request: ExchangeRequest, settings: Effective, subject: Claims) -> int:
    lifetime = settings.accessTokenLifetime
    if wanted_type(request.parameters) == ID_TOKEN:
        lifetime = settings.jwtTokenLifetime
    ends = request.limits.ends if request.limits else None
    if ends is not None:
        lifetime = min(lifetime, ends - request.now)
    if request.profile.lifetime_capped_by_subject:
        return min(lifetime, int(subject["exp"]) - request.now)
    return lifetime
