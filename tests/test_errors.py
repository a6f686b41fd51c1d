"""The tree of errors: as it is drawn, and as it is."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import TypeVar

import pytest

import workbench
from workbench import errors
from workbench.errors import OAuthError, WorkbenchError

OWN_BUSINESS = {
    # Caught in the module that raises it, or in the one that called it:
    "workbench.am.basics.strict_json.RepeatedMember",
    "workbench.am.rest.value.OnlyAm",
    "workbench.course.apis.published.IssuerUnavailable",
    "workbench.course.apis.verifier.TokenUnfit",
    "workbench.saving.fault.Unfit",
    "workbench.sandbox.work.budget.OutOfTime",
    "workbench.sandbox.engines.process.Crashed",
    "workbench.sandbox.engines.process.Stopped",
    "workbench.sandbox.engines.process.TimedOut",
    "workbench.sandbox.engines.process.TooMuch",
    "workbench.server.loopback.connection.Unacceptable",
}
T = TypeVar("T", bound=BaseException)

LINE = re.compile(r"(?P<branch>[│├└─ ]*)(?P<name>[A-Z]\w+)(?P<rest>.*)")


def import_everything() -> None:
    for module in pkgutil.walk_packages(workbench.__path__, "workbench."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def drawn_lines() -> list[re.Match[str]]:
    """The lines of the tree in the docstring."""
    text = errors.__doc__ or ""
    tree = text[text.index("\nWorkbenchError\n") :].strip().splitlines()
    return [found for line in tree if (found := LINE.fullmatch(line))]


def draw(
    cls: type[Exception], order: dict[str, int], branch: str = ""
) -> Iterator[str]:
    """The tree below a class, in the order in which the docstring has it."""
    yield f"{branch}{cls.__name__}"
    inner = branch.replace("├── ", "│   ").replace("└── ", "    ")
    below = [each for each in subclasses(cls) if each.__bases__[0] is cls]
    below.sort(key=lambda each: (order.get(each.__name__, 1000), each.__name__))
    for each in below:
        last = each is below[-1]
        yield from draw(each, order, inner + ("└── " if last else "├── "))


def subclasses(cls: type[T]) -> set[type[T]]:
    """The classes of the package that derive directly from this one."""
    return {
        each
        for each in cls.__subclasses__()
        if each.__module__.startswith("workbench.")
    }


def all_below(cls: type[T]) -> set[type[T]]:
    return {each for child in cls.__subclasses__() for each in all_below(child)} | {cls}


def test_the_tree_is_drawn_as_it_is() -> None:
    import_everything()
    lines = drawn_lines()

    order = {line["name"]: number for number, line in enumerate(lines)}
    drawn = [line["branch"] + line["name"] for line in lines]
    assert drawn == list(draw(WorkbenchError, order))


def test_the_tree_says_what_goes_over_the_wire() -> None:
    import_everything()
    refusals = {each.__name__: each for each in all_below(OAuthError)}

    said = {}
    for line in drawn_lines():
        wire = re.match(r" +(\d{3})(?: or \d{3})? (\w+)", line["rest"])
        if wire:
            said[line["name"]] = (int(wire[1]), wire[2])

    sent = {name: (cls.status, cls.error) for name, cls in refusals.items()}
    sent["InvalidClient"] = (400, "invalid_client")  # its status is the request's
    assert said == {n: sent[n] for n in refusals if n not in ("OAuthError", "ByScript")}


def test_nothing_else_is_raised_across_modules() -> None:
    import_everything()

    others = {
        f"{each.__module__}.{each.__name__}"
        for each in all_below(BaseException)
        if each.__module__.startswith("workbench.")
        and not issubclass(each, WorkbenchError)
    }
    assert others <= OWN_BUSINESS


@pytest.mark.parametrize("name", [line["name"] for line in drawn_lines()])
def test_every_error_says_when_it_is_raised(name: str) -> None:
    import_everything()
    classes = {each.__name__: each for each in all_below(WorkbenchError)}

    assert (classes[name].__doc__ or "").strip()
