"""The bench as the course knows it, and where a fresh one and its forms come from.

The course stands below both; whoever makes them says so here.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import httpx

    from workbench.agent.client import AgentClient
    from workbench.agent.history import History
    from workbench.am.admin.audit import AuditTrail
    from workbench.am.basics.clock import Clock
    from workbench.am.exchange.decision import Decision
    from workbench.am.realm import Realm
    from workbench.am.realms import Realms
    from workbench.am.settings.profile import Profile
    from workbench.am.settings.provider import ProviderSettings

NOW, SEED = 1_790_000_000, "doc"
"""When every lesson begins, and what makes its tokens the same on every run."""


class Bench(Protocol):
    """What exercises and labs need of a ``Workbench``."""

    realm: "Realm"
    realms: "Realms"
    client: "AgentClient"
    history: "History"
    clock: "Clock"
    http: "httpx.Client"

    @property
    def provider(self) -> "ProviderSettings":
        """The realm's OAuth2 Provider settings."""

    @property
    def profile(self) -> "Profile":
        """The profile in force; ``realms.use_profile`` changes it."""

    @property
    def audit(self) -> "AuditTrail":
        """What happened, oldest first."""

    @property
    def decision(self) -> "Decision":
        """The decision of the latest exchange."""

    def enable_ai_agents(self) -> None:
        """Switch AI agents on."""

    def close_mcp(self) -> None:
        """Close the MCP server, where one is open."""

    def close(self) -> None:
        """Close the HTTP client and what else is open."""


_makers: list[Callable[..., Bench]] = []


def benches_come_from(make: Callable[..., Bench]) -> None:
    """Say what makes a bench; it takes what ``Workbench`` takes."""
    _makers[:] = [make]


_forms: dict[str, Callable[[Any], Any]] = {}


def forms_come_from(kind: str, make: Callable[[Any], Any]) -> None:
    """Say what makes the form of a thing that the course shows.

    Args:
        kind: Such as ``exercise``.
        make: Takes the thing, gives a form that displays itself.
    """
    _forms[kind] = make


def live_form(kind: str, thing: Any) -> Any:
    """The form of a thing, for where a kernel runs.

    Args:
        kind: Such as ``exercise``.
        thing: What the form shows.
    """
    return _forms[kind](thing)


def fresh_bench(**more: Any) -> Bench:
    """A new bench with a frozen clock and reproducible ids.

    Args:
        more: What ``Workbench`` takes, such as ``engine`` or ``profile``.
    """
    (make,) = _makers
    return make(**{"now": NOW, "seed": SEED, **more})


def copy_of(bench: Bench, **more: Any) -> Bench:
    """A bench in the same state, on which one may try what the first shall not see.

    Its history is empty.

    Args:
        bench: The bench.
        more: As for :func:`fresh_bench`.
    """
    from workbench.saving.state import put, state_of

    realm, base_url = bench.realm.path.strip("/"), bench.realms.base_url
    other = fresh_bench(**{"realm": realm, "base_url": base_url, **more})
    with bench.realms.turns.taken:
        put(state_of(bench.realms), other.realms)
    return other
