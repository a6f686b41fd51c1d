"""The description that the server publishes of itself, held against what it is."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import workbench.server
from workbench import Workbench
from workbench.server.endpoints.table import OAUTH2, REST
from workbench.server.grants.table import GRANTS
from workbench.server.openapi.operations import OPERATIONS
from workbench.server.openapi.parameters import PARAMETERS, VALUES

SERVER = Path(workbench.server.__file__).parent
URL = "https://am.example.com:8443/openapi.json"
READS = {"get", "require"}
SENT = {"parameters", "query", "sent", "form_and_query"}
"""What the code calls the parameters of a request."""


@pytest.fixture
def description(wb: Workbench) -> Any:
    return wb.http.get(URL).json()


def test_every_endpoint_and_method_is_described_and_no_other() -> None:
    tables = {path: set(methods) for path, methods in {**OAUTH2, **REST}.items()}

    assert {path: set(said) for path, said in OPERATIONS.items()} == tables


def test_every_path_of_a_realm_is_there(description: Any) -> None:
    oauth2, json = (f"/{each}/realms/root/realms/alpha" for each in ("oauth2", "json"))

    assert set(description["paths"]) == {
        *(f"{oauth2}{path}" for path in OAUTH2),
        *(f"{json}{path}" for path in REST),
    }


def test_an_operation_is_called_what_its_endpoint_says_it_does(
    description: Any,
) -> None:
    said = [each for path in description["paths"].values() for each in path.values()]

    assert all(each["summary"] for each in said)
    assert len({each["operationId"] for each in said}) == len(said)


def read_parameters() -> Iterator[str]:
    """Every parameter that an endpoint or a grant asks a request for by its name."""
    for folder in ("endpoints", "grants", "request"):
        for file in (SERVER / folder).glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and asks(node.func):
                    yield from (
                        each.value
                        for each in node.args
                        if isinstance(each, ast.Constant)
                        and isinstance(each.value, str)
                    )


def asks(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute) or called.attr not in READS:
        return False
    asked = called.value
    name = asked.attr if isinstance(asked, ast.Attribute) else getattr(asked, "id", "")
    return name in SENT


def test_every_parameter_that_the_server_reads_is_described() -> None:
    described = {
        *(name for grant in GRANTS.values() for name in (*grant.needs, *grant.takes)),
        *(
            name
            for methods in OPERATIONS.values()
            for said in methods.values()
            for name in (*said.query, *said.headers, *said.form, *said.needs)
        ),
    }
    read = set(read_parameters())

    assert len(read) > 20
    assert (
        read - described - {"action"} == set()
    )  # the pages' other spelling of _action
    assert described == set(PARAMETERS)
    assert set(VALUES) <= described


@pytest.mark.parametrize(
    "name", [name for name, grant in GRANTS.items() if grant.needs]
)
def test_a_grant_misses_exactly_what_is_described_as_needed(
    story: Workbench, name: str
) -> None:
    everything = list(GRANTS)
    story.provider.grantTypes = tuple(everything)
    story.realm.update("risk-agent", grant_types=everything)
    form = {
        "grant_type": name,
        "client_id": "risk-agent",
        "client_secret": "mySecret",
        "scope": "read",
    }

    answer = story.http.post(f"{story.realm.oauth2_url}/access_token", data=form)

    assert answer.status_code == 400
    told = answer.json()["error_description"]
    if told.startswith("Missing parameters"):
        assert told == f"Missing parameters: {' '.join(GRANTS[name].needs)}"


def test_another_realm_has_its_own_paths(wb: Workbench) -> None:
    wb.realms.add("beta")

    described = wb.http.get(URL, params={"realm": "/beta"}).json()

    assert "/oauth2/realms/root/realms/beta/access_token" in described["paths"]
    assert described["info"]["title"] == "Delegation workbench, the realm beta"


def test_the_server_is_the_one_that_the_bench_is_told_to_be() -> None:
    with Workbench(base_url="http://127.0.0.1:1/am") as wb:
        described = wb.http.get("http://127.0.0.1:1/openapi.json").json()

    assert described["servers"] == [{"url": "http://127.0.0.1:1/am"}]


def test_an_unknown_realm_and_another_method_are_refused(wb: Workbench) -> None:
    unknown = wb.http.get(URL, params={"realm": "nowhere"})
    posted = wb.http.post(URL)

    assert (unknown.status_code, unknown.json()["message"]) == (404, "Realm not found")
    assert (posted.status_code, posted.headers["allow"]) == (405, "GET")


def test_members_of_a_registration_are_described_as_their_settings_are(
    description: Any,
) -> None:
    members = description["components"]["schemas"]["Registration"]["properties"]

    assert members["subject_type"]["enum"] == ["public", "pairwise"]
    assert members["access_token_lifetime"]["type"] == "integer"
    assert members["jwks"]["type"] == "object"
