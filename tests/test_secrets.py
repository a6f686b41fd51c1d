"""One module says what is secret."""

import ast
from pathlib import Path

import pytest

import workbench
from workbench import Workbench
from workbench.am.basics.secrets import (
    HIDDEN_PARAMETERS,
    MASK,
    SECRETS,
    TOKENS,
)

PACKAGE = Path(workbench.__file__).parent
THE_MODULE = PACKAGE / "am" / "basics" / "secrets.py"
NAMES = SECRETS | {"authorization", "proxy-authorization"}


def secrets_listed(path: Path) -> list[str]:
    """The lists of a module that name more than one secret."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Set | ast.List | ast.Tuple)
        and sum(_names_a_secret(each) for each in node.elts) > 1
    ]


def _names_a_secret(node: ast.expr) -> bool:
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, str) and value.lower() in NAMES


def test_no_other_module_lists_secrets() -> None:
    others = set(PACKAGE.rglob("*.py")) - {THE_MODULE}

    listed = {path.name: found for path in others if (found := secrets_listed(path))}

    assert listed == {}
    assert len(secrets_listed(THE_MODULE)) == 3


def test_no_other_module_spells_the_mask() -> None:
    spelt = [p.name for p in PACKAGE.rglob("*.py") if MASK in p.read_text("utf-8")]

    assert spelt == [THE_MODULE.name]


def test_what_scripts_do_not_see_nobody_is_shown() -> None:
    assert HIDDEN_PARAMETERS <= SECRETS


def test_names_are_compared_in_lower_case_and_are_secret_or_cut_short() -> None:
    assert all(name.islower() for name in SECRETS | TOKENS)
    assert SECRETS.isdisjoint(TOKENS)


@pytest.mark.parametrize("service", ["oauth2", "json", "other"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_token_in_a_path_that_is_not_there_is_not_kept(
    story: Workbench, service: str, method: str
) -> None:
    token = story.client.client_credentials("risk-agent", "mySecret", scope="read")
    path = f"https://am.example.com:8443/am/{service}/{token.access_token}"

    story.http.request(method, f"{path}%1b[31m")

    event = story.audit[-1]
    assert event.status == 404
    assert token.access_token[-40:] not in repr(event)
    assert token.access_token[:60] not in repr(event)
    assert "\x1b" not in event.summary + event.hint
