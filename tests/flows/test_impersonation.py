"""PingAM, "Token exchange: impersonation", and every row of who may act for whom."""

import pytest

from tests.stories import ACCESS_TOKEN, REFUSED, Agents, claims_of

ME, OTHER = "(age!risk-agent)", "(age!other-agent)"


def stamp(agents: Agents, members: str) -> None:
    source = f"token.setMayAct({{{members}}});" if members else ""
    agents.wb.realm.update_script("risk-agent may act", source)


def test_a_client_id_alone_gives_the_subjects_token_without_act(agents: Agents) -> None:
    stamp(agents, 'client_id: "risk-agent"')
    subject = agents.token("data-agent")
    agents.wb.clock.advance(seconds=30)

    answer = agents.impersonate(subject_token=subject)

    body = answer.json
    assert answer.status == 200
    assert body == {
        "access_token": body["access_token"],
        "refresh_token": body["refresh_token"],
        "issued_token_type": ACCESS_TOKEN,
        "scope": "read",
        "token_type": "Bearer",
        "expires_in": 3599,
    }
    claims = claims_of(agents.wb, answer)
    now = agents.wb.clock.now()
    varying = ("auditTrackingId", "authGrantId", "jti")
    assert {name: claims[name] for name in claims if name not in varying} == {
        "sub": "(age!data-agent)",
        "cts": "OAUTH2_STATELESS_GRANT",
        "subname": "data-agent",
        "iss": agents.wb.realm.oauth2_url,
        "tokenName": "access_token",
        "token_type": "Bearer",
        "client_id": "risk-agent",
        "aud": "risk-agent",
        "nbf": now,
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "scope": ["read"],
        "auth_time": now - 30,
        "realm": "/alpha",
        "exp": now + 3600,
        "iat": now,
        "expires_in": 3600,
    }
    grant = agents.wb.decision.grant
    assert grant is not None and grant.kind == "impersonation"


ROWS = [
    ("", False, None),
    ("", True, None),
    ('client_id: "risk-agent"', False, "impersonation"),
    ('client_id: "risk-agent"', True, None),
    (f'client_id: "risk-agent", sub: "{ME}"', True, "delegation"),
    (f'client_id: "risk-agent", sub: "{OTHER}"', True, None),
    (f'client_id: "risk-agent", sub: "{ME}"', False, "impersonation"),
    (f'client_id: "risk-agent", sub: "{OTHER}"', False, "impersonation"),
    (f'client_id: "other-agent", sub: "{ME}"', True, None),
    ('client_id: "other-agent"', False, None),
    (f'sub: "{ME}"', True, None),
    (f'sub: "{ME}"', False, None),
    ('client_id: ["other-agent", "risk-agent"]', False, "impersonation"),
    (f'client_id: ["risk-agent"], sub: ["{OTHER}", "{ME}"]', True, "delegation"),
    (f'client_id: ["risk-agent"], sub: ["{OTHER}"]', True, None),
    (f'client_id: ["other-agent"], sub: "{ME}"', True, None),
    ("client_id: [], sub: []", False, None),
    (f'client_id: "risk-agent", sub: ["{ME}", 7, null, {{}}]', True, "delegation"),
    (f'client_id: {{"risk-agent": true}}, sub: "{ME}"', True, None),
    (f'client_id: "RISK-AGENT", sub: "{ME}"', True, None),
    ('client_id: "risk-agent", sub: "risk-agent"', True, None),
    (f'client_id: "risk-agent", sub: "{ME}", note: "extra"', True, "delegation"),
]


@pytest.mark.parametrize(("members", "with_actor", "kind"), ROWS)
def test_may_act_decides_who_may_act(
    agents: Agents, members: str, with_actor: bool, kind: str | None
) -> None:
    stamp(agents, members)

    answer = agents.exchange() if with_actor else agents.impersonate()

    grant = agents.wb.decision.grant
    assert (grant.kind if grant else None) == kind
    if kind is None:
        assert (answer.status, answer.json) == (400, REFUSED)
    else:
        act = claims_of(agents.wb, answer).get("act")
        assert act == ({"sub": ME} if kind == "delegation" else None)


def test_an_impersonation_token_goes_on_only_by_the_acting_clients_script(
    agents: Agents,
) -> None:
    stamp(agents, 'client_id: "risk-agent"')
    first = agents.impersonate()

    refused = agents.impersonate(subject_token=first.access_token)
    agents.wb.realm.update("risk-agent", may_act_script="risk-agent may act")
    again = agents.impersonate(subject_token=agents.impersonate().access_token)

    assert (refused.status, refused.json) == (400, REFUSED)
    assert claims_of(agents.wb, again)["sub"] == "(age!data-agent)"
