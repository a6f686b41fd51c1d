"""Who can act for whom, found by dry runs and held against real exchanges."""

import pytest

from workbench import Workbench
from workbench.am.clients.grant_types import CLIENT_CREDENTIALS
from workbench.am.dry_runs.delegation import ALONE, EITHER, WITH_ACTOR
from workbench.am.dry_runs.delegations import MOST, DelegationFinder
from workbench.errors import RegistrationError, SettingError
from workbench.sandbox.engines.engine import QuickJSEngine


def names(client_id: str, sub: str = "") -> str:
    """A script that names a client and, where one is given, an actor."""
    more = f", sub: '{sub}'" if sub else ""
    return f"token.setMayAct({{client_id: '{client_id}'{more}}});"


def agent(wb: Workbench, name: str, source: str) -> None:
    """An AI agent with a may act script of its own."""
    wb.realm.add_script(f"{name} may act", source)
    wb.realm.register_agent(
        name, secret="s", scopes=["read"], may_act_script=f"{name} may act"
    )


def test_an_agent_acts_for_an_agent(story: Workbench) -> None:
    (found,) = story.delegations().found

    assert (found.actor, found.subject) == ("risk-agent", "data-agent")
    assert (found.script, found.how) == ("risk-agent may act", EITHER)
    assert found.subs == ("(age!risk-agent)",)


def test_an_agent_acts_for_the_people_who_use_a_client(wb: Workbench) -> None:
    wb.prepare("agent-for-user")

    (found,) = wb.delegations().found

    assert (found.actor, found.subject) == ("hr-agent", "people who use hr-client")
    assert found.person == "bjensen"


def test_an_autonomous_agent_acts_for_itself(wb: Workbench) -> None:
    registered, *_ = wb.prepare("autonomous-agent").send(wb.client)

    (found,) = wb.delegations().found

    assert found.actor == found.client_id == registered.client_id


def test_what_is_found_is_what_the_server_then_does(story: Workbench) -> None:
    agent(story, "alone", names("risk-agent"))
    agent(story, "for-another", names("risk-agent", "(age!data-agent)"))
    actor = story.client.client_credentials("risk-agent", "mySecret", scope="read")
    for each in story.delegations().may_act_for("risk-agent"):
        secret = "mySecret" if each.client_id == "data-agent" else "s"
        subject = story.client.client_credentials(each.client_id, secret, scope="read")

        def exchange(token: str | None, value: str = subject.access_token) -> bool:
            more = {"actor_token": token} if token else {}
            call = story.client.exchange(
                "risk-agent", "mySecret", scope="read", subject_token=value, **more
            )
            return call.status == 200

        own = "(age!risk-agent)" in each.subs
        assert exchange(None) == (each.how in (ALONE, EITHER))
        assert exchange(actor.access_token) == (each.how == EITHER and own)


def test_the_profile_has_its_say(story: Workbench) -> None:
    story.profile = "rfc8693-strict"

    assert story.delegations().found[0].how == WITH_ACTOR


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (names("ghost"), "may_act names ghost: there is no such client in the realm"),
        (names("late"), "may_act names late: it lacks the token exchange grant"),
        (names("risk-agent", "(age!ghost)"), "nobody is registered as (age!ghost)"),
        ("token.setMayAct({sub: '(age!risk-agent)'});", "names nobody as client_id"),
        ("1;", "the script stamped no may_act object"),
        ("token.setMayAct({client_id: true});", "true, which is not a text"),
        ("nothing();", "the script failed, so that no token is issued: Reference"),
    ],
)
def test_what_is_wrong_is_said(source: str, said: str, story: Workbench) -> None:
    story.realm.register_client("late", secret="s", grant_types=[CLIENT_CREDENTIALS])
    agent(story, "odd", source)

    found = story.delegations("odd")

    assert said in found.found[-1].problem
    assert any(each.startswith("odd (odd may act): ") for each in found.findings)


def test_agents_that_nobody_can_act_for_are_named(story: Workbench) -> None:
    assert story.delegations().findings == (
        "Nobody can act for risk-agent: no may act script stamps the tokens.",
    )


def test_overrides_that_are_off_hide_a_script(story: Workbench) -> None:
    story.realm.update("data-agent", overrides={"providerOverridesEnabled": False})

    assert story.delegations().found == ()
    assert story.delegations().without_script == ("data-agent", "risk-agent")


def test_the_realms_script_counts_where_nothing_is_overridden(wb: Workbench) -> None:
    wb.prepare("agent-for-user")
    wb.provider.accessTokenMayActScript = wb.realm.script("hr-agent may act").id

    found = wb.delegations().acted_for_by("hr-agent")

    assert [each.actor for each in found] == ["hr-agent"]


def test_an_id_token_has_a_script_of_its_own(wb: Workbench) -> None:
    wb.prepare("agent-for-user")
    script = wb.realm.script("hr-agent may act").id
    wb.realm.update("hr-client", overrides={"oidcMayActScript": script})

    assert [each.id_token for each in wb.delegations().found] == [False, True]


def test_a_script_may_lean_on_a_library(story: Workbench) -> None:
    story.realm.add_library_script("who", "exports.actor = 'risk-agent';")
    agent(story, "leaning", "token.setMayAct({client_id: require('who').actor});")

    found = story.delegations().acted_for_by("leaning")

    assert [(each.actor, each.how) for each in found] == [("risk-agent", ALONE)]


