"""Who may act for whom: what one ``may_act`` lets happen, and what was found of all.

Sources: PingAM 8.1 "Token exchange: delegation"; RFC 8693 section 4.4.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workbench.am.basics.words import counted

WITH_ACTOR, ALONE = "with an actor token", "alone"
EITHER = f"{WITH_ACTOR}, or {ALONE}"
"""How somebody can exchange a token: what has to come with it."""

NAMED = 5
"""How many are named in a sentence; of more, the number is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """What a may act script lets one client do with a token, or what is wrong with it.

    Attributes:
        client_id: Whose tokens the script stamps.
        person: For whom it was tried; "" where the token is about the client itself.
        id_token: Whether it is an ID token, else an access token.
        script: The name of the script.
        actor: The client that ``may_act.client_id`` names; "" where it names none.
        subs: Whom ``may_act.sub`` names.
        how: ``WITH_ACTOR``, ``ALONE`` or ``EITHER``; "" where it cannot be done.
        problem: Why nothing can be done with it, or what is odd about it; "" if not.
    """

    client_id: str
    script: str
    person: str = ""
    id_token: bool = False
    actor: str = ""
    subs: tuple[str, ...] = ()
    how: str = ""
    problem: str = ""

    @property
    def subject(self) -> str:
        """Whom the token is about, in words."""
        return f"people who use {self.client_id}" if self.person else self.client_id

    @property
    def able(self) -> bool:
        """Whether the actor could exchange the token."""
        return bool(self.how)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Clients of a script that were not tried, and why."""

    script: str
    clients: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegations:
    """Who can act for whom in a realm, as dry runs of its may act scripts found.

    Attributes:
        realm: Its path.
        found: One for each client that a token names, in the order of registration.
        tried: How many tokens a script was tried for.
        runs: How many dry runs that took; what was known before took none.
        left_out: Whose scripts were not run for everybody.
        without_script: The AI agents whose tokens no script stamps.
        about: Around whom it is; "" for the whole realm.
    """

    realm: str
    found: tuple[Delegation, ...] = ()
    tried: int = 0
    runs: int = 0
    left_out: tuple[LeftOut, ...] = ()
    without_script: tuple[str, ...] = ()
    about: str = ""

    def may_act_for(self, client_id: str) -> tuple[Delegation, ...]:
        """For whom a client can act."""
        return tuple(each for each in self.found if each.actor == client_id)

    def acted_for_by(self, client_id: str) -> tuple[Delegation, ...]:
        """What a client's tokens let others do, and what is wrong with them."""
        return tuple(each for each in self.found if each.client_id == client_id)

    def around(self, client_id: str) -> "Delegations":
        """What concerns one client alone."""
        near = tuple(
            each for each in self.found if client_id in (each.actor, each.client_id)
        )
        alone = tuple(each for each in self.without_script if each == client_id)
        return replace(self, found=near, without_script=alone, about=client_id)

    @property
    def findings(self) -> tuple[str, ...]:
        """What is wrong, or may surprise, in sentences."""
        return (*self._problems(), *self._without(), *self._untried())

    def _problems(self) -> Iterable[str]:
        """One sentence for each problem, however many clients have it."""
        whose: dict[tuple[str, str], list[str]] = {}
        for each in self.found:
            if each.problem:
                clients = whose.setdefault((each.script, each.problem), [])
                clients.append(each.subject)
        for (script, problem), clients in whose.items():
            yield f"{_listed(clients)} ({script}): {problem}."

    def _without(self) -> Iterable[str]:
        if self.without_script:
            agents = _listed(self.without_script, "AI agent")
            yield f"Nobody can act for {agents}: no may act script stamps the tokens."

    def _untried(self) -> Iterable[str]:
        for each in self.left_out:
            clients = counted(each.clients, "more client")
            yield f"Script {each.script} was not tried for {clients}: {each.why}."


def _listed(names: Iterable[str], noun: str = "client") -> str:
    every = list(dict.fromkeys(names))
    if len(every) <= NAMED:
        return ", ".join(every)
    return (
        f"{', '.join(every[:NAMED])} and {counted(len(every) - NAMED, f'more {noun}')}"
    )
