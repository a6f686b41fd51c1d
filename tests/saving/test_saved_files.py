"""What is no saved bench is refused, with the place and the reason."""

import gzip
import json
import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.stories import (
    SECRET,
    app_tokens,
    ask_own_token,
    login,
    modify_tokens,
    own_token,
    person_with_app,
)
from workbench import Workbench
from workbench.am.basics.setting import settings_of
from workbench.am.basics.validation import LARGEST
from workbench.am.settings.provider import ProviderSettings
from workbench.errors import SettingError, WorkbenchError
from workbench.saving.fault import SavedFileError
from workbench.saving.tables import MEMBERS

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def saved(story: Workbench, tmp_path: Path) -> Path:
    """A bench that was used, in a file."""
    story.realm.add_user("bjensen", password="Secret12!")
    story.provider.statelessTokensEnabled = False
    ask_own_token(story)
    story.client.authenticate("bjensen", "Secret12!")
    return story.save(tmp_path / "bench.json")


def refusal(path: Path) -> str:
    with pytest.raises(SavedFileError) as caught:
        Workbench.load(path)
    return str(caught.value)


def changed(path: Path, *keys: str | int, to: Any) -> Path:
    """The file with another value at one place."""
    document = place = json.loads(path.read_text("ascii"))
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = to
    path.write_text(json.dumps(document), "ascii")
    return path


