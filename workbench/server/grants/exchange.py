"""Token exchange as a grant: its refusals, with the decision for the audit trail."""

from typing import Any

from workbench.errors import ExchangeRefused, OAuthError
from workbench.server.refusal import Refusal
from workbench.server.request.incoming import Incoming
from workbench.server.token_exchange import token_exchange, unreadable


def exchange(incoming: Incoming) -> dict[str, Any]:
    """A token for one party out of another's (RFC 8693 section 2).

    Raises:
        Refusal: It was refused; the event has every rule of the decision.
    """
    try:
        return token_exchange(incoming)
    except ExchangeRefused as refused:
        raise _for_the_trail(refused) from None


def unreadable_exchange(problem: OAuthError) -> Refusal:
    """The refusal of an exchange that could not even be read."""
    return _for_the_trail(unreadable(problem))


def _for_the_trail(refused: ExchangeRefused) -> Refusal:
    return Refusal(refused.error, {"kind": "exchange", "decision": refused.decision})
