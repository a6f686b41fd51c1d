"""What one exchange costs, as a ratio to its own JOSE operations in the same run.

``pytest tests/bench -m bench -s`` prints the ratios; nothing is asserted about
time. The aim is at most 4 for the bench; a bare Werkzeug application that does
the same JOSE work and nothing else is measured beside it.
"""

import json
import time
from collections.abc import Callable

import httpx
import pytest
from werkzeug.wrappers import Request, Response

from workbench import Workbench
from workbench.agent.client import Transcript
from workbench.am.dry_runs.dry_run import dry_run

pytestmark = pytest.mark.bench
ROUNDS, REPEATS = 60, 40


def costs(*works: Callable[[], object]) -> list[float]:
    """Microseconds a round of each: the best of several repeats.

    They take turns, so that a busy machine is as busy for one as for the others.
    """
    best = [float("inf")] * len(works)
    for _ in range(REPEATS):
        for index, work in enumerate(works):
            start = time.perf_counter()
            for _ in range(ROUNDS):
                work()
            best[index] = min(best[index], time.perf_counter() - start)
    return [each / ROUNDS * 1e6 for each in best]


def test_one_exchange_in_process(story: Workbench) -> None:
    story.realm.update("risk-agent", overrides={"providerOverridesEnabled": False})
    actor, subject = (
        story.client.client_credentials(name, "mySecret", scope="read").access_token
        for name in ("risk-agent", "data-agent")
    )
    keys = story.realm.tokens.keys
    claims = dict(story.inspect(subject).claims or {})

    def encode() -> str:
        return keys.sign(json.dumps(claims, separators=(",", ":")).encode(), "HS256")

    def jose() -> tuple[str, str]:
        """Two tokens checked and read, two written and signed."""
        json.loads(keys.verify(subject))
        json.loads(keys.verify(actor))
        return encode(), encode()

    def exchange() -> object:
        return story.client.exchange(
            "risk-agent",
            "mySecret",
            scope="read",
            subject_token=subject,
            actor_token=actor,
        )

    def bare_app(environ: dict[str, object], start_response: object) -> object:
        form = Request(environ).form
        assert form["subject_token"] and form["client_id"]
        access, refresh = jose()
        body = json.dumps({"access_token": access, "refresh_token": refresh})
        return Response(body, content_type="application/json")(environ, start_response)  # type: ignore[arg-type]

    bare_client = httpx.Client(
        transport=httpx.WSGITransport(bare_app),  # type: ignore[arg-type]
        trust_env=False,
    )
    form = dict(story.transcript[-1].form) | dict(exchange().form)  # type: ignore[attr-defined]
    url = f"{story.realm.oauth2_url}/access_token"

    floor, bare, whole = costs(jose, lambda: bare_client.post(url, data=form), exchange)
    bare_client.close()

    assert isinstance(story.transcript, Transcript)
    print(
        f"\none exchange: {whole:.0f} us, JOSE alone {floor:.0f} us, "
        f"ratio {whole / floor:.2f} (aim: at most 4; a bare application: "
        f"{bare / floor:.2f})"
    )


def test_importing_the_package() -> None:
    import subprocess
    import sys

    def start(code: str) -> float:
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - begin

    bare = min(start("pass") for _ in range(5))
    package = min(start("import workbench; workbench.Workbench") for _ in range(5))

    print(
        f"\nimport workbench.Workbench: {package * 1000:.0f} ms, "
        f"{package / bare:.1f} times a bare interpreter (aim: under 500 ms)"
    )


def test_a_may_act_script(story: Workbench) -> None:
    import quickjs

    script = story.realm.script("risk-agent may act")
    dry_run(story.realm, script)

    def bare() -> None:
        quickjs.Context().eval("1")

    engine, run = costs(bare, lambda: dry_run(story.realm, script))

    print(
        f"\na may act script: {run / 1000:.2f} ms, "
        f"{run / engine:.1f} times an empty context of the bare engine"
    )
