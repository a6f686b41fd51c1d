"""A call becomes steps: what happened, where it ended, and what was not reached."""

from collections.abc import Sequence

import pytest

from tests.stories import TOKEN_EXCHANGE, Agents, ask_own_token
from workbench import Workbench
from workbench.agent.asked import realm_asked
from workbench.agent.client import Call
from workbench.am.exchange.rules import BY_STATEMENT
from workbench.views.player.film import MOST_CARDS, film_html, film_text
from workbench.views.player.looks import LOOKS
from workbench.views.player.play import play
from workbench.views.player.show import MOST_STEPS, shown
from workbench.views.player.step import FAILED, PASSED, UNREACHED, Play, PlayStep

HOSTILE = '"><img src=x onerror=alert(1)>'


def played(wb: Workbench, call: Call) -> Play:
    return play(call, call.event, realm_asked(call, wb.realm))


def stages(steps: Sequence[PlayStep]) -> list[str]:
    """The stages in order, each once."""
    return list(dict.fromkeys(step.stage for step in steps))


def test_a_granted_exchange_goes_from_the_request_to_the_answer(
    story: Workbench, agents: Agents
) -> None:
    made = played(story, agents.exchange())

    assert stages(made.steps) == [
        "request",
        "client",
        "subject token",
        "actor token",
        "rules",
        "new token",
        "answer",
    ]
    assert {step.state for step in made.steps} == {PASSED}
    numbers = [step.rule for step in made.steps if step.rule is not None]
    assert numbers == list(range(1, len(story.decision.checks) + 1))


def test_each_rule_has_its_source_and_what_it_looked_at(
    story: Workbench, agents: Agents
) -> None:
    made = played(story, agents.exchange())

    (step,) = [s for s in made.steps if s.title.startswith("may_act.sub names")]

    assert "RFC 8693 section 4.4" in step.source
    assert dict(step.facts)["Found"] == "(age!risk-agent)"
    assert step.looks == ("subject token.may_act", "actor token.sub")
    assert set(step.opened) == {"subject token", "actor token"}


def test_every_rule_of_an_exchange_says_what_it_looks_at() -> None:
    assert set(LOOKS) == set(BY_STATEMENT)


def test_a_refusal_ends_at_the_rule_that_decides(
    story: Workbench, agents: Agents
) -> None:
    made = played(story, agents.exchange(client_id="data-agent"))

    assert made.ends.title == "may_act.client_id names the client"
    assert made.ends.state == FAILED
    after = made.steps[made.steps.index(made.ends) + 1 :]
    assert [step.state for step in after] == [UNREACHED, UNREACHED, FAILED]
    assert "Invalid token exchange." in dict(after[-1].facts).values()
    beside = dict(after[-1].facts)["Told beside, never sent"]
    assert "expected data-agent; found risk-agent" in beside


def test_what_fails_behind_the_deciding_rule_is_told_with_it(
    story: Workbench, agents: Agents
) -> None:
    made = played(story, agents.exchange(client_id="data-agent", scope="admin"))

    (rest,) = [s for s in made.steps if s.title.endswith("more rules: not reached")]

    assert any("admin" in value for name, value in rest.facts if "fail" in name)


def test_a_wrong_secret_ends_at_the_client(story: Workbench) -> None:
    call = story.client.client_credentials("risk-agent", "wrong")

    made = played(story, call)

    assert made.ends.stage == "client"
    assert made.ends.said == "The secret is not that of risk-agent."
    assert made.steps[-1].stage == "answer"
    assert "wrong" not in film_text([made])


def test_a_wrong_secret_of_an_exchange_leaves_every_rule_unreached(
    story: Workbench, agents: Agents
) -> None:
    call = story.client.exchange(
        "risk-agent", "wrong", subject_token=agents.token("data-agent")
    )

    made = played(story, call)

    assert made.ends.rule == 1
    assert made.ends.stage == "client"
    assert not [s for s in made.steps if s.stage == "rules" and s.state == PASSED]


def test_a_request_that_cannot_be_read_ends_at_once(story: Workbench) -> None:
    form = {"grant_type": "nonsense", "client_id": "risk-agent"}

    made = played(story, story.client.post("access_token", form))

    assert made.ends is made.steps[0]


def test_a_script_that_ran_is_a_step_with_what_it_left(story: Workbench) -> None:
    made = played(story, ask_own_token(story, "data-agent"))

    (step,) = [s for s in made.steps if s.stage == "script"]

    assert step.title == "The may act script risk-agent may act runs"
    assert "risk-agent" in dict(step.facts)["It left may_act"]
    assert stages(made.steps)[-2:] == ["new token", "answer"]


def test_a_script_that_fails_decides_and_shows_its_line(story: Workbench) -> None:
    story.realm.update_script("risk-agent may act", "var a = 1;\nnobody.there();\n")

    made = played(story, ask_own_token(story, "data-agent"))

    assert (made.ends.stage, made.ends.line) == ("script", 2)
    assert shown([made]).steps[made.steps.index(made.ends)].looks == ("line.2",)


