"""The token endpoint (RFC 6749 section 3.2)."""

from typing import Any

from workbench.am.settings.grants import NOT_ON_THIS_BENCH
from workbench.am.settings.values import ABSENT_GRANT_TYPES, GRANT_TYPES
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
        raise UnsupportedGrantType(NOT_SUPPORTED, hint=_instead(grant_type))
    return grant.respond(incoming)


def _instead(grant_type: str) -> str:
    """The grants that there are; and whether PingAM has the one asked for."""
    known = f"Known here: {', '.join(GRANTS)}."
    if grant_type not in ABSENT_GRANT_TYPES:
        return known
    return f"PingAM's grant {GRANT_TYPES[grant_type]} is {NOT_ON_THIS_BENCH}. {known}"


def _unreadable(incoming: Incoming, problem: OAuthError) -> WorkbenchError:
    """The refusal, as the grants that the body mentions would have it."""
    refusals = (
        grant.unreadable(problem)
        for grant in GRANTS.values()
        if grant.is_meant_by(incoming)
    )
    return next((each for each in refusals if each is not problem), problem)
