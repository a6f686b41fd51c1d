"""Questions about people, and about clients that register themselves."""

from workbench.am.clients.grant_types import (
    AGENT_GRANT_TYPES,
    PASSWORD,
    REFRESH_TOKEN,
)
from workbench.am.reading.read_token import read_token
from workbench.course.differences.scenario import (
    ScenarioBench,
    granted_in_words,
    in_words,
    refusal_in_words,
)
from workbench.course.use_cases.use_case import SECRET


def _persons_token(bench: ScenarioBench, client_id: str) -> str:
    """A person's token for data-agent, which asks for read; policies rule a client."""
    bench.realm.add_user("bjensen", password=SECRET)
    grants = (*AGENT_GRANT_TYPES, PASSWORD)
    bench.realm.update("data-agent", grant_types=grants)
    bench.realm.update(client_id, overrides={"usePolicyEngineForScope": True})
    call = bench.client.password("data-agent", SECRET, "bjensen", SECRET, scope="read")
    return call.access_token


def policy_for_people(bench: ScenarioBench) -> str:
    """The scope where a policy is for people, and the subject is one."""
    bench.realm.add_policy("people read", ["read"], grant=True)
    call = bench.exchange(_persons_token(bench, "risk-agent"))
    return bench.claim(call, "scope")


def password_without_policy(bench: ScenarioBench) -> str:
    """The scope that a password brings where no policy speaks of it."""
    claims = read_token(bench.realm, _persons_token(bench, "data-agent")).claims or {}
    return in_words(claims["scope"])


def deleted_person(bench: ScenarioBench) -> str:
    """Whether the token of somebody who was deleted is exchanged."""
    subject = _persons_token(bench, "risk-agent")
    bench.realm.users.delete("bjensen")
    return granted_in_words(bench.exchange(subject))


def replayed_refresh_token(bench: ScenarioBench) -> str:
    """Whether a fresh refresh token lives on once the one before it comes again."""
    bench.realm.add_user("bjensen", password=SECRET)
    bench.realm.update("data-agent", grant_types=(PASSWORD, REFRESH_TOKEN))
    call = bench.client.password("data-agent", SECRET, "bjensen", SECRET, scope="read")
    first = call.refresh_token
    second = bench.client.refresh("data-agent", SECRET, first).refresh_token
    bench.client.refresh("data-agent", SECRET, first)
    return granted_in_words(bench.client.refresh("data-agent", SECRET, second))


def open_registration(bench: ScenarioBench) -> str:
    """Whether a client that sends ``client_uri`` registers without a token."""
    bench.realm.set_provider(allowDynamicRegistration=True)
    metadata = {"client_uri": "https://agent.example.com"}
    call = bench.client.register(metadata, path="register")
    return "registered" if call.status == 201 else refusal_in_words(call)


def registration_without_scope(bench: ScenarioBench) -> str:
    """Whether an access token without the scope for it registers a client."""
    token = bench.token("data-agent")
    call = bench.client.register({}, path="register", access_token=token)
    return "registered" if call.status == 201 else refusal_in_words(call)
