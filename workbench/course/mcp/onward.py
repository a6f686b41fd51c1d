"""With which token the server asks an API: its own by exchange, or two wrong ones."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workbench.agent.client import AgentClient
from workbench.course.apis.registration import SECRET
from workbench.course.mcp.offered import MCP_SERVER

Onward = Callable[[AgentClient, str, str], str]
"""From the AS, the caller's token and the API's audience to the token for the API."""

EXCHANGE, PASS_THROUGH, OWN_RIGHTS = "exchange", "pass-through", "own-rights"


def by_exchange(client: AgentClient, caller: str, audience: str) -> str:
    """Right: a token for this API, in which the server is the current actor.

    The caller's token goes back to whoever issued it, as subject token, and nowhere
    else.

    Raises:
        NotYet: The authorization server refused.
    """
    own = client.client_credentials(MCP_SERVER, SECRET, scope="read")
    issued = client.exchange(
        MCP_SERVER,
        SECRET,
        scope="read",
        subject_token=caller,
        actor_token=own.access_token,
        audience=audience,
    )
    return issued.access_token


def passed_through(client: AgentClient, caller: str, audience: str) -> str:
    """Wrong: the API gets the token that was meant for this server."""
    return caller


def by_own_rights(client: AgentClient, caller: str, audience: str) -> str:
    """Wrong: a token about the server itself, whoever asked it.

    For an audience of its own choice it exchanges its own token, which a may act
    script lets it (PingAM 8.1, an agent that acts autonomously).

    Raises:
        NotYet: The authorization server refused.
    """
    own = client.client_credentials(MCP_SERVER, SECRET, scope="read")
    issued = client.exchange(
        MCP_SERVER,
        SECRET,
        scope="read",
        subject_token=own.access_token,
        audience=audience,
    )
    return issued.access_token


ONWARD: Mapping[str, Onward] = MappingProxyType(
    {
        EXCHANGE: by_exchange,
        PASS_THROUGH: passed_through,
        OWN_RIGHTS: by_own_rights,
    }
)
"""By the name that ``wb.open_mcp`` takes."""
