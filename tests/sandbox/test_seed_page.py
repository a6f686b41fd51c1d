import re
from pathlib import Path

import pytest

from workbench.am.scripts import LEGACY, NEXT_GENERATION, MayActScript
from workbench.sandbox.engine import QuickJSEngine

PAGE = Path(__file__).parents[3] / "shared" / "seed" / "ai-agents-agent.md"
BLOCK = re.compile(r"^ *```javascript\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(
    ("block", "version"), [(0, NEXT_GENERATION), (1, LEGACY)], ids=["next", "legacy"]
)
def test_a_script_printed_on_pings_page_runs_unchanged(
    engine: QuickJSEngine, make_bindings, block: int, version: str
) -> None:
    if not PAGE.exists():
        pytest.skip(f"PingAM's page is not beside this repository: {PAGE}")
    source = BLOCK.findall(PAGE.read_text(encoding="utf-8"))[block]
    printed = MayActScript(
        id="seed", name="seed", source=source, evaluator_version=version
    )

    outcome = engine.run(printed, make_bindings(identity=None))

    assert outcome.error is None
    assert outcome.stamped
    assert outcome.may_act == {"client_id": "risk-agent", "sub": "(age!risk-agent)"}
    assert outcome.log == ()
