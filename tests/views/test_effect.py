from workbench.views.scripts.effect import effect


def test_says_who_may_exchange_and_who_may_act() -> None:
    claim = {"client_id": ["a", "b"], "sub": "(age!a)"}

    assert effect(claim, "data-agent") == (
        "a or b may exchange the token of data-agent, with (age!a) as the actor."
    )


def test_says_in_short_who_acts_for_whom() -> None:
    claim = {"client_id": "risk-agent", "sub": "(age!risk-agent)"}

    assert effect(claim, "data-agent") == "risk-agent may now act for data-agent."


def test_says_where_an_agent_acts_for_itself() -> None:
    claim = {"client_id": "a", "sub": "(age!a)"}

    assert effect(claim, "a") == "a may now exchange its own token: it acts for itself."


def test_says_where_nobody_would_see_who_acts() -> None:
    assert "impersonation" in effect({"client_id": "a"}, "data-agent")


def test_says_where_a_claim_lets_nobody_act() -> None:
    assert "nobody" in effect({"sub": "(age!a)"}, "data-agent")
    assert "nobody" in effect("risk-agent", "data-agent")
