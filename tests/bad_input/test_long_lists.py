"""Lists whose length a client chooses cost as much as they are long, not its square.

What is counted is how often two entries are compared: the registered ones count it.
"""

from collections.abc import Callable

import pytest

from tests.stories import SECRET, consent, lets_act, login
from workbench import Workbench
from workbench.agent.calls import Call
from workbench.am.basics.among import among, beyond
from workbench.am.clients.grant_types import (
    AUTHORIZATION_CODE,
    CLIENT_CREDENTIALS,
    PASSWORD,
    REFRESH_TOKEN,
    TOKEN_EXCHANGE,
)
from workbench.am.tokens.macaroon import restrict
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD
from workbench.sandbox.engines.engine import QuickJSEngine

FEW = 100
NOW = 1_790_000_000


class Counted(str):
    """A text that counts how often one of its kind is compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str.__eq__(self, other)

    def __hash__(self) -> int:
        return str.__hash__(self)


def names(many: int) -> list[str]:
    return [f"scope-{number}" for number in range(many)]


def audiences(many: int) -> list[str]:
    return [f"https://{number}.example.com" for number in range(many)]


def callbacks(many: int) -> list[str]:
    return [f"https://{number}.example.com/back" for number in range(many)]


def prepared(many: int, profile: str, engine: QuickJSEngine) -> Workbench:
    """A client whose lists are as long as that."""
    wb = Workbench(now=NOW, seed="long", profile=profile, engine=engine)
    wb.realm.add_script("itself", lets_act("app"))
    wb.provider.macaroonTokensEnabled = True
    wb.provider.supportedScopes = tuple(map(Counted, names(many)))
    wb.provider.allowDynamicRegistration = True
    wb.provider.acceptAudienceParametersInTokenExchangeRequests = True
    wb.realm.add_user(USER, password=USER_PASSWORD)
    scopes = tuple(map(Counted, names(many)))
    wb.realm.register_client(
        "app",
        secret=SECRET,
        may_act_script="itself",
        default_scopes=scopes,
        scopes=scopes,
        allowed_audiences=tuple(map(Counted, audiences(many))),
        redirection_uris=tuple(map(Counted, callbacks(many))),
        grant_types=[
            AUTHORIZATION_CODE,
            CLIENT_CREDENTIALS,
            PASSWORD,
            REFRESH_TOKEN,
            TOKEN_EXCHANGE,
        ],
    )
    return wb


def own(wb: Workbench, scope: str | None) -> Call:
    return wb.client.client_credentials("app", SECRET, scope=scope)


def exchange(wb: Workbench, subject: str, scope: str, **more: object) -> Call:
    actor = own(wb, "scope-1").access_token
    form = {"subject_token": subject, "actor_token": actor, "scope": scope, **more}
    return wb.client.exchange("app", SECRET, **form)  # type: ignore[arg-type]


def by_name(wb: Workbench, many: int) -> None:
    assert own(wb, " ".join(names(many))).status == 200


def by_default(wb: Workbench, many: int) -> None:
    assert own(wb, None).status == 200


def unknown(wb: Workbench, many: int) -> None:
    assert own(wb, " ".join(f"x{name}" for name in names(many))).status == 400


def of_a_person(wb: Workbench, many: int) -> None:
    asked = wb.client.password("app", SECRET, USER, USER_PASSWORD)
    scope = " ".join(reversed(names(many)))
    fresh = wb.client.refresh("app", SECRET, asked.refresh_token, scope=scope)
    beyond_it = wb.client.refresh("app", SECRET, fresh.refresh_token, scope="x y")
    assert (fresh.status, beyond_it.status) == (200, 400)


def exchanged(wb: Workbench, many: int) -> None:
    """With as many audiences as a request may have, and all scopes."""
    scope, sent = " ".join(names(many)), audiences(many)
    assert exchange(wb, own(wb, None).access_token, scope, audience=sent).status == 200
    assert exchange(wb, own(wb, None).access_token, f"{scope} x").status == 400


def narrowed(wb: Workbench, many: int) -> None:
    """A macaroon with five caveats as long."""
    token = own(wb, None).access_token
    for _ in range(5):
        token = restrict(token, {"scope": " ".join(names(many))})
        token = restrict(token, {"aud": ["app", *audiences(many)]})
    assert wb.client.introspect("app", SECRET, token).json["active"]
    assert exchange(wb, token, " ".join(names(many))).status == 200
    assert exchange(wb, token, "scope-1 x").status == 400


def consented(wb: Workbench, many: int) -> None:
    session = login(wb).json()["tokenId"]
    asked = {"client_id": "app", "scope": " ".join(names(many))}
    for callback in (callbacks(many)[-1], "https://x.example.com/"):
        consent(wb, session, redirect_uri=callback, **asked)
    assert wb.audit[-2].kind == "consent"


def registered(wb: Workbench, many: int) -> None:
    body = {"scopes": names(many), "default_scopes": names(many)}
    body |= {"redirect_uris": callbacks(many)}
    for extra in ("", "x"):
        sent = {**body, "scope": " ".join(names(many)) + extra}
        wb.client.register(sent, path="register")
    assert [call.status for call in wb.transcript[-2:]] == [201, 400]


Journey = Callable[[Workbench, int], None]

JOURNEYS: list[Journey] = [
    by_name,
    by_default,
    unknown,
    of_a_person,
    exchanged,
    narrowed,
    consented,
    registered,
]


def comparisons(journey: Journey, wb: Workbench, many: int) -> int:
    with wb:
        Counted.compared = 0
        journey(wb, many)
        return Counted.compared


@pytest.mark.parametrize("profile", ["pingam-8.1", "rfc8693-strict"])
@pytest.mark.parametrize("journey", JOURNEYS)
def test_twice_as_long_a_list_is_compared_twice_as_often(
    journey: Journey, profile: str, kept_engine: QuickJSEngine
) -> None:
    few, many = (
        comparisons(journey, prepared(length, profile, kept_engine), length)
        for length in (FEW, 2 * FEW)
    )

    assert many <= 2.2 * few + 50


@pytest.mark.parametrize("find", [among, beyond])
def test_it_is_found_out_without_comparing_each_with_each(
    find: Callable[[list[str], list[str]], tuple[str, ...]],
) -> None:
    Counted.compared = 0

    found = find(names(1000), list(map(Counted, reversed(names(1000)))))

    assert len(found) == (1000 if find is among else 0)
    assert Counted.compared <= 1000
