"""The may act scripts of the vendor's three AI-agent pages, in both dialects.

The first page is read where it lies beside the repository. The others are written
here as the behaviour notes describe them (sections 2.1 and 2.3): hr-agent acts for
people, and an autonomous agent names itself.
"""

import re
from pathlib import Path

import pytest

from workbench.am.scripts.script import LEGACY, NEXT_GENERATION, MayActScript
from workbench.sandbox.engines.engine import QuickJSEngine

from .conftest import MakeBindings

PAGE = Path(__file__).parents[3] / "shared" / "seed" / "ai-agents-agent.md"
BLOCK = re.compile(r"^ *```javascript\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


def next_generation(client_id: str, sub: str, before: str = "") -> str:
    return f"""
(function () {{
    {before}
    var mayAct = {{
        "client_id": {client_id},
        "sub": {sub}
    }};
    token.setMayAct(mayAct);
}}());"""


def legacy(client_id: str, sub: str, before: str = "") -> str:
    return f"""
(function () {{
    var frJava = JavaImporter(
        org.forgerock.json.JsonValue);
    {before}
    var mayAct = frJava.JsonValue.json(frJava.JsonValue.object());
    mayAct.put('client_id', {client_id});
    mayAct.put('sub', {sub});
    token.setMayAct(mayAct);
}}());"""


HR = ('"hr-agent"', '"(age!hr-agent)"')
ITSELF = ("agentId", "`(age!${agentId})`")
OWN, GOT = (
    "var agentId = clientProperties.clientId;",
    "var agentId = clientProperties.get('clientId');",
)
PAGES = [
    ("agent", NEXT_GENERATION, 0, "risk-agent"),
    ("agent", LEGACY, 1, "risk-agent"),
    ("user", NEXT_GENERATION, next_generation(*HR), "hr-agent"),
    ("user", LEGACY, legacy(*HR), "hr-agent"),
    ("autonomous", NEXT_GENERATION, next_generation(*ITSELF, OWN), "data-agent"),
    ("autonomous", NEXT_GENERATION, next_generation(*ITSELF, GOT), "data-agent"),
    ("autonomous", LEGACY, legacy(*ITSELF, OWN), "data-agent"),
    ("autonomous", LEGACY, legacy(*ITSELF, GOT), "data-agent"),
]


@pytest.mark.parametrize(("page", "version", "source", "agent"), PAGES)
def test_a_script_of_pings_pages_gives_the_documented_claim(
    engine: QuickJSEngine,
    make_bindings: MakeBindings,
    page: str,
    version: str,
    source: str | int,
    agent: str,
) -> None:
    if isinstance(source, str):
        written = source
    else:
        if not PAGE.exists():
            pytest.skip(f"PingAM's page is not beside this repository: {PAGE}")
        written = BLOCK.findall(PAGE.read_text(encoding="utf-8"))[source]
    printed = MayActScript(
        id="page", name=page, source=written, evaluator_version=version
    )

    outcome = engine.run(printed, make_bindings(identity=None))

    assert outcome.error is None
    assert outcome.stamped
    assert outcome.may_act == {"client_id": agent, "sub": f"(age!{agent})"}
    assert outcome.log == ()
    found = engine.lint(printed, outcome=outcome)
    assert {each.code for each in found} <= {"self-reference"}
