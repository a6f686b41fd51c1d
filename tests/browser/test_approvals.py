"""A person answers what an agent asks: the server's page, over a real port."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from workbench import Workbench
from workbench.agent.client_key import ClientKey
from workbench.server.serve import listen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

CIBA = "urn:openid:params:grant-type:ciba"
ASKED = "Book <b>flight</b> LX 41 for you? (R-77)"
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
}


@contextmanager
def served() -> Iterator[tuple[Workbench, str]]:
    """A bench on a port, on which planner asked bjensen twice."""
    with listen(0, tls=False) as listener:
        base_url = f"{listener.url}/am"
        with Workbench(base_url=base_url, seed="page") as wb, listener.serving(wb.app):
            wb.enable_ai_agents()
            wb.realm.add_user("bjensen", password="Passw0rd")
            key = ClientKey("planner", wb.realm)
            wb.realm.register_agent(
                "planner",
                secret="mySecret",
                jwks=key.jwks,
                scopes=["openid"],
                grant_types=[CIBA],
                token_endpoint_auth_method="client_secret_post",
            )
            for message in (ASKED, "Once more?"):
                request = key.request(message, login_hint="bjensen")
                wb.client.backchannel("planner", "mySecret", request)
            yield wb, f"{wb.realm.oauth2_url}/bc-authorize/approve"


def violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=WCAG)
    return [
        f"{v['id']}: {n['html']} {n['any'][0]['message']}"
        for v in found.response["violations"]
        for n in v["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_person_logs_in_approves_one_and_denies_the_other(
    chromium: "Browser", scheme: Any
) -> None:
    with served() as (wb, url):
        context = chromium.new_context(color_scheme=scheme)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(url)
        assert violations(page) == []

        page.get_by_label("User name").fill("bjensen")
        page.get_by_label("Password").fill("Passw0rd")
        page.get_by_role("button", name="Log in").click()
        page.get_by_text(ASKED, exact=True).wait_for()
        assert violations(page) == []

        page.get_by_role("button", name="Approve").first.click()
        page.get_by_text("(approved)").wait_for()
        page.get_by_role("button", name="Deny").click()
        page.get_by_text("Nothing waits for your answer.").wait_for()
        assert violations(page) == []
        context.close()

        first, second = wb.transcript[-2:]
        got = wb.client.poll("planner", "mySecret", first.auth_req_id)
        refused = wb.client.poll("planner", "mySecret", second.auth_req_id)
        assert got.status == 200
        assert refused.json["error"] == "access_denied"
