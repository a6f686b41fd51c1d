"""What only a URL can refuse; all of it stands in the tree of ``workbench.errors``."""

from workbench.errors import OAuthError, WorkbenchError


class BadRequest(OAuthError):
    """A consent that does not come from the person's own session."""

    error, status = "bad_request", 400


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


class RestError(WorkbenchError):
    """A refusal of one of AM's JSON endpoints, as it goes over the wire.

    Args:
        code: The HTTP status.
        reason: Its reason phrase.
        message: What AM says.
        hint: What to do about it, for the person at the bench; never sent.
    """

    def __init__(self, code: int, reason: str, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason
        self.message = message
        self.hint = hint
