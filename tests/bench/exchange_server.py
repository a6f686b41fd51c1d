"""The bench on a loopback port, in a process of its own, with an exchange to send.

``python exchange_server.py ES256 one``: the algorithm, and whether an exchange gives
``one`` token or ``two``, which is as the bench comes. It prints what is posted, and
where, and answers until it is told to stop.
"""

import json
import sys

from workbench import Workbench
from workbench.commands.serve_command import AWAY
from workbench.server.serve import listen


def main(algorithm: str, tokens: str) -> None:
    """Serve until the input ends, as ``workbench serve`` does."""
    sys.setswitchinterval(AWAY)
    with Workbench() as wb, listen(0, tls=False) as listener:
        wb.prepare("agent-for-agent")
        wb.provider.tokenSigningAlgorithm = algorithm
        wb.provider.issueRefreshToken = tokens == "two"
        wb.realm.update("risk-agent", overrides={"providerOverridesEnabled": False})
        subject, actor = (
            wb.client.client_credentials(name, "mySecret", scope="read").access_token
            for name in ("data-agent", "risk-agent")
        )
        call = wb.client.exchange(
            *("risk-agent", "mySecret"),
            scope="read",
            subject_token=subject,
            actor_token=actor,
        )
        assert call.status == 200
        url = f"{listener.url}/am/oauth2/realms/root/realms/alpha/access_token"
        with listener.serving(wb.app):
            told = {"url": url, "form": dict(call.form), "answer": call.json}
            print(json.dumps(told), flush=True)
            sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
