"""What can go wrong, as one tree.

A class stands below the first it derives from; many are declared beside their matter.

WorkbenchError
├── OAuthError                error, status, description (sent), hint (not sent)
│   ├── InvalidRequest        400 invalid_request         RFC 6749 section 5.2
│   ├── InvalidClient         400 or 401 invalid_client   RFC 6749 section 5.2
│   ├── InvalidGrant          400 invalid_grant           RFC 6749 section 5.2
│   ├── UnauthorizedClient    400 unauthorized_client     RFC 6749 section 5.2
│   ├── UnsupportedGrantType  400 unsupported_grant_type  RFC 6749 section 5.2
│   ├── InvalidScope          400 invalid_scope           RFC 6749 section 5.2
│   ├── InvalidToken          401 invalid_token           RFC 6750 section 3.1
│   ├── RedirectUriMismatch   400 redirect_uri_mismatch
│   ├── UnsupportedResponse   400 unsupported_response_type  RFC 6749 4.1.2.1
│   ├── AccessDenied          400 access_denied           RFC 6749 section 4.1.2.1
│   │   ├── NoScopeLeft       403 access_denied
│   │   └── RegistrationDenied  403 access_denied
│   ├── LoginRequired         401 login_required          OpenID Connect Core 3.1.2.6
│   ├── InteractionRequired   400 interaction_required    OpenID Connect Core 3.1.2.6
│   ├── InvalidClientMetadata 400 invalid_client_metadata  RFC 7591 section 3.2.2
│   ├── InvalidRedirectUri    400 invalid_redirect_uri    RFC 7591 section 3.2.2
│   ├── UnapprovedStatement   400 unapproved_software_statement  RFC 7591 3.2.2
│   ├── InsufficientScope     403 insufficient_scope      RFC 6750 section 3.1
│   ├── UnknownUserId         400 unknown_user_id         CIBA Core section 13
│   ├── InvalidBindingMessage 400 invalid_binding_message CIBA Core section 13
│   ├── AuthorizationPending  400 authorization_pending   CIBA Core section 11
│   ├── SlowDown              400 slow_down               CIBA Core section 11
│   ├── ExpiredToken          400 expired_token           CIBA Core section 11
│   ├── BadRequest            400 bad_request
│   ├── NotFound              404 not_found
│   ├── MethodNotAllowed      405 method_not_allowed
│   ├── ServerError           500 server_error
│   └── ByScript              outcome: what the script did, its error and its log
│       ├── ScriptFailed      500 server_error
│       ├── ScriptRefused     400 invalid_request
│       ├── ScopeRefused      400 invalid_scope
│       └── ScopeDenied       403 access_denied
├── Refusal                   error (sent) and event: what the audit trail keeps
├── RestError                 code, reason, message: AM's JSON endpoints
├── MacaroonError             what is no macaroon, or has a caveat that does not hold
├── ScriptError               message, line, column, source_line
│   ├── ScriptTimeout         the script ran out of time
│   ├── EngineUnavailable     the engine did not start, or had no time; see its hint
│   ├── ScriptNotRunnable     the language has no engine here
│   └── ScriptNotEmulated     AM would run it, this workbench cannot
├── FeatureDisabled           AI agents are off; names the missing switch
├── NotYet                    what was asked for is not there, such as a token
│   └── NotJson               an answer that is no JSON, such as a redirect's
├── CommandError              a command line that cannot be carried out here
├── PasteError                a captured exchange that cannot be read, or explained
├── AnswerError               a request that waits for a person cannot be answered so
├── LessonFolderError         a folder in which lessons cannot be laid out
├── AmJsonError               JSON of AM that cannot be taken; says where
├── ImportRefused             files that cannot be imported; nothing of them was
├── SavedFileError            a bench that cannot be saved, opened or kept
├── ExerciseFileError         a trainer's own exercises that cannot be loaded
├── ClassCodeError            a learner's code, or a file of codes, that cannot be read
├── AgentStopped              an agent of the course came to no result
├── RegistrationError         an agent, client or script that cannot be registered
└── SettingError              a setting that does not exist or cannot hold the value
"""

from collections.abc import Mapping
from typing import Any, ClassVar


class WorkbenchError(Exception):
    """The root: everything the workbench raises on purpose.

    Args:
        message: What is wrong, and what would be right, in words.
        call: The Python call that helps, for whoever is in a cell.
        about: The field that is wrong, by its name in Python, or "".
    """

    def __init__(self, message: str = "", *, call: str = "", about: str = "") -> None:
        super().__init__(f"{message} {call}".strip())
        self.call = call
        self.about = about

    @property
    def words(self) -> str:
        """The message without the Python call, for whoever is in a form."""
        return str(self).removesuffix(self.call).rstrip()


class OAuthError(WorkbenchError):
    """A refusal as it goes over the wire (RFC 6749 section 5.2).

    Args:
        description: The ``error_description`` member, in PingAM's words.
        hint: What to do about it, for the person at the bench; never sent.
    """

    error: ClassVar[str] = "server_error"
    status: int = 500

    def __init__(self, description: str, *, hint: str = "") -> None:
        super().__init__(description)
        self.description = description
        self.hint = hint


class InvalidRequest(OAuthError):
    """A parameter is missing, repeated, malformed, or the exchange is refused."""

    error, status = "invalid_request", 400


