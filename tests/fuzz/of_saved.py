"""A target that opens saved benches: one is opened whole, or refused in words."""

import json
import tempfile
from functools import cache
from pathlib import Path

import httpx

from tests.fuzz.target import NOW, Target, shows_no_token
from tests.stories import agent_for_user
from workbench import Workbench
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD
from workbench.saving.fault import SavedFileError


@cache
def folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="workbench-fuzz-"))


@cache
def saved() -> bytes:
    """A bench on which things have happened."""
    with agent_for_user(Workbench(now=NOW, seed="fuzz")) as wb:
        wb.realm.update("hr-client", overrides={"accessTokenMayActScript": "[Empty]"})
        wb.client.password("hr-client", "mySecret", USER, USER_PASSWORD, scope="read")
        wb.client.authenticate(USER, USER_PASSWORD)
        return wb.save(folder() / "seed.json").read_bytes()


def saved_file(octets: bytes) -> None:
    """Any file: what is opened is saved again as it was, and can be used."""
    path, again = folder() / "bench.json", folder() / "again.json"
    path.write_bytes(octets)
    try:
        wb = Workbench.load(path)
    except SavedFileError as problem:
        shows_no_token(str(problem))
        assert "mySecret" not in str(problem)
        assert USER_PASSWORD not in str(problem)
        return
    with wb:
        wb.save(again)
        repr((wb, list(wb.audit), list(wb.transcript), wb.realms))
        answer = wb.http.get(f"{wb.realm.oauth2_url}/connect/jwk_uri")
        assert answer.status_code == 200
        form = {"grant_type": "client_credentials", "scope": "read"}
        who = {"client_id": "hr-agent", "client_secret": "mySecret"}
        url = f"{wb.realm.oauth2_url}/access_token"
        _did_not_fail(wb.http.post(url, data={**form, **who}))
        login = {"X-OpenAM-Username": USER, "X-OpenAM-Password": USER_PASSWORD}
        _did_not_fail(wb.http.post(f"{wb.realm.json_url}/authenticate", headers=login))
    document = json.loads(again.read_text())
    with Workbench.load(again) as once_more:
        once_more.save(again)
    assert json.loads(again.read_text()) == document


def _did_not_fail(answer: httpx.Response) -> None:
    """A script that is not there fails a request; nothing else does."""
    assert "Internal Server Error" not in answer.text


TARGETS = (Target("saved_file", saved_file, (saved(), b"{}", saved()[:999])),)