def test_only_its_owner_can_read_a_file(saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_a_file_is_readable_and_says_what_it_holds(saved: Path) -> None:
    text = saved.read_text("ascii")

    document = json.loads(text)
    assert tuple(document) == tuple(MEMBERS)
    assert document["format"] == "delegation-workbench"
    assert document["version"] == 1
    assert document["keys"] is True
    assert "secrets" in document["about"]
    assert text.startswith('{\n "format": "delegation-workbench",\n "version": 1,\n')


def test_what_is_there_is_replaced(saved: Path, wb: Workbench) -> None:
    before = list(saved.parent.iterdir())

    assert wb.save(str(saved)) == saved

    with Workbench.load(saved) as again:
        assert len(again.audit) == len(wb.audit)
    assert list(saved.parent.iterdir()) == before


def test_a_link_is_followed(saved: Path, wb: Workbench) -> None:
    link = saved.parent / "link"
    link.symlink_to(saved)

    wb.save(link)

    assert link.is_symlink()
    assert not saved.is_symlink()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (gzip.compress(b"{}", mtime=0), "is compressed (gzip); unpack it first"),
        (b"PK\x03\x04", "is a ZIP archive"),
        (
            b"SQLite format 3\x00",
            "is a store; Workbench.stored(path) and serve --store",
        ),
        (b'{"nbformat": 4, "cells": []}', "it is a notebook"),
        (b"{}", 'it is another file: no "format": "delegation-workbench" in it'),
        (b"[1]", "it is another file"),
        (b"null", "it is another file"),
        (b"\xff\xfe{}", "octet 0 is no text in UTF-8"),
        (b"\xef\xbb\xbf{}", "it is no JSON, Unexpected UTF-8 BOM"),
        (b"{'a': 1}", "line 1, column 2"),
        (b'{"a": NaN}', "a number is too large, or none at all"),
        (b'{"a": 1e999}', "a number is too large, or none at all"),
        (b'{"a": ' + b"9" * 5000 + b"}", "Exceeds the limit"),
        (b'{"a": 1, "a": 2}', "the member a stands twice in one object"),
        (b"[" * 100_000, "it is nested too deep"),
        (b'{"a": "\x00"}', "it is no JSON, Invalid control character"),
    ],
)
def test_another_file_is_told_for_what_it_is(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    assert words in refusal(path)


def test_a_file_that_cannot_be_read_is_told_apart(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none").startswith("There is no file ")
    assert refusal(tmp_path).endswith("is a folder; a saved bench is a file.")
    assert refusal(Path("a\x00b")) == "The name of a file has no NUL in it."
    if os.geteuid():  # root reads everything
        closed = tmp_path / "closed"
        closed.write_text("{}")
        closed.chmod(0)
        assert "Permission denied" in refusal(closed)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_file_that_ends_too_early_is_refused(saved: Path, part: float) -> None:
    octets = saved.read_bytes()
    saved.write_bytes(octets[: int(len(octets) * part)])

    assert "(line " in refusal(saved)


def test_a_newer_file_is_refused_as_newer(saved: Path) -> None:
    told = refusal(changed(saved, "version", to=2))

    assert "version 2, and this workbench knows 1; a newer workbench wrote it" in told


@pytest.mark.parametrize("version", [0, -1, "1", None, 1.0, True, [], 10**30])
def test_a_version_is_a_number(saved: Path, version: Any) -> None:
    assert "version" in refusal(changed(saved, "version", to=version))


ALPHA = ("realms", "/alpha")
CLIENT = (*ALPHA, "tables", "clients", "data-agent")
BAD: list[tuple[tuple[str | int, ...], Any, str]] = [
    (("more",), 1, "nothing is called more"),
    (("server",), [], "an object belongs here at $.server"),
    (("server", "seed"), 5, "a text belongs here at $.server.seed"),
    (("server", "base_url"), "ftp://x", "The base URL"),
    (("server", "base_url"), "", "The base URL"),
    (("server", "frozen_at"), 10**30, "number is too large at $.server.frozen_at"),
    (("server", "frozen_at"), 10**13, "before the year 10000"),
    (("server", "frozen_at"), -1, "whole seconds"),
    (("server", "frozen_at"), True, "a whole number belongs here"),
    (("server", "ahead"), 10**18, "beyond the year 9999"),
    (("server", "ahead"), 1.5, "a whole number belongs here"),
    (("server", "properties"), {"a": 1}, "a text belongs here at $.server.properties"),
    (("server", "own_realm"), "/beta", "the bench's own"),
    (("server", "realms"), ["/", "/alpha", "/alpha"], "realms: each once"),
    (("server", "realms"), ["/alpha"], "stands below one that is there"),
    (("server", "realms"), ["/", "/alpha", "/../x"], "at $.server"),
    (("realms", "/gamma"), {}, "at $.realms"),
    (("realms", "/"), None, "an object belongs here at $.realms['/']"),
    ((*ALPHA, "settings", "profile", "loops"), "x", "loops is one of allow, refuse"),
    ((*ALPHA, "settings", "profile", "new"), 1, "nothing is called new here"),
    ((*ALPHA, "settings", "provider", "codeLifetime"), "9", "a whole number belongs"),
    ((*ALPHA, "settings", "provider", "codeLifetime"), -9, "cannot be negative"),
    ((*ALPHA, "progress", "ids_given"), -1, "nothing is counted below 0"),
    ((*ALPHA, "progress", "tracking"), ["x"], "a list of 2 belongs here"),
    ((*ALPHA, "progress", "bounds"), {"tokens": [0, 0]}, "keeps 1 or more"),
    ((*ALPHA, "trail", "most"), 0, "most is 1 or more"),
    ((*ALPHA, "tables", "weird"), {}, "there is no such table at $.realms['/alpha']"),
    ((*ALPHA, "tables", "clients"), [], "there is no such table"),
    ((*CLIENT, "scopes"), ["read", 1], "$.realms['/alpha'].tables['clients']"),
    ((*CLIENT, "scopes"), "read", "a list belongs here"),
    ((*CLIENT, "client_id"), "other", "it stands under a name other than its own"),
    ((*CLIENT, "client_id"), "a\x00b", "none of them control characters"),
    ((*CLIENT, "kind"), "human", "the kind is one of: OAuth2 client, AI agent"),
    ((*CLIENT, "kind"), [], "the kind is one of"),
    ((*CLIENT, "group"), "gone", "There is no group 'gone'"),
    ((*CLIENT, "jwks"), "{", "jwks"),
    ((*CLIENT, "overrides", "issueRefreshToken"), 1, "true or false belongs here"),
    ((*ALPHA, "tables", "people", "bjensen", "password"), "", "needs a password"),
    ((*ALPHA, "tables", "people", "bjensen", "name"), "a b", "without spaces"),
    ((*ALPHA, "tables", "people", "\ud800"), {}, "at $.realms"),
    ((*ALPHA, "tables", "revoked tokens"), {"x": [1]}, "a list of 2 belongs here"),
    ((*ALPHA, "tables", "tokens"), {"x": 5}, "an object belongs here"),
    ((*ALPHA, "tables", "keys"), {"none": []}, "a list of keys for HS256"),
    ((*ALPHA, "tables", "keys"), {"HS256": []}, "a list of keys for HS256"),
    ((*ALPHA, "tables", "keys"), {"RS256": [{"kty": "oct"}]}, "a private JWK"),
    ((*ALPHA, "tables", "keys"), {"RS256": [{"kty": "RSA"}]}, "a private JWK"),
    ((*ALPHA, "tables", "keys"), {"ES256": ["x"]}, "a private JWK"),
    ((*ALPHA, "tables", "further keys"), {"x": "é"}, "octets in Base64url"),
    (("audit", 0, "time"), 10**12, "a time lies in the years 1970 to 9999"),
    (("audit", 0, "kind"), None, "a text belongs here at $.audit[0].kind"),
    (("audit", 0, "decision"), {"granted": 1}, "granted is true or false"),
    (("audit", 0, "decision"), {"granted": True}, "is missing"),
    (("audit", 0, "scripts"), [{"script": {}}], "an object with context belongs here"),
    (("audit", 0, "scripts"), [{"script": {"context": "X"}}], "no script context"),
    (("history", "calls"), {}, "calls are a list"),
    (("history", "most"), 0, "most is 1 or more"),
    (("history", "names"), [], "names are an object"),
    (("history", "names"), {"a\nb": 1}, "each a text of one line"),
    (("history", "names"), {"a": "1"}, "a whole number belongs here"),
    (("history", "names"), {"a": 1, "b": 1}, "a call has one name"),
    (("history", "calls", 0, "status"), "200", "a whole number belongs here"),
    (("history", "calls", 0, "sent"), [["a", "\u2028"]], "a header is in Latin-1"),
    (("history", "calls", 0, "sent"), [["a"]], "a list of 2 belongs here"),
    (("history", "calls", 0, "answer"), "\ud800", "half a character is no text"),
    (("history", "calls", 0, "answer"), 5, "a text, or octets in Base64url"),
    (("history", "calls", 0, "event"), 99, "the place of an event in the audit"),
    (("history", "calls", 0, "event"), -1, "the place of an event in the audit"),
    (("history", "calls", 0, "event"), "0", "a whole number belongs here"),
    (("history", "calls", 0, "more"), 5, "an object with method, url, sent"),
]


@pytest.mark.parametrize(("keys", "value", "words"), BAD, ids=str)
def test_a_value_that_cannot_be_is_refused_with_its_place(
    saved: Path, keys: tuple[str | int, ...], value: Any, words: str
) -> None:
    told = refusal(changed(saved, *keys, to=value))

    assert words in told
    assert told.startswith(str(saved))


def test_every_member_is_needed(saved: Path) -> None:
    document = json.loads(saved.read_text("ascii"))
    for name in document:
        rest = {key: value for key, value in document.items() if key != name}
        saved.write_text(json.dumps(rest), "ascii")
        assert name in refusal(saved)


def test_no_fault_tells_a_secret(saved: Path) -> None:
    document = json.loads(saved.read_text("ascii"))
    tables = document["realms"]["/alpha"]["tables"]
    tables["clients"]["data-agent"] |= {"secret": ["mySecret"], "scopes": "mySecret"}
    tables["people"]["bjensen"] |= {"active": "Secret12!"}
    tables["tokens"] = {token: 1 for token in tables["tokens"]}
    tables["sessions"] = {token: 1 for token in tables["sessions"]}
    known = [*tables["tokens"], *tables["sessions"], "mySecret", "Secret12!"]
    assert tables["tokens"]
    assert tables["sessions"]
    for name in ("clients", "people", "tokens", "sessions"):
        document["realms"]["/alpha"]["tables"] = {name: tables[name]}
        saved.write_text(json.dumps(document), "ascii")
        told = refusal(saved)
        assert not [each for each in known if each in told], told


def test_many_faults_are_counted(saved: Path) -> None:
    told = refusal(changed(saved, "audit", to=[1] * 1000))

    assert told.endswith("; and 997 more.")
    assert len(told) < 1000


def test_a_file_that_is_refused_changes_nothing(saved: Path, story: Workbench) -> None:
    before = saved.read_bytes()
    broken = saved.parent / "broken"
    broken.write_bytes(before)
    changed(broken, "audit", 3, "kind", to=1)

    with pytest.raises(SavedFileError):
        story.restore(broken)

    assert story.save(broken).read_bytes() == before


def test_a_bench_is_restored_only_to_one_of_the_same_place(saved: Path) -> None:
    with (
        Workbench(realm="beta") as other,
        pytest.raises(SavedFileError, match="with the realm /alpha") as caught,
    ):
        other.restore(saved)
    assert caught.value.call == "Workbench.load(path) opens it."


@pytest.mark.parametrize(
    "exp", ["1e25", "-1e25", "9223372036854775807", "9007199254740993", "0"]
)
@pytest.mark.parametrize("stateless", [True, False])
def test_whenever_a_script_lets_a_token_end_the_bench_is_opened_again(
    story: Workbench, tmp_path: Path, exp: str, stateless: bool
) -> None:
    story.provider.statelessTokensEnabled = stateless
    modify_tokens(story, f'accessToken.setField("exp", {exp});')
    token = own_token(story, "risk-agent")
    story.client.revoke("risk-agent", SECRET, token)

    path = story.save(tmp_path / "file")

    assert len(Workbench.load(path, engine=story.engine).realm.scripts) == 2


@pytest.mark.parametrize("number", [LARGEST, LARGEST + 1, 10**30])
def test_whatever_number_can_be_set_can_be_saved_and_opened(
    story: Workbench, tmp_path: Path, number: int
) -> None:
    person_with_app(story)
    wholes = [
        n for n, said in settings_of(ProviderSettings).items() if said.kind is int
    ]
    sets: list[Callable[[], object]] = [
        lambda: story.realm.update("risk-agent", access_token_lifetime=number),
        lambda: story.profile.but(max_chain_depth=number),
        *(partial(story.realm.set_provider, **{name: number}) for name in wholes),
    ]
    for each in sets:
        if number <= LARGEST:
            each()
        else:
            with pytest.raises(WorkbenchError, match="at most"):
                each()
    login(story)
    own_token(story, "risk-agent")
    app_tokens(story, None)

    path = story.save(tmp_path / "file")

    assert "risk-agent" in Workbench.load(path, engine=story.engine).realm.clients


@pytest.mark.parametrize("most", [2**63 - 1, 2**63, 10**5000], ids=["", "one", "many"])
def test_no_bound_is_larger_than_a_file_can_have(
    wb: Workbench, tmp_path: Path, most: int
) -> None:
    for bounded in (wb.audit, wb.transcript, wb.realm.tokens):
        if most < 2**63:
            bounded.most = most
        else:
            with pytest.raises(SettingError, match="most is a whole number"):
                bounded.most = most

    assert Workbench.load(wb.save(tmp_path / "file"), engine=wb.engine)


def test_a_value_that_json_lacks_is_told(wb: Workbench, tmp_path: Path) -> None:
    wb.surroundings.idm["x"] = {"a": float("nan")}

    with pytest.raises(SavedFileError, match="none of JSON's"):
        wb.save(tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_is_told(wb: Workbench, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no folder" / "file", Path("a\x00b")):
        with pytest.raises(SavedFileError, match="cannot be written"):
            wb.save(path)
    assert list(tmp_path.iterdir()) == []
