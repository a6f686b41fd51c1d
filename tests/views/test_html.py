import re

import pytest
from markupsafe import Markup

from workbench.views.page.html import PAGE_CSS, bad, code, escape, good, page, table
from workbench.views.page.plain import (
    columns,
    disclosed_value,
    elide_token,
    inline,
    pretty,
    set_lines,
    visible_text,
    when,
)
from workbench.views.page.style import style

STYLE = style(PAGE_CSS)


def test_escapes_what_has_a_meaning_in_html() -> None:
    assert escape('<a href="x">\'&') == "&lt;a href=&quot;x&quot;&gt;&#x27;&amp;"


def test_does_not_escape_twice() -> None:
    assert escape(escape("<b>")) == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\x00", "␀"),
        ("\x1b", "␛"),
        ("\x7f", "␡"),
        ("\u202e", "⟨U+202E⟩"),
        ("\u200b", "⟨U+200B⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("\u00a0", " "),
        ("é", "é"),
    ],
)
def test_makes_what_hides_visible(character: str, shown: str) -> None:
    assert visible_text(f"a{character}b") == f"a{shown}b"


def test_keeps_the_style_small_and_scoped() -> None:
    rules = re.sub(r"@media[^{]*\{|</?style>", "", STYLE).split("}")
    selectors = [rule.partition("{")[0].strip() for rule in rules]

    assert len(STYLE.encode()) < 4096
    assert all(".wb" in each for each in selectors if each)


def test_a_long_value_breaks_where_a_reader_would_and_nowhere_else() -> None:
    url = "https://am.example.com:8443/am/oauth2?a=1&b=<i>"

    assert code(url) == (
        "<code>https://<wbr>am.<wbr>example.<wbr>com:<wbr>8443/<wbr>am/<wbr>oauth2?"
        "<wbr>a=1&amp;<wbr>b=&lt;i&gt;</code>"
    )
    assert code("am.example.com") == "<code>am.example.com</code>"


def test_every_page_stands_alone() -> None:
    assert page("x") == f'<div class="wb">{STYLE}x</div>'


def test_a_table_has_a_title_and_names_its_rows_and_columns() -> None:
    assert table(("A", "B"), [("<i>", Markup("<b>2</b>"))], caption="Title") == (
        "<table><caption>Title</caption>"
        '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
        '<tbody><tr><th scope="row">&lt;i&gt;</th><td><b>2</b></td></tr></tbody>'
        "</table>"
    )


def test_a_table_without_a_visible_title_has_one_for_screen_readers() -> None:
    assert table(("A",), [], label="Title").startswith('<table aria-label="Title">')


def test_good_and_bad_differ_in_more_than_colour() -> None:
    assert "✓ passed" in good("passed")
    assert "✗ failed" in bad("failed")


def test_elides_long_tokens_only() -> None:
    assert elide_token("a" * 10 + "b" * 50 + "c" * 6) == "a" * 10 + "…" + "c" * 6
    assert elide_token("short") == "short"


@pytest.mark.parametrize("name", ["client_secret", "password", "client_assertion"])
def test_hides_secrets(name: str) -> None:
    assert disclosed_value(name, "mySecret") == "••••••••"


def test_shows_only_the_scheme_of_an_authorization() -> None:
    assert disclosed_value("Authorization", "Basic cjpz") == "Basic ••••••••"


@pytest.mark.parametrize("name", ["Authorization", "Proxy-Authorization"])
@pytest.mark.parametrize("value", ["mySecret", "mySecret and more", " mySecret"])
def test_what_is_no_scheme_may_be_the_secret(name: str, value: str) -> None:
    assert disclosed_value(name, value) == "••••••••"


def test_hides_secrets_and_elides_tokens_inside_json() -> None:
    value = {"a": [{"client_secret": "s", "access_token": "x" * 40}]}

    assert pretty(value) == (
        '{\n  "a": [\n    {\n      "client_secret": "••••••••",\n'
        f'      "access_token": "{"x" * 10}…{"x" * 6}"\n    }}\n  ]\n}}'
    )


def test_shows_json_that_is_nested_beyond_reason() -> None:
    value: list[object] = []
    for _ in range(100_000):
        value = [value]

    assert pretty(value) == inline(value) == "(nested too deeply to be shown)"


def test_counts_what_is_too_long_to_be_read() -> None:
    assert inline("x" * 12_005).endswith("x… (5 more characters)")


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (1_790_000_000, "2026-09-21 14:13:20 UTC"),
        (10**30, f"{10**30} (not a date)"),
        (float("nan"), "nan (not a date)"),
        ("soon", "soon"),
        (True, "true"),
    ],
)
def test_shows_times_as_dates(seconds: object, shown: str) -> None:
    assert when(seconds) == shown


def test_aligns_columns_of_text() -> None:
    assert columns([("a", "b"), ("long", "c")]) == "a     b\nlong  c"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, []),
        ("one line", 10, ["one line"]),
        (
            "new token: sub update-agent, no act",
            31,
            ["new token: sub", "update-agent, no act"],
        ),
        (
            "https://am.example.com:8443/am/oauth2/realms",
            36,
            ["https://am.example.com:8443/am/", "oauth2/realms"],
        ),
        ("a xxxxxxxxxxxxxxxxxxxx", 12, ["a xxxxxxxxxx", "xxxxxxxxxx"]),
    ],
)
def test_lines_leave_no_word_alone_and_break_a_url_behind_a_slash(
    text: str, width: int, lines: list[str]
) -> None:
    assert set_lines(text, width) == lines
