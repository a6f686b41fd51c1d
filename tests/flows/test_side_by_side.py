"""Requests that are answered side by side, while scripts of others run."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import httpx
import pytest

from tests.stories import (
    AM,
    CALLBACK,
    SECRET,
    Agents,
    add_grant,
    agent_for_user,
    code_in,
    consent,
    manage,
    open_registration,
    register,
)
from workbench import Workbench
from workbench.agent.client_key import ClientKey
from workbench.am.scripts.script import Bindings, Script, ScriptOutcome
from workbench.am.tokens.assertion import ASSERTION_TYPE
from workbench.sandbox.engines.engine import QuickJSEngine
from workbench.sandbox.engines.pool import Pool
from workbench.server.serve import listen

CIBA = "urn:openid:params:grant-type:ciba"
LET = "token.setMayAct({client_id: 'hr-agent'});"
Send = Callable[[dict[str, str]], httpx.Response]


class Held(QuickJSEngine):
    """Runs scripts once it is told to, so that a test can look in between."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()
        self.go.set()
        self.arrived = threading.Semaphore(0)

    def run(self, script: Script, bindings: Bindings) -> ScriptOutcome:
        self.arrived.release()
        assert self.go.wait(timeout=60)
        return super().run(script, bindings)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let no script run until the context ends."""
        while self.arrived.acquire(blocking=False):
            pass
        self.go.clear()
        try:
            yield
        finally:
            self.go.set()


@pytest.fixture
def engine() -> Iterator[Held]:
    with Held() as engine:
        yield engine


@pytest.fixture
def bench(engine: Held) -> Iterator[Workbench]:
    """bjensen, and hr-client with a script."""
    with Workbench(now=1_790_000_000, seed="side by side", engine=engine) as bench:
        agent_for_user(bench)
        bench.realm.add_script("let", LET)
        bench.realm.update("hr-client", may_act_script="let")
        yield bench


@pytest.fixture(params=["in this process", "over a port"])
def send(request: pytest.FixtureRequest, bench: Workbench) -> Iterator[Send]:
    """POSTs a form to the token endpoint, from any thread."""
    path = "/oauth2/realms/root/realms/alpha/access_token"
    with ExitStack() as stack:
        base = AM
        http = bench.http
        if request.param == "over a port":
            listener = stack.enter_context(listen(0, tls=False))
            stack.enter_context(listener.serving(bench.app))
            base = f"{listener.url}/am"
            http = stack.enter_context(httpx.Client(timeout=60))
        yield lambda form: http.post(f"{base}{path}", data=form)


def both(engine: Held, first: Callable[[], httpx.Response]) -> list[int]:
    """The same request twice at once, while its scripts wait; the statuses, sorted."""
    with ThreadPoolExecutor(2) as threads:
        with engine.held():
            answers = [threads.submit(first) for _ in range(2)]
            assert engine.arrived.acquire(timeout=60)
            # Whoever is let in beside it comes in this time; a wrong server lets him.
            assert not engine.arrived.acquire(timeout=0.3)
        return sorted(each.result().status_code for each in answers)


def of_code(bench: Workbench) -> dict[str, str]:
    return {
        "grant_type": "authorization_code",
        "client_id": "hr-client",
        "client_secret": SECRET,
        "code": code_in(consent(bench)),
        "redirect_uri": CALLBACK,
    }


def test_a_code_is_good_once(bench: Workbench, engine: Held, send: Send) -> None:
    form = of_code(bench)

    assert both(engine, lambda: send(form)) == [200, 400]
    assert bench.audit[-1].hint == (
        "The code was used before; what it gave is revoked now."
    )


def test_a_code_whose_script_failed_stays_good(
    bench: Workbench, engine: Held, send: Send
) -> None:
    form = of_code(bench)
    bench.realm.update_script("let", source="throw 'no'")

    assert both_fail(engine, lambda: send(form)) == [500, 500]

    bench.realm.update_script("let", source=LET)
    assert send(form).status_code == 200


def both_fail(engine: Held, first: Callable[[], httpx.Response]) -> list[int]:
    with ThreadPoolExecutor(2) as threads, engine.held():
        answers = [threads.submit(first) for _ in range(2)]
        assert engine.arrived.acquire(timeout=60)
        engine.go.set()
        return sorted(each.result().status_code for each in answers)


def test_a_refresh_token_is_replaced_once(
    bench: Workbench, engine: Held, send: Send
) -> None:
    form = of_refreshing(bench, send)

    assert both(engine, lambda: send(form)) == [200, 400]


def test_a_refresh_token_in_its_grace_period_is_good_for_both(
    bench: Workbench, engine: Held, send: Send
) -> None:
    form = of_refreshing(bench, send)
    bench.realm.update("hr-client", refresh_token_grace_period=60)

    assert both(engine, lambda: send(form)) == [200, 200]


def of_refreshing(bench: Workbench, send: Send) -> dict[str, str]:
    add_grant(bench, "hr-client")
    return {
        "grant_type": "refresh_token",
        "client_id": "hr-client",
        "client_secret": SECRET,
        "refresh_token": send(of_code(bench)).json()["refresh_token"],
    }


def test_an_approval_is_good_once(bench: Workbench, engine: Held, send: Send) -> None:
    key = ClientKey("planner", bench.realm)
    bench.realm.register_client(
        "planner",
        secret=SECRET,
        jwks=key.jwks,
        scopes=["openid"],
        grant_types=[CIBA],
        token_endpoint_auth_method="client_secret_post",
        may_act_script="let",
    )
    request = key.request("Pay 5?", login_hint="bjensen")
    asked = bench.client.backchannel("planner", SECRET, request)
    bench.realm.backchannel.approve(1)
    form = {
        "grant_type": CIBA,
        "client_id": "planner",
        "client_secret": SECRET,
        "auth_req_id": asked.auth_req_id,
    }

    assert both(engine, lambda: send(form)) == [200, 400]


def test_an_assertion_is_good_once(bench: Workbench, engine: Held, send: Send) -> None:
    key = ClientKey("signer", bench.realm)
    bench.realm.register_client(
        "signer",
        secret=SECRET,
        jwks=key.jwks,
        scopes=["read"],
        grant_types=["client_credentials"],
        token_endpoint_auth_method="private_key_jwt",
        token_endpoint_auth_signing_alg="ES256",
        may_act_script="let",
    )
    claims = {"iss": "signer", "sub": "signer", "aud": bench.realm.oauth2_url}
    assertion = key.sign({**claims, "exp": 1_790_000_300, "jti": "once"})
    form = {
        "grant_type": "client_credentials",
        "scope": "read",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    }

    assert both(engine, lambda: send(form)) == [200, 400]


def test_nobody_waits_for_the_script_of_somebody_else(
    bench: Workbench, engine: Held, send: Send
) -> None:
    add_client(bench, "plain")
    code = of_code(bench)

    with ThreadPoolExecutor(1) as threads:
        with engine.held():
            waits = threads.submit(send, code)
            assert engine.arrived.acquire(timeout=60)
            assert send(own_token("plain")).status_code == 200
            assert not waits.done()
        assert waits.result().status_code == 200


def test_others_are_answered_before_hanging_scripts_end(
    bench: Workbench, engine: Held, send: Send
) -> None:
    engine.limits = replace(engine.limits, time=2.0)  # a busy machine has to start five
    bench.realm.add_script("hang", "for (;;) {}")
    names = [f"hanging-{number}" for number in range(4)]
    for name in names:
        add_client(bench, name, "hang")
    add_client(bench, "quick", "let")

    with ThreadPoolExecutor(4) as threads:
        hanging = [threads.submit(send, own_token(name)) for name in names]
        while len(workers(bench)) < 4:
            time.sleep(0.001)
        assert send(own_token("quick")).status_code == 200
        assert not any(each.done() for each in hanging)
        assert [each.result().status_code for each in hanging] == [500] * 4

    assert "ran longer than" in bench.audit[-1].hint


def workers(bench: Workbench) -> tuple[int, ...]:
    assert isinstance(bench.engine, Held)
    assert isinstance(bench.engine._runner, Pool)
    return bench.engine._runner.pids


def add_client(bench: Workbench, name: str, script: str | None = None) -> None:
    bench.realm.register_client(
        name,
        secret=SECRET,
        scopes=["read"],
        grant_types=["client_credentials"],
        may_act_script=script,
    )


def own_token(name: str) -> dict[str, str]:
    return {
        "grant_type": "client_credentials",
        "client_id": name,
        "client_secret": SECRET,
        "scope": "read",
    }


def test_threads_that_share_a_client_each_get_their_own_call(bench: Workbench) -> None:
    bench.realm.register_client(
        "plain",
        secret=SECRET,
        scopes=[f"s{number}" for number in range(8)],
        grant_types=["client_credentials"],
    )

    def scopes(number: int) -> set[str]:
        asked = f"s{number}"
        answers = (
            bench.client.client_credentials("plain", SECRET, scope=asked)
            for _ in range(20)
        )
        return {each.json["scope"] for each in answers}

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(scopes, range(8)))

    assert found == [{f"s{number}"} for number in range(8)]
    assert len(bench.transcript) == 160


# ---- What an administrator does meanwhile ---------------------------------------


@pytest.fixture
def registered(bench: Workbench, engine: Held) -> dict[str, str]:
    """A client that registered itself, where a script runs at each change."""
    open_registration(bench)
    script = bench.realm.add_registration_script("looks on", "1;")
    bench.provider.dynamicClientRegistrationScript = script.id
    made: dict[str, str] = register(bench).json()
    return made


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_client_that_is_deleted_while_its_script_runs_stays_deleted(
    bench: Workbench, engine: Held, registered: dict[str, str], method: str
) -> None:
    client_id = registered["client_id"]
    body = {"json": {"client_id": client_id}} if method == "PUT" else {}

    with ThreadPoolExecutor(1) as threads:
        with engine.held():
            waits = threads.submit(manage, bench, method, registered, **body)
            assert engine.arrived.acquire(timeout=60)
            bench.realm.delete(client_id)
        answer = waits.result()

    assert answer.status_code == 401
    assert bench.audit[-1].hint == f"{client_id} was deleted meanwhile."
    assert client_id not in bench.realm.clients


def test_changes_of_a_registration_come_one_after_the_other(
    bench: Workbench, engine: Held, registered: dict[str, str]
) -> None:
    body = {"client_id": registered["client_id"]}

    def change(name: str) -> httpx.Response:
        return manage(bench, "PUT", registered, json={**body, "client_name": name})

    with ThreadPoolExecutor(2) as threads:
        with engine.held():
            first: Future[httpx.Response] = threads.submit(change, "first")
            assert engine.arrived.acquire(timeout=60)
            gone = threads.submit(manage, bench, "DELETE", registered)
            assert not engine.arrived.acquire(timeout=0.3)
        assert (first.result().status_code, gone.result().status_code) == (200, 204)

    assert registered["client_id"] not in bench.realm.clients


def test_what_a_script_stores_of_a_client_that_is_gone_fails_it(
    bench: Workbench, engine: Held
) -> None:
    source = "identity.setAttribute('description', ['new']); identity.store();"
    bench.realm.add_script("stores", source)
    add_client(bench, "plain", "stores")

    with ThreadPoolExecutor(1) as threads:
        with engine.held():
            waits = threads.submit(
                bench.client.client_credentials, "plain", SECRET, scope="read"
            )
            assert engine.arrived.acquire(timeout=60)
            bench.realm.delete("plain")
        answer = waits.result()

    assert answer.status == 500
    assert "There is no client 'plain'" in bench.audit[-1].hint


def test_a_form_of_url_shares_the_turns_of_its_realm(bench: Workbench) -> None:
    realm = bench.realm

    assert realm.under(realm.forms[-1]).turns is realm.turns is bench.realms.turns


def test_an_exchange_beside_another_is_decided_for_itself(wb: Workbench) -> None:
    wb.prepare("agent-for-agent")
    agents = Agents(wb)
    pairs = [(agents.token("data-agent"), agents.token("risk-agent")) for _ in "ab"]

    def exchange(pair: tuple[str, str]) -> list[int]:
        subject, actor = pair
        return [
            agents.exchange(subject_token=subject, actor_token=actor).status
            for _ in range(10)
        ]

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(exchange, pairs)) == [[200] * 10] * 2
    ids = [jti for event in wb.audit for jti in event.issued]
    assert len(ids) == len(set(ids))
