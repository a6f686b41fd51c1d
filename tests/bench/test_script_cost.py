"""What a may act script costs, beside the bare engine in the same run.

``pytest -n 0 tests/bench -m bench -s`` prints the figures; nothing is asserted.
The aims are 3 ms at the median, with a fresh world for each run, and 100 ms for the
first, which starts the worker and reads the script.
"""

import statistics
import time
from collections.abc import Callable

import pytest
import quickjs

from tests.bench.figures import note
from workbench.am.scripts.script import LEGACY, NEXT_GENERATION, Bindings, MayActScript
from workbench.sandbox.engines.engine import QuickJSEngine

pytestmark = pytest.mark.bench
ROUNDS = 300
SEED_PAGE = {
    NEXT_GENERATION: """
        token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});
    """,
    LEGACY: """
        var frJava = JavaImporter(org.forgerock.json.JsonValue);
        var mayAct = frJava.JsonValue.json(frJava.JsonValue.object());
        mayAct.put("client_id", "risk-agent");
        mayAct.put("sub", "(age!risk-agent)");
        token.setMayAct(mayAct);
    """,
}
BARE = """
    var token = {setMayAct: function (value) { stamped = JSON.stringify(value); }};
    token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});
"""


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


@pytest.mark.parametrize("version", SEED_PAGE)
def test_a_script_costs_little_beside_a_token(version: str) -> None:
    script = MayActScript(
        id="x", name="x", source=SEED_PAGE[version], evaluator_version=version
    )
    bindings = Bindings(token={"sub": "(age!data-agent)"})
    with QuickJSEngine() as engine:
        first = milliseconds(lambda: engine.run(script, bindings))
        assert engine.run(script, bindings).stamped
        rest = [
            milliseconds(lambda: engine.run(script, bindings)) for _ in range(ROUNDS)
        ]
    bare = [milliseconds(lambda: quickjs.Context().eval(BARE)) for _ in range(ROUNDS)]
    median, floor = statistics.median(rest), statistics.median(bare)
    note(
        f"a may act script of version {version}",
        median,
        "ms at the median",
        3,
        beside=f"{median / floor:.1f} times the bare engine's {floor:.2f} ms; the "
        f"first run {first:.0f} ms, the best {min(rest):.2f} ms",
    )
