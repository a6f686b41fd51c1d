"""What one exchange costs in process, as a ratio to its own JOSE work in the same run.

The JOSE work is what a user of PyJWT would do for it, with the same claims, keys and
headers: ``jwt.decode`` of the two tokens that come, with their audience checked, and
``jwt.encode`` of each token that goes. (Until 999c02e it was the bench's own signing,
which PyJWT did; the bench has become faster than PyJWT's two calls since.)

Beside it stands a bare application: httpx, its WSGI transport and Werkzeug, with that
JOSE work and nothing else.
"""

import json
from collections.abc import Callable

import httpx
import jwt
import pytest
from werkzeug.wrappers import Request, Response

from tests.bench.figures import note
from tests.bench.measuring import bench, costs, exchange, tokens_of
from workbench import Workbench
from workbench.agent.client import Call

pytestmark = pytest.mark.bench
AIMS = {"HS256": 3, "ES256": 3, "RS256": 1.4}


@pytest.mark.parametrize("refresh", [True, False], ids=["refresh", "access"])
@pytest.mark.parametrize("algorithm", AIMS)
def test_one_exchange(algorithm: str, refresh: bool) -> None:
    wb = bench()
    wb.realm.set_provider(tokenSigningAlgorithm=algorithm, issueRefreshToken=refresh)
    subject, actor = tokens_of(wb)
    ours = exchange(wb, subject, actor)
    call = ours()
    jose = _jose(wb, algorithm, call, (subject, actor))

    floor, bare, whole = costs(jose, _bare(call, jose), ours)

    with_refresh = "and refresh token" if refresh else "token alone"
    note(
        f"one exchange, {algorithm}, access {with_refresh}",
        whole / floor,
        "times its JOSE work",
        AIMS[algorithm],
        beside=f"{whole:.0f} us; JOSE alone {floor:.0f} us; a bare httpx and Werkzeug "
        f"{bare / floor:.2f} times",
    )


def _jose(
    wb: Workbench, algorithm: str, call: Call, sent: tuple[str, str]
) -> Callable[[], list[str]]:
    """Two tokens checked and read, and those of the answer signed once more."""
    key = wb.realm.tokens.keys.key(algorithm)
    issued = [call.json[each] for each in _issued(call)]
    claims = [
        jwt.decode(
            each, key.public, algorithms=[algorithm], options={"verify_aud": False}
        )
        for each in issued
    ]
    headers = [jwt.get_unverified_header(each) for each in issued]

    def work() -> list[str]:
        for token, audience in zip(sent, ("data-agent", "risk-agent"), strict=True):
            jwt.decode(token, key.public, algorithms=[algorithm], audience=audience)
        return [
            jwt.encode(each, key.private, algorithm, headers=header)
            for each, header in zip(claims, headers, strict=True)
        ]

    return work


def _issued(call: Call) -> list[str]:
    return [each for each in ("access_token", "refresh_token") if each in call.json]


def _bare(call: Call, jose: Callable[[], list[str]]) -> Callable[[], object]:
    """The same form sent to an application that does the JOSE work alone."""

    def app(environ: dict[str, object], start_response: object) -> object:
        form = Request(environ).form
        assert form["subject_token"] and form["client_id"]
        body = json.dumps(dict(zip(_issued(call), jose(), strict=True)))
        return Response(body, content_type="application/json")(environ, start_response)  # type: ignore[arg-type]

    client = httpx.Client(
        transport=httpx.WSGITransport(app),  # type: ignore[arg-type]
        trust_env=False,
    )
    return lambda: client.post(call.url, data=dict(call.form))
