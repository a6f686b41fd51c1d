"""What an attack lab is: a request, the one thing that the attack changes, the rule."""

import ast
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from textwrap import dedent
from typing import TYPE_CHECKING, Any, Protocol

from workbench.course.on_bench import Bench

if TYPE_CHECKING:
    from workbench.course.apis.next_door import RiskApis
    from workbench.course.mcp.opened import McpServer


class LabBench(Bench, Protocol):
    """What labs need of a ``Workbench``: APIs next door too."""

    def open_apis(self, *callers: str) -> "RiskApis":
        """Open the APIs that take the tokens of this bench."""

    @property
    def apis(self) -> "RiskApis":
        """These APIs."""

    def open_mcp(self, *callers: str, onward: str = "exchange") -> "McpServer":
        """Open the MCP server in front of them."""

    @property
    def mcp(self) -> "McpServer":
        """This server."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One message of an attack, for a picture.

    Attributes:
        source: Who sends it.
        target: Who gets it.
        what: The message in a few words.
        stopped: The rule or the check that stops it there; "" where it passes.
    """

    source: str
    target: str
    what: str
    stopped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """An attack, and what stops it.

    Attributes:
        slug: Its name in code.
        title: Its name as experts use it.
        group: What is attacked, as a heading.
        story: What goes on, in two or three sentences.
        task: What a learner is asked to do.
        prepare: Makes the bench ready.
        send: The usual request. Its parameters, with their usual values as defaults,
            are what a learner may change; the body is shown as code.
        attack: The one parameter that the attack changes, with its value there.
        answer: What PingAM, or the API, answers to the attack.
        granted: Whether PingAM lets it through; then the defence is elsewhere.
        stopped_by: The statement of the rule that stops it, or what else does.
        rule: Whether that is a rule of the exchange.
        turn: Takes the defence away; where PingAM has none, puts one up. Gives
            parameters of ``send`` that are others then.
        turned: What the answer is then.
        evidence: What stands in the audit trail or an API's log of the attack, as
            sentences; the lab is solved once there is one.
        harm: Whether the attack succeeded, by the answer that it brought.
        notice: How an administrator would notice.
        fix: What to do about it.
        sources: Documents that say so.
        arrows: Its messages in order.
        hints: Three, each telling more.
        needs: What has to be installed; "" where that is nothing more.
    """

    slug: str
    title: str
    group: str
    story: str
    task: str
    prepare: Callable[[LabBench], None] = field(repr=False)
    send: Callable[..., Any] = field(repr=False)
    attack: Mapping[str, Any]
    answer: str
    granted: bool = False
    stopped_by: str
    rule: bool = True
    turn: Callable[[LabBench], Mapping[str, Any] | None] = field(repr=False)
    turned: str
    evidence: Callable[[LabBench], tuple[str, ...]] = field(repr=False)
    harm: Callable[[LabBench, Any], bool] = field(repr=False)
    notice: str
    fix: str
    sources: tuple[str, ...]
    arrows: tuple[Leg, ...]
    hints: tuple[str, str, str]
    needs: str = ""

    @property
    def usual(self) -> Mapping[str, Any]:
        """The parameters of the usual request."""
        return {
            name: each.default
            for name, each in inspect.signature(self.send).parameters.items()
            if name != "wb"
        }

    @property
    def usual_code(self) -> str:
        """The usual request as code for a cell."""
        return request_code(self.send, self.usual)

    @property
    def attack_code(self) -> str:
        """The attack as code for a cell: one value is another."""
        return request_code(self.send, {**self.usual, **self.attack})

    @property
    def turn_code(self) -> str:
        """What takes the defence away, or puts it up, as code for a cell."""
        return "\n".join(_GIVES.sub(r"\1 = \2", line) for line in _body(self.turn))

    @property
    def turned_code(self) -> str:
        """The attack without the defence, or against the one put up, as code."""
        given = {**self.usual, **self.attack}
        set_before = {name for name, _ in _GIVES.findall("\n".join(_body(self.turn)))}
        left = {name: each for name, each in given.items() if name not in set_before}
        return f"{self.turn_code}\n{request_code(self.send, left)}"

    def try_usual(self, bench: LabBench) -> Any:
        """Send the usual request."""
        return self.send(bench)

    def try_attack(self, bench: LabBench, **changed: Any) -> Any:
        """Send the attack; ``changed`` as :attr:`turn` gave it."""
        return self.send(bench, **{**self.attack, **changed})


_GIVES = re.compile(r'^return \{"(\w+)": (.*)\}$', re.MULTILINE)
"""How a defence's function names a parameter that is another without it."""


def request_code(send: Callable[..., Any], values: Mapping[str, Any]) -> str:
    """A function's body as code, with its parameters as lines above it."""
    given = [f"{name} = {_spelt(value)}" for name, value in values.items()]
    return "\n".join([*given, *_body(send)])


def _spelt(value: Any) -> str:
    """A value as our code spells it."""
    return str(value) if not isinstance(value, str) else f'"{value}"'


@cache
def _body(function: Callable[..., Any]) -> tuple[str, ...]:
    """The lines of a function below its docstring, without ``return``."""
    source = dedent(inspect.getsource(function))
    (defined,) = ast.parse(source).body
    assert isinstance(defined, ast.FunctionDef)
    told = ast.get_docstring(defined) is not None
    first = defined.body[1 if told else 0]
    lines = dedent("\n".join(source.splitlines()[first.lineno - 1 :])).splitlines()
    return tuple(
        line if _GIVES.match(line) else line.removeprefix("return ") for line in lines
    )
