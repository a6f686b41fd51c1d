"""What came back from a tool, and what a server says of itself before one asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import NotYet


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """One call of a tool, and its answer.

    Attributes:
        tool: The tool's name.
        arguments: What it was called with; the token is not kept.
        status: Of the HTTP answer: 401 and 403 come before the tool is asked, and a
            refusal by the tool itself travels in a 200, as MCP has it.
        error: ``invalid_token``, ``insufficient_scope``, ``access_denied`` or another
            code; "" where the tool did its work.
        text: What the server said, in words.
        result: What the tool gave, by name.
        challenge: The ``WWW-Authenticate`` header, or "".
        reason: Why it was decided so, as the server's log has it; it did not go over
            the wire. "" for a server that is another process.
    """

    tool: str
    arguments: Mapping[str, Any]
    status: int
    error: str = ""
    text: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    challenge: str = ""
    reason: str = ""

    @property
    def allowed(self) -> bool:
        """Whether the tool did its work."""
        return not self.error

    @property
    def score(self) -> int:
        """The score that came back.

        Raises:
            NotYet: None came back.
        """
        if "score" not in self.result:
            raise NotYet(f"{self.tool} brought no score: {self.error or self.text}.")
        return int(self.result["score"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool as the server lists it.

    Attributes:
        name: As calls spell it.
        description: What it does, for whoever chooses among tools.
        arguments: The names of what it takes.
    """

    name: str
    description: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools of one server, in its order."""

    listed: tuple[Tool, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Their names alone."""
        return tuple(tool.name for tool in self.listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceMetadata:
    """How a client that knows only the URL learns where its token comes from.

    Attributes:
        url: What was asked without a token.
        status: 401.
        challenge: The ``WWW-Authenticate`` header that came with it (RFC 9728, 5.1).
        metadata_url: Where that header points.
        metadata: What was found there (RFC 9728, 2).
    """

    url: str
    status: int
    challenge: str
    metadata_url: str
    metadata: Mapping[str, Any]

    @property
    def resource(self) -> str:
        """What the audience of a token must be."""
        return str(self.metadata["resource"])

    @property
    def authorization_servers(self) -> tuple[str, ...]:
        """The issuers whose tokens are taken."""
        return tuple(map(str, self.metadata["authorization_servers"]))
