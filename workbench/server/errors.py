"""What only a URL can refuse; all of it stands in the tree of ``workbench.errors``."""

from collections.abc import Mapping
from typing import Any

from workbench.errors import OAuthError, WorkbenchError


class BadRequest(OAuthError):
    """A consent that does not come from the person's own session."""

    error, status = "bad_request", 400


class LoginRequired(OAuthError):
    """Nobody is logged in at the authorization endpoint."""

    error, status = "login_required", 401


class InteractionRequired(OAuthError):
    """A person would have to be asked, and the request forbids that."""

    error, status = "interaction_required", 400


class NotFound(OAuthError):
    """There is nothing at this path."""

    error, status = "not_found", 404


class MethodNotAllowed(OAuthError):
    """The endpoint wants another HTTP method.

    Attributes:
        allowed: The methods that it takes.
    """

    error, status = "method_not_allowed", 405

    def __init__(self, allowed: tuple[str, ...], found: str) -> None:
        super().__init__(f"Required Method: {' or '.join(allowed)} found: {found[:40]}")
        self.allowed = allowed


class UnknownUserId(OAuthError):
    """A backchannel request is about nobody who could answer it."""

    error, status = "unknown_user_id", 400


class InvalidBindingMessage(OAuthError):
    """A backchannel request has a message that cannot be shown to a person."""

    error, status = "invalid_binding_message", 400


class AuthorizationPending(OAuthError):
    """The person has not answered yet."""

    error, status = "authorization_pending", 400


class SlowDown(OAuthError):
    """The person has not answered yet, and the client asks too often."""

    error, status = "slow_down", 400


class ExpiredToken(OAuthError):
    """The time in which a person could answer is over."""

    error, status = "expired_token", 400


class RestError(WorkbenchError):
    """A refusal of one of AM's JSON endpoints, as it goes over the wire.

    Args:
        code: The HTTP status.
        reason: Its reason phrase.
        message: What AM says.
        hint: What to do about it, for the person at the bench; never sent.
        detail: What AM tells beside it to a program, or None.
    """

    def __init__(
        self,
        code: int,
        reason: str,
        message: str,
        *,
        hint: str = "",
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason
        self.message = message
        self.hint = hint
        self.detail = detail
