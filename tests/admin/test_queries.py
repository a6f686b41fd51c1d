"""Lists over REST: which are found, in which pages, with which fields."""

from urllib.parse import quote

import pytest

from workbench import Workbench

from .conftest import ALPHA, Asking

SCRIPTS = f"{ALPHA}/scripts"


@pytest.fixture
def names(wb: Workbench) -> list[str]:
    """Of the scripts that there are."""
    names = [f"script {number}" for number in range(5)]
    for name in names:
        wb.realm.add_script(name, "var a;")
    return names


def found(ask: Asking, query: str) -> list[str]:
    answer = ask("GET", f"{SCRIPTS}?{query}")
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()["result"]]


def test_all_are_found_in_order(ask: Asking, names: list[str]) -> None:
    assert found(ask, "_queryFilter=true") == names


@pytest.mark.parametrize(
    "query",
    [
        "name+eq+%22script%203%22",
        "name%20eq%20'script%203'",
        "/name+eq+%22script+3%22",
        quote('name eq "script 3"'),
    ],
)
def test_one_is_found_by_its_name(ask: Asking, names: list[str], query: str) -> None:
    assert found(ask, f"_queryFilter={query}") == ["script 3"]


def test_one_is_found_by_its_id(wb: Workbench, ask: Asking, names: list[str]) -> None:
    wanted = wb.realm.script("script 2").id

    assert found(ask, f"_queryFilter=_id+eq+'{wanted}'") == ["script 2"]


def test_quotes_in_a_name_are_found_behind_a_backslash(
    wb: Workbench, ask: Asking
) -> None:
    wb.realm.add_script('a "b" \\', "var a;")
    query = quote('name eq "a \\"b\\" \\\\"', safe="")

    assert found(ask, f"_queryFilter={query}") == ['a "b" \\']


def test_nobody_is_found_by_another_name(ask: Asking, names: list[str]) -> None:
    assert found(ask, "_queryFilter=name+eq+'nobody'") == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "_queryFilter=",
        "_queryFilter=false",
        "_queryFilter=name+co+'a'",
        "_queryFilter=name+eq+a",
        "_queryFilter=name+eq+'a'+or+true",
        "_queryFilter=!(name+eq+'a')",
        "_queryFilter=name+eq+'a",
        "_queryFilter=source+eq+'a'",
        "_queryFilter=true&_queryFilter=true",
        "_queryFilter=true&_pageSize=-1",
        "_queryFilter=true&_pageSize=two",
        "_queryFilter=true&_pageSize=2&_pagedResultsOffset=x",
        "_queryFilter=true&_pageSize=2&_pagedResultsCookie=%00",
        "_queryFilter=true&_pagedResultsCookie=1&_pagedResultsOffset=1",
        "_queryFilter=" + "(" * 5000,
        "_queryFilter=name+eq+'" + "\\" * 5000,
    ],
)
def test_a_query_that_is_not_read_is_refused(ask: Asking, query: str) -> None:
    answer = ask("GET", f"{SCRIPTS}?{query}")

    assert (answer.status_code, answer.json()["reason"]) == (400, "Bad Request")


def test_a_filter_is_named_as_ams_common_rest_names_it(ask: Asking) -> None:
    answer = ask("GET", f"{SCRIPTS}?_queryFilter=name+co+'a'")

    assert answer.json()["message"] == (
        "The value 'name co 'a'' for parameter '_queryFilter' could not be parsed as "
        "a valid query filter"
    )


def test_pages_follow_one_another_by_their_cookie(
    ask: Asking, names: list[str]
) -> None:
    seen, cookie = [], ""
    while True:
        page = ask("GET", f"{SCRIPTS}?_queryFilter=true&_pageSize=2{cookie}").json()
        seen.append([each["name"] for each in page["result"]])
        if page["pagedResultsCookie"] is None:
            break
        cookie = f"&_pagedResultsCookie={page['pagedResultsCookie']}"

    assert seen == [names[:2], names[2:4], names[4:]]


def test_a_page_begins_where_it_is_told(ask: Asking, names: list[str]) -> None:
    query = "_queryFilter=true&_pageSize=2&_pagedResultsOffset=3"
    page = ask("GET", f"{SCRIPTS}?{query}&_totalPagedResultsPolicy=EXACT").json()

    assert [each["name"] for each in page.pop("result")] == names[3:]
    assert page == {
        "resultCount": 2,
        "pagedResultsCookie": None,
        "totalPagedResultsPolicy": "EXACT",
        "totalPagedResults": 5,
        "remainingPagedResults": 0,
    }


@pytest.mark.parametrize("offset", [5, 6, 999_999_999])
def test_behind_the_last_page_is_nothing(
    ask: Asking, names: list[str], offset: int
) -> None:
    query = f"_queryFilter=true&_pageSize=999999999&_pagedResultsOffset={offset}"

    assert found(ask, query) == []


def test_only_the_fields_that_are_named_are_told(
    wb: Workbench, ask: Asking, names: list[str]
) -> None:
    first = wb.realm.script("script 0").id

    listed = ask("GET", f"{SCRIPTS}?_queryFilter=true&_fields=name,/language,none")
    alone = ask("GET", f"{SCRIPTS}/{first}?_fields=context")

    assert set(listed.json()["result"][0]) == {"_id", "_rev", "name", "language"}
    assert set(alone.json()) == {"_id", "_rev", "context"}


def test_a_field_within_a_field_is_told_alone(wb: Workbench, ask: Asking) -> None:
    wb.realm.register_client("one", secret="s")
    fields = "advancedOAuth2ClientConfig/grantTypes,_id/x,none/a"

    told = ask(
        "GET", f"{ALPHA}/realm-config/agents/OAuth2Client/one?_fields={fields}"
    ).json()

    assert set(told) == {"_id", "_rev", "advancedOAuth2ClientConfig"}
    assert set(told["advancedOAuth2ClientConfig"]) == {"grantTypes"}
