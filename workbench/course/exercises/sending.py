"""What exercises send on a copy, so that a learner's own bench stays as it is."""

from workbench.agent.client import Call
from workbench.am.exchange.decision import Decision
from workbench.course.on_bench import Bench
from workbench.course.use_cases.use_case import SECRET


def own_token(bench: Bench, client_id: str, scope: str = "read") -> str:
    """An access token that a client gets for itself; every secret is ``mySecret``."""
    call = bench.client.client_credentials(client_id, SECRET, scope=scope)
    return call.access_token


def exchanged(
    bench: Bench,
    client_id: str,
    subject: str,
    *,
    scope: str = "read",
    actor_scope: str = "read",
) -> Call:
    """An exchange that a client sends with a fresh token of its own as actor."""
    return bench.client.exchange(
        client_id,
        SECRET,
        scope=scope,
        subject_token=subject,
        actor_token=own_token(bench, client_id, actor_scope),
    )


def delegate(
    bench: Bench, client_id: str, subject: str, scope: str = "read"
) -> Decision:
    """How an exchange is decided that a client sends with its own token as actor."""
    exchanged(bench, client_id, subject, scope=scope)
    return bench.decision


def impersonate(bench: Bench, client_id: str, subject: str) -> Decision:
    """How an exchange is decided that a client sends without an actor token."""
    bench.client.exchange(client_id, SECRET, scope="read", subject_token=subject)
    return bench.decision
