"""Options of the benchmarks: keep the figures, and measure the large sizes too."""

import pytest

from tests.bench import figures


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--figures", action="store_true", help="keep the figures as JSON")
    parser.addoption("--long", action="store_true", help="up to a million of each")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.getoption("--figures", default=False) and figures.NOTED:
        figures.keep()


@pytest.fixture
def long_form(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--long"))
