"""The administrator of the bench, logged in."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from workbench import Workbench

BASE = "https://am.example.com:8443/am/json"
ALPHA = "/realms/root/realms/alpha"
LOGIN = f"{BASE}/realms/root/authenticate"

Asking = Callable[..., httpx.Response]


def log_in(wb: Workbench, password: str | None = None, **more: Any) -> httpx.Response:
    """What ``amadmin`` is answered."""
    headers = {
        "X-OpenAM-Username": "amadmin",
        "X-OpenAM-Password": wb.admin_password if password is None else password,
        **more,
    }
    return wb.http.post(LOGIN, headers=headers)


@pytest.fixture
def session(wb: Workbench) -> str:
    """The session of amadmin."""
    return str(log_in(wb).json()["tokenId"])


@pytest.fixture
def ask(wb: Workbench, session: str) -> Asking:
    """Sends a request below ``/json`` as the administrator."""

    def asking(method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"iPlanetDirectoryPro": session, **more.pop("headers", {})}
        return wb.http.request(method, f"{BASE}{path}", headers=headers, **more)

    return asking
