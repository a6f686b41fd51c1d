"""Many exchanges with scripts in one process, which says what memory it takes.

``python -m tests.load.exchanges COUNT opaque|signed client|app [KEPT]`` fills trail and
transcript, and prints a line of JSON ten times on the way from there: exchanges so far,
how many failed since a script got no processor in time, resident megabytes of this
process, and seconds. A may act script runs twice in each exchange, for the access token
and for the refresh token beside it.
"""

import json
import sys
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from werkzeug.test import Client

from tests.stories import ACCESS_TOKEN, SECRET, TOKEN_EXCHANGE, agent_for_agent
from workbench import Workbench

LIFETIME = 24 * 60 * 60
"""Seconds, so that all tokens are live to the end."""

KEPT = 2_000
"""Events and calls that are kept; half as many again fill trail and transcript."""


def resident() -> float:
    """Megabytes that this process has in memory."""
    with open("/proc/self/status", encoding="ascii") as status:
        lines = dict(line.split(":", 1) for line in status)
    return int(lines["VmRSS"].split()[0]) / 1000


def story(*, signed: bool, scripts: bool = True) -> Workbench:
    """The vendor's: risk-agent acts for data-agent, each with a may act script."""
    wb = agent_for_agent(Workbench())
    if scripts:
        wb.realm.update("risk-agent", may_act_script="risk-agent may act")
    for name in ("data-agent", "risk-agent"):
        form = {"statelessTokensEnabled": signed}
        wb.realm.update(name, overrides=form, access_token_lifetime=LIFETIME)
    return wb


def exchange_of(wb: Workbench, *, through_client: bool) -> Callable[[], bool]:
    """Exchanges once, by ``wb.client`` or as any WSGI server; whether it went well."""
    subject, actor = (
        wb.client.client_credentials(name, SECRET, scope="read").access_token
        for name in ("data-agent", "risk-agent")
    )
    sent = {"scope": "read", "subject_token": subject, "actor_token": actor}

    def by_client() -> bool:
        return wb.client.exchange("risk-agent", SECRET, **sent).status == 200

    form = {
        **sent,
        "grant_type": TOKEN_EXCHANGE,
        "subject_token_type": ACCESS_TOKEN,
        "actor_token_type": ACCESS_TOKEN,
        "client_id": "risk-agent",
        "client_secret": SECRET,
    }
    http = Client(wb.app, use_cookies=False)
    path = urlsplit(f"{wb.realm.oauth2_url}/access_token").path

    def by_app() -> bool:
        return http.post(path, data=form).status_code == 200

    return by_client if through_client else by_app


def main(count: int, kind: str, way: str, kept: int = KEPT) -> None:
    """Exchange, and say ten times what it takes."""
    with story(signed=kind == "signed") as wb:
        for each in (wb.audit, wb.realms.audit, wb.transcript):
            each.most = min(each.most, kept)
        exchange = exchange_of(wb, through_client=way == "client")
        began = time.process_time()
        warm = kept + kept // 2
        steps = [warm, *(warm + count * step // 10 for step in range(1, 11))]
        done = failed = 0
        for step in steps:
            while done < step:
                failed += not exchange()
                done += 1
            spent = round(time.process_time() - began, 1)
            told = {"exchanges": done, "failed": failed, "megabytes": resident()}
            print(json.dumps({**told, "seconds": spent}), flush=True)


if __name__ == "__main__":
    _, many, *words = sys.argv
    main(int(many), words[0], words[1], int(words[2]) if words[2:] else KEPT)
