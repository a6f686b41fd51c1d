"""What a rule of an exchange is: a statement, how it is looked at, what it needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from workbench.am.exchange.decision import REFUSED
from workbench.am.exchange.facts import Facts
from workbench.am.exchange.remedies.remedy import Suggest
from workbench.errors import InvalidRequest, OAuthError

ABOUT_CLIENT = "client"
ABOUT_PARAMETERS = "parameters"
ABOUT_SUBJECT = "subject"
ABOUT_ACTOR = "actor"
ABOUT_MAY_ACT = "may_act"
ABOUT_CHAIN = "chain"
ABOUT_SCOPE = "scope"
GROUPS = (
    ABOUT_CLIENT,
    ABOUT_PARAMETERS,
    ABOUT_SUBJECT,
    ABOUT_ACTOR,
    ABOUT_MAY_ACT,
    ABOUT_CHAIN,
    ABOUT_SCOPE,
)
"""What rules are about, in the order in which people read them."""


class Found(NamedTuple):
    """What a rule found.

    Attributes:
        passed: Whether the statement is true.
        expected: What would have passed, in words.
        found: What was there.
        decided_by: Who can change it, where that differs from what the rule says.
        refuses: The kind of error, where that differs.
        description: The error_description, where that differs.
    """

    passed: bool
    expected: str
    found: str
    decided_by: str = ""
    refuses: type[OAuthError] | None = None
    description: str = ""


Look = Callable[..., Found]
"""Looks at the facts; is called with them and with each thing that the rule needs."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One rule of an exchange.

    Attributes:
        statement: What must be true; no two rules say the same.
        about: Which of :data:`GROUPS` it belongs to.
        look: Finds out whether it is.
        source: The document that states it; ``{profile}`` stands for the profile's
            name.
        decided_by: Whoever can change the outcome: ``request``, ``client setting``,
            ``provider setting``, ``script`` or ``profile``.
        needs: The names of the facts that it looks at; where one is missing, the rule
            is not evaluated.
        concerns: Whether it has to be asked at all; None: always.
        refuses: The error where it fails.
        description: The error_description then.
        why: What is said where it fails, in one sentence for a newcomer, with
            ``{expected}`` and ``{found}``; "" of a rule that never fails.
        remedies: What would make it pass; None where only general
            advice can be given.
        advice_only: Why no remedy can be named; "" where there are some.
        always: Why no profile can leave it out; "" where one can.
    """

    statement: str
    about: str
    look: Look = field(repr=False)
    source: str
    decided_by: str
    needs: tuple[str, ...] = ()
    concerns: Callable[[Facts], bool] | None = field(default=None, repr=False)
    refuses: type[OAuthError] = InvalidRequest
    description: str = REFUSED
    why: str = ""
    remedies: Suggest | None = field(default=None, repr=False)
    advice_only: str = ""
    always: str = ""


class EachToken(NamedTuple):
    """The same rule for the subject token and for the actor token."""

    subject: Rule
    actor: Rule


def rule(statement: str, **described: Any) -> Callable[[Look], Rule]:
    """Make a rule of a function; see :class:`Rule` for what describes it."""
    return lambda look: Rule(statement=statement, look=look, **described)


def rule_of_each_token(
    statement: str,
    *,
    about: str,
    why: str,
    concerns: Callable[[str, Facts], bool],
    remedies: Callable[[str], Suggest],
    needs: tuple[str, ...] = (),
    **described: Any,
) -> Callable[[Look], EachToken]:
    """Make two rules of a function that takes ``subject`` or ``actor`` first.

    Args:
        statement: What must be true; ``{role}`` stands for either word.
        about: As a rule's, with ``{role}``.
        why: As a rule's, with ``{role}``.
        concerns: As a rule's, for either word and the facts.
        remedies: Gives the remedies for either word.
        needs: As a rule's, with ``{role}``.
        **described: What else describes both rules.
    """

    def one(look: Look, role: str) -> Rule:
        return Rule(
            statement=statement.replace("{role}", role),
            about=about.replace("{role}", role),
            why=why.replace("{role}", role),
            look=partial(look, role),
            needs=tuple(need.replace("{role}", role) for need in needs),
            concerns=partial(concerns, role),
            remedies=remedies(role),
            **described,
        )

    return lambda look: EachToken(one(look, "subject"), one(look, "actor"))
