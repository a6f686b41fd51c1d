"""The token endpoint (RFC 6749 section 3.2)."""

from typing import Any

from workbench.errors import (
    InvalidRequest,
    OAuthError,
    UnsupportedGrantType,
    WorkbenchError,
)
from workbench.server.answers import NOT_SUPPORTED
from workbench.server.grants.table import GRANTS
from workbench.server.request.incoming import Incoming


def access_token(incoming: Incoming) -> dict[str, Any]:
    """The token endpoint (RFC 6749 section 3.2)."""
    try:
        grant_type = incoming.parameters.get("grant_type")
    except InvalidRequest as problem:
        raise _unreadable(incoming, problem) from None
    if grant_type is None:
        raise InvalidRequest("Grant type is not set")
    grant = GRANTS.get(grant_type)
    if grant is None:
        raise UnsupportedGrantType(
            NOT_SUPPORTED, hint=f"Known here: {', '.join(GRANTS)}."
        )
    return grant.respond(incoming)


def _unreadable(incoming: Incoming, problem: OAuthError) -> WorkbenchError:
    """The refusal, as the grants that the body mentions would have it."""
    refusals = (
        grant.unreadable(problem)
        for grant in GRANTS.values()
        if grant.is_meant_by(incoming)
    )
    return next((each for each in refusals if each is not problem), problem)
