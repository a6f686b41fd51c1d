"""Whose collections a URL means, in each form that AM has."""

import pytest

from workbench import Workbench

from .conftest import ALPHA, BASE, Asking, log_in

ALL = "_queryFilter=true"


@pytest.fixture
def several(wb: Workbench) -> Workbench:
    """Somebody in each realm, called as the realm is."""
    for name in ("beta", "alpha/sub"):
        wb.realms.add(name)
    for path, realm in wb.realms.items():
        realm.add_user(path.rpartition("/")[2] or "top", password="s")
    return wb


@pytest.mark.parametrize(
    ("path", "whose"),
    [
        (f"/realms/root/users?{ALL}", "top"),
        (f"/users?{ALL}", "top"),
        (f"{ALPHA}/users?{ALL}", "alpha"),
        (f"/alpha/users?{ALL}", "alpha"),
        (f"{ALPHA}/realms/sub/users?{ALL}", "sub"),
        (f"/alpha/sub/users?{ALL}", "sub"),
        (f"/users?{ALL}&realm=/beta", "beta"),
        (f"/alpha/users?realm=beta&{ALL}", "beta"),
        (f"/realms/root/realms/beta/users/?{ALL}", "beta"),
    ],
)
def test_each_form_of_url_means_its_realm(
    several: Workbench, ask: Asking, path: str, whose: str
) -> None:
    answer = ask("GET", path)

    assert [each["_id"] for each in answer.json()["result"]] == [whose]


@pytest.mark.parametrize(
    "path",
    [
        f"/realms/root/realms/gamma/users?{ALL}",
        f"{ALPHA}/realms/gamma/users?{ALL}",
        f"/users?{ALL}&realm=/gamma",
        "/realms/root/realms/gamma/scripts/one",
    ],
)
def test_a_realm_that_is_not_there_is_not_found(ask: Asking, path: str) -> None:
    answer = ask("GET", path)

    assert (answer.status_code, answer.json()["message"]) == (404, "Realm not found")


def test_a_session_outlives_a_realm_that_is_gone(
    several: Workbench, ask: Asking
) -> None:
    beta = f"/realms/root/realms/beta/users?{ALL}"
    assert ask("GET", beta).status_code == 200

    several.realms.arrange(["/", "/alpha", "/alpha/sub"])

    assert ask("GET", beta).status_code == 404
    assert ask("GET", f"{ALPHA}/users?{ALL}").status_code == 200


def test_a_persons_session_of_a_realm_that_is_gone_opens_nothing(
    several: Workbench,
) -> None:
    headers = {"X-OpenAM-Username": "beta", "X-OpenAM-Password": "s"}
    url = f"{BASE}/realms/root/realms/beta"
    token = several.http.post(f"{url}/authenticate", headers=headers).json()["tokenId"]
    session = {"iPlanetDirectoryPro": token}
    assert several.http.get(f"{url}/users?{ALL}", headers=session).status_code == 403

    several.realms.arrange(["/", "/alpha", "/alpha/sub"])

    assert several.http.get(f"{url}/users?{ALL}", headers=session).status_code == 404
    other = f"{BASE}{ALPHA}/users?{ALL}"
    assert several.http.get(other, headers=session).status_code == 401


def test_a_bench_that_is_restored_keeps_its_administrator(
    several: Workbench, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = several.save(tmp_path_factory.mktemp("saved") / "bench.json")

    several.restore(path)
    loaded = Workbench.load(path, admin_password="chosen")

    assert log_in(several).status_code == 200
    assert log_in(loaded, "chosen").status_code == 200
    assert several.admin_password not in path.read_text("utf-8")
    loaded.close()