def test_a_refresh_opens_the_refresh_token(story: Workbench, agents: Agents) -> None:
    grants = ["client_credentials", "refresh_token", TOKEN_EXCHANGE]
    story.realm.update("risk-agent", grant_types=grants)
    call = agents.refresh(agents.exchange().refresh_token)

    made = played(story, call)

    assert call.status == 200
    assert "The refresh token is opened" in [step.title for step in made.steps]


def test_an_unknown_scope_ends_where_the_grant_is_looked_at(story: Workbench) -> None:
    call = story.client.client_credentials("risk-agent", "mySecret", scope="admin")

    made = played(story, call)

    assert made.ends.stage == "grant"
    assert made.steps[-2].state == UNREACHED


def test_each_call_finds_its_own_event(story: Workbench, agents: Agents) -> None:
    first = agents.exchange(client_id="data-agent")
    agents.exchange(scope="admin")
    last = agents.exchange(client_id="data-agent", scope="admin")

    found = [call.event for call in (first, last)]

    assert [story.audit.index(event) for event in found if event] == [
        next(i for i, e in enumerate(story.audit) if e.kind == "exchange"),
        len(story.audit) - 1,
    ]


def test_a_call_that_the_trail_says_nothing_of_has_no_event(story: Workbench) -> None:
    url = f"{story.realm.oauth2_url}/.well-known/openid-configuration"
    story.http.get(url)

    call = story.transcript[-1]

    assert call.status == 200
    assert call.event is None
    assert "it keeps nothing of this call" in film_text([played(story, call)])


def test_an_introspection_is_told_by_its_event(
    story: Workbench, agents: Agents
) -> None:
    token = agents.token("data-agent")
    call = story.client.introspect("risk-agent", "mySecret", token)

    assert call.event is not None
    assert call.event.kind == "introspect"
    assert "The token is opened" in [s.title for s in played(story, call).steps]


def test_a_call_of_another_realm_is_opened_there(story: Workbench) -> None:
    beta = story.realms.add("beta")
    beta.register_client("there", secret="s", scopes=["read"])
    call = story.client_for("beta").client_credentials("there", "wrong")

    assert realm_asked(call, story.realm) is not story.realm
    assert played(story, call).ends.stage == "client"


@pytest.mark.parametrize("name", ["client", "scope", "script"])
def test_nothing_from_outside_becomes_markup(story: Workbench, name: str) -> None:
    if name == "script":
        realm = story.realm
        realm.add_script(HOSTILE, f"// {HOSTILE}\nlogger.error('{HOSTILE}');")
        realm.update("data-agent", may_act_script=HOSTILE)
        call = ask_own_token(story, "data-agent")
    elif name == "client":
        call = story.client.client_credentials(HOSTILE, HOSTILE)
    else:
        call = story.client.exchange(
            "risk-agent", "mySecret", subject_token=HOSTILE, scope=HOSTILE
        )

    made = played(story, call)
    everything = shown([made], HOSTILE)
    html = "".join([*everything.pictures, *(s.html for s in everything.steps)])

    assert "<img" not in html
    assert "<img" not in film_html([made], HOSTILE)
    assert "&lt;img" in film_html([made], HOSTILE)


def test_tokens_and_secrets_are_on_no_face(story: Workbench, agents: Agents) -> None:
    call = agents.exchange()
    made = played(story, call)
    everything = shown([made])
    faces = [film_html([made]), film_text([made]), *everything.pictures]
    faces += [step.html for step in everything.steps]

    for secret in ("mySecret", call.access_token, dict(call.form)["subject_token"]):
        assert not [face for face in faces if secret in face]


def test_each_picture_is_sent_once(story: Workbench, agents: Agents) -> None:
    what = shown([played(story, agents.exchange())])

    assert len(set(what.pictures)) == len(what.pictures) < len(what.steps)
    chains = list(dict.fromkeys(step.chain for step in what.steps))
    assert len(chains) == 4  # nothing, the subject's, the actor's, the new token


def test_many_calls_stay_within_bounds(story: Workbench, agents: Agents) -> None:
    plays = [played(story, agents.exchange()) for _ in range(6)]

    what = shown(plays)
    text = "".join([*what.pictures, *(s.html for s in what.steps)])

    assert len(what.steps) <= MOST_STEPS
    assert len(text) < 400_000
    assert film_html(plays).count("<li><small>") <= MOST_CARDS


def test_the_strip_counts_passed_rules_and_shows_the_deciding_one_whole(
    story: Workbench, agents: Agents
) -> None:
    made = played(story, agents.exchange(client_id="data-agent"))
    passed = [s for s in made.steps if s.stage == "rules" and s.state == PASSED]

    html = film_html([made])

    assert "failed, decides" in html
    assert f"{len(passed)} rules" in html
    assert f"Steps 5 to {4 + len(passed)}<" in html