def test_an_inactive_client_gets_no_token_to_act_with(story: Workbench) -> None:
    story.realm.update("data-agent", active=False)

    assert story.delegations().found == ()


def test_nothing_is_issued_or_told(story: Workbench) -> None:
    events, calls = len(story.audit), len(story.transcript)

    story.delegations()

    assert (len(story.audit), len(story.transcript)) == (events, calls)


def test_many_who_share_a_script_are_sampled_and_that_is_said(story: Workbench) -> None:
    for number in range(30):
        story.realm.register_agent(
            f"sub-{number}", secret="s", may_act_script="risk-agent may act"
        )

    found = story.delegations(per_script=5)

    assert found.runs == 5
    assert found.findings[-1] == (
        "Script risk-agent may act was not tried for 26 more clients: "
        "it was tried for 5."
    )


def test_ten_thousand_agents_take_a_bounded_number_of_runs(story: Workbench) -> None:
    for number in range(10_000):
        story.realm.register_agent(
            f"sub-{number}", secret="s", may_act_script="risk-agent may act"
        )
    seen: list[tuple[int, int]] = []

    found = story.delegations(told=lambda *at: seen.append(at), per_script=3)

    assert found.runs == 3 <= MOST
    assert seen == [(0, 3), (1, 3), (2, 3)]


def test_only_what_has_changed_is_run_again(story: Workbench) -> None:
    agent(story, "second", names("risk-agent"))
    finder = DelegationFinder(story.realm)
    assert finder.find().runs == 2
    assert finder.find().runs == 0

    script = story.realm.script("second may act")
    story.realm.update_script(script.name, source=names("data-agent"))
    assert finder.find().runs == 1
    story.realm.update("data-agent", scopes=["read"])
    assert finder.find().runs == 1


def test_the_neighbourhood_of_a_client_is_tried_first(story: Workbench) -> None:
    agent(story, "last", names("risk-agent"))

    near = story.delegations("last", per_script=1)

    assert [each.client_id for each in near.found] == ["last"]
    assert near.about == "last"


def test_who_uses_a_client_can_be_chosen(wb: Workbench) -> None:
    wb.prepare("agent-for-user")
    wb.realm.add_user("scarter", password="p")

    assert wb.delegations(user="scarter").found[0].person == "scarter"
    with pytest.raises(RegistrationError):
        wb.delegations(user="nobody")
    with pytest.raises(RegistrationError):
        wb.delegations("nobody")
    with pytest.raises(SettingError):
        wb.delegations(per_script=0)


def test_a_search_can_be_stopped(story: Workbench) -> None:
    def stop(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        story.delegations(told=stop)


def test_a_script_that_hangs_for_one_client_is_tried_for_no_other() -> None:
    with QuickJSEngine(time_limit=0.2) as engine, Workbench(engine=engine) as wb:
        wb.enable_ai_agents()
        wb.realm.add_script("hangs", "for (;;) {}")
        for name in ("one", "two", "three"):
            wb.realm.register_agent(name, secret="s", may_act_script="hangs")

        found = wb.delegations()

    assert found.tried == 1
    (left,) = found.left_out
    assert (left.script, left.clients) == ("hangs", 2)
    assert left.why == "it took too long for another client"


def test_a_script_that_is_not_there_is_said(story: Workbench) -> None:
    story.realm.scripts._scripts.clear()

    (found,) = story.delegations().found

    assert found.problem == "there is no such script, so that no token is issued"


def test_what_a_group_hands_on_counts(story: Workbench) -> None:
    story.realm.groups.add_for_agents("partners", grant_types=[CLIENT_CREDENTIALS])
    story.realm.update("risk-agent", group="partners", inherited=["grant_types"])

    (found,) = story.delegations().found

    assert "it lacks the token exchange grant" in found.problem


def test_there_are_not_more_dry_runs_than_anybody_reads(story: Workbench) -> None:
    for number in range(MOST):
        story.realm.register_agent(
            f"agent-{number}", secret="s", may_act_script="risk-agent may act"
        )

    found = story.delegations(per_script=MOST + 1)

    assert found.tried == MOST
    assert found.left_out[0].why == f"{MOST} dry runs are enough"


def test_where_the_actor_token_must_be_the_clients_own_another_is_told(
    story: Workbench,
) -> None:
    story.profile = story.profile.but(actor_is_client=True)
    agent(story, "odd", names("risk-agent", "(age!data-agent)"))

    (found,) = (each for each in story.delegations().found if each.client_id == "odd")

    assert found.problem == "the actor token must be risk-agent's own"


def test_many_are_counted_beyond_the_first(story: Workbench) -> None:
    for number in range(30):
        story.realm.register_agent(f"agent-{number}", secret="s")

    (said,) = (
        each for each in story.delegations().findings if "Nobody can act" in each
    )

    assert "more AI agents: no may act script stamps the tokens." in said


def test_without_openid_a_client_gets_no_id_token_to_stamp(wb: Workbench) -> None:
    wb.prepare("agent-for-user")
    wb.provider.oidcMayActScript = wb.realm.script("hr-agent may act").id
    wb.realm.register_client(
        "plain", secret="s", scopes=["read"], grant_types=["password"]
    )

    assert "plain" not in [each.client_id for each in wb.delegations().found]