class InvalidClient(OAuthError):
    """The client did not authenticate.

    PingAM answers 400 to credentials in the form and 401 with a
    ``WWW-Authenticate`` header to credentials in the Authorization header.

    Args:
        description: As above.
        hint: As above.
        basic: Whether the credentials came in the Authorization header.
        by_setting: Whether a setting of the client refuses, not the request.
    """

    error, status = "invalid_client", 400

    def __init__(
        self,
        description: str,
        *,
        hint: str = "",
        basic: bool = False,
        by_setting: bool = False,
    ) -> None:
        super().__init__(description, hint=hint)
        self.status = 401 if basic else 400
        self.by_setting = by_setting


class InvalidGrant(OAuthError):
    """A code or refresh token is wrong, expired, revoked or another client's."""

    error, status = "invalid_grant", 400


class UnauthorizedClient(OAuthError):
    """The client may not use this grant."""

    error, status = "unauthorized_client", 400


class UnsupportedGrantType(OAuthError):
    """The provider or the client does not have this grant."""

    error, status = "unsupported_grant_type", 400


class InvalidScope(OAuthError):
    """The scope is unknown, or none was asked for and there is no default."""

    error, status = "invalid_scope", 400


class InvalidToken(OAuthError):
    """A bearer token opens nothing (RFC 6750 section 3.1)."""

    error, status = "invalid_token", 401

    def __init__(self, *, hint: str = "") -> None:
        super().__init__(
            "The access token provided is expired, revoked, malformed, or invalid "
            "for other reasons.",
            hint=hint,
        )


class RedirectUriMismatch(OAuthError):
    """The redirection URI is not one that the client registered."""

    error, status = "redirect_uri_mismatch", 400

    def __init__(self, *, hint: str = "") -> None:
        super().__init__(
            "The redirection URI provided does not match a pre-registered value.",
            hint=hint,
        )


class UnsupportedResponse(OAuthError):
    """The authorization endpoint or the client does not have this response type."""

    error, status = "unsupported_response_type", 400


class AccessDenied(OAuthError):
    """The resource owner said no, or the request may not be made at all."""

    error, status = "access_denied", 400


class NoScopeLeft(AccessDenied):
    """A script lets none of the scopes asked for pass; the status was measured."""

    status = 403


class RegistrationDenied(AccessDenied):
    """Clients may not register themselves without an access token for it."""

    status = 403


class InvalidClientMetadata(OAuthError):
    """A client asks to be registered with a value that it cannot have."""

    error, status = "invalid_client_metadata", 400


class InvalidRedirectUri(OAuthError):
    """A client asks to be registered with a redirection URI that is none."""

    error, status = "invalid_redirect_uri", 400


class UnapprovedStatement(OAuthError):
    """A software statement of a publisher that nobody registered."""

    error, status = "unapproved_software_statement", 400


class InsufficientScope(OAuthError):
    """The bearer token lacks a scope that the endpoint needs."""

    error, status = "insufficient_scope", 403


class ServerError(OAuthError):
    """The server failed, for example in a may act script."""

    error, status = "server_error", 500


class Refusal(WorkbenchError):
    """A refused request of which the audit trail keeps more than the answer says.

    Attributes:
        error: What goes over the wire.
        event: Further members of the event, as
            :class:`~workbench.am.admin.audit.Event` has them, such as ``decision``.
    """

    def __init__(self, error: OAuthError, event: Mapping[str, Any]) -> None:
        super().__init__(error.description)
        self.error = error
        self.event = event


class MacaroonError(WorkbenchError):
    """A value is no macaroon, or has a caveat that does not hold here."""


class ScriptError(WorkbenchError):
    """A may act script failed.

    Attributes:
        message: What the engine said, such as ``ReferenceError: x is not defined``.
        line: 1-based line in the author's source, or None where unknown.
        column: 1-based column, or None where unknown.
        source_line: The author's text of that line, or "".
        hint: What to do about it, or "".
    """

    def __init__(
        self,
        message: str,
        *,
        line: int | None = None,
        column: int | None = None,
        source_line: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.hint = hint
        self.message = message
        self.line = line
        self.column = column
        self.source_line = source_line

    def __str__(self) -> str:
        if self.line is None:
            return self.message
        column = "" if self.column is None else f", column {self.column}"
        text = f"{self.message} (line {self.line}{column})"
        return f"{text}\n    {self.source_line.strip()}" if self.source_line else text


class ScriptTimeout(ScriptError):
    """The script used more time than it may; its process was killed."""


class EngineUnavailable(ScriptError):
    """The script was not run: its engine did not start, or had no time for it."""


class ScriptNotRunnable(ScriptError):
    """The script is in a language that has no engine here (Groovy)."""


class ScriptNotEmulated(ScriptError):
    """The script does what AM's engine can and the one here cannot; it may be fine."""


class FeatureDisabled(WorkbenchError):
    """AI agents are off; the message names the switch that is missing."""


class NotYet(WorkbenchError, LookupError):
    """What was asked for is not there, such as the token of a refusal."""


class CommandError(WorkbenchError):
    """A command line that cannot be read, or asks for what is not done here."""


class RegistrationError(WorkbenchError):
    """An agent, client or script cannot be registered as asked."""


class SettingError(WorkbenchError):
    """A setting has no such name or cannot hold this value."""
