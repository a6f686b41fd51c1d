"""What a grant that is no exchange does once it has issued: record, and answer."""

from typing import Any

from workbench.am.claims.order import Issued, Order
from workbench.server.answers import token_response, trace
from workbench.server.request.incoming import Incoming


def answer_with(
    incoming: Incoming, order: Order, issued: Issued, text: str
) -> dict[str, Any]:
    """Record that tokens were issued, and give the members of the response.

    Args:
        incoming: The request.
        order: What was ordered.
        issued: The tokens.
        text: One sentence for the audit trail.
    """
    incoming.record("token", order.client.client_id, text, **trace(issued, order))
    return token_response(issued, incoming.realm.clock.now())
