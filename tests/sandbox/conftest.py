from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import quickjs

from workbench.am.scripts.script import (
    LEGACY,
    NEXT_GENERATION,
    Bindings,
    MayActScript,
    ScriptOutcome,
)
from workbench.errors import ScriptError
from workbench.sandbox.engines.engine import QuickJSEngine
from workbench.sandbox.language.reading import ReadScript
from workbench.sandbox.language.reading import read_here as read_in
from workbench.sandbox.work.acorn_parser import AcornParser
from workbench.sandbox.work.budget import Budget

Run = Callable[..., ScriptOutcome]
MakeScript = Callable[..., MayActScript]
MakeBindings = Callable[..., Bindings]

CLIENT = {
    "clientId": "data-agent",
    "allowedScopes": ["read", "write"],
    "customProperties": {"team": "risk", "tiers": ["gold", "iron"]},
}
USER = {
    "name": "bjensen",
    "universalId": "id=bjensen,ou=user,dc=am",
    "attributes": {"mail": ["b@example.com", "babs@example.com"]},
}
REQUEST = {
    "realm": "/alpha",
    "requestUri": "https://am.example.com/am/oauth2/access_token",
    "requestParams": {"grant_type": ["client_credentials"], "scope": ["read write"]},
    "requestHeaders": {"X-Trace": ["7"]},
}


def script(source: str, version: str = NEXT_GENERATION) -> MayActScript:
    return MayActScript(
        id="1-2-3", name="May act", source=source, evaluator_version=version
    )


def bindings(**changes: object) -> Bindings:
    given: dict[str, object] = {
        "token": {"sub": "(age!data-agent)", "aud": ["a", "b"]},
        "client_properties": CLIENT,
        "identity": USER,
        "request_properties": REQUEST,
        "scopes": ("read", "write"),
        "realm": "/alpha",
    }
    return Bindings(**{**given, **changes})  # type: ignore[arg-type]


def read_here(source: str) -> ReadScript:
    """What a worker reads of a script, its tree too."""
    parse = AcornParser(quickjs)
    return read_in(source, lambda text: parse(text, Budget(60)))


@dataclass
class Answering:
    """A runner that gives one answer, whatever it is asked."""

    answer: bytes
    pid: int | None = None

    def ask(
        self, question: bytes, *, within: float, at_most: int, who: str = ""
    ) -> bytes:
        return self.answer

    def close(self) -> None:
        """There is nothing to give back."""

    def disown(self) -> None:
        """There is nothing of the parent's."""


def outcome_told(answer: bytes) -> ScriptOutcome:
    """What an engine makes of a worker's answer about an empty script."""
    engine = QuickJSEngine(in_process=True)
    engine.read("")
    engine._runner = Answering(answer)
    return engine.run(script(""), bindings())


def error_of(outcome: ScriptOutcome) -> ScriptError:
    """What kept a script from its end."""
    assert outcome.error is not None, "the script failed in nothing"
    return outcome.error


@pytest.fixture(scope="session")
def engine() -> Iterator[QuickJSEngine]:
    with QuickJSEngine() as shared:
        yield shared


@pytest.fixture
def brief_engine() -> Iterator[QuickJSEngine]:
    """An engine of its own, with a short time limit, for scripts that end it."""
    with QuickJSEngine(time_limit=0.4) as own:
        yield own


@pytest.fixture
def run(engine: QuickJSEngine) -> Run:
    """Run a next-generation script; keyword arguments change the bindings."""
    return lambda source, **changes: engine.run(script(source), bindings(**changes))


@pytest.fixture
def run_legacy(engine: QuickJSEngine) -> Run:
    """Run a legacy script; keyword arguments change the bindings."""
    return lambda source, **changes: engine.run(
        script(source, LEGACY), bindings(**changes)
    )


@pytest.fixture
def make_script() -> MakeScript:
    return script


@pytest.fixture
def make_bindings() -> MakeBindings:
    return bindings
