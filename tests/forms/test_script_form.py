"""Editing and trying a may act script through the form, without a browser."""

import pytest

from tests.stories import Agents
from workbench import Workbench
from workbench.course.templates import template
from workbench.errors import RegistrationError

STAMP = 'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});'


def test_saves_a_new_script(wb: Workbench) -> None:
    script = wb.script_form(name="s", source=STAMP).submit()

    assert wb.realm.script("s") == script
    assert script.evaluator_version == "2.0"


def test_saves_a_legacy_script(wb: Workbench) -> None:
    form = wb.script_form(name="s", source=";", evaluator_version="1.0")

    assert form.submit().legacy


def test_changes_a_script_that_is_there(wb: Workbench) -> None:
    script = wb.realm.add_script("s", "old")
    form = wb.script_form(name="s")
    assert form.source.value == "old"

    form.source.value = "new"
    changed = form.submit()

    assert (changed.id, changed.source) == (script.id, "new")


def test_refuses_to_change_the_version_of_a_saved_script(wb: Workbench) -> None:
    wb.realm.add_script("s", "old")
    form = wb.script_form(name="s", evaluator_version="1.0")

    with pytest.raises(RegistrationError):
        form.submit()


def test_a_dry_run_shows_the_claim_and_saves_nothing(wb: Workbench) -> None:
    form = wb.script_form(name="s", source=STAMP)

    outcome = form.dry_run()

    assert outcome.may_act == {"client_id": "risk-agent", "sub": "(age!risk-agent)"}
    assert "(age!risk-agent)" in form.outcome.value
    assert wb.realm.scripts == {}


def test_a_dry_run_shows_the_line_of_a_mistake(wb: Workbench) -> None:
    form = wb.script_form(source="var a = 1;\nmisspelt();")

    form.try_button.click()

    assert "misspelt" in form.outcome.value
    assert "line 2" in form.outcome.value.lower()


def test_a_dry_run_is_for_the_client_chosen(story: Workbench) -> None:
    form = story.script_form(
        source="token.setMayAct({client_id: clientProperties.clientId});",
        client="data-agent",
    )

    assert form.dry_run().may_act == {"client_id": "data-agent"}


def test_the_bench_runs_a_saved_script_dry(story: Workbench) -> None:
    before = len(story.audit)

    outcome = story.dry_run("risk-agent may act", "data-agent")

    assert outcome.may_act == {"client_id": "risk-agent", "sub": "(age!risk-agent)"}
    assert len(story.audit) == before


def test_a_dry_run_that_fails_is_not_called_done(wb: Workbench) -> None:
    form = wb.script_form(source="nope(1")

    form.try_button.click()

    assert 'role="alert"' in form.status.value
    assert "✗ The script failed in the dry run" in form.status.value


def test_a_dry_run_that_stamps_nothing_is_not_called_done(wb: Workbench) -> None:
    form = wb.script_form(source="(function () { return {client_id: 'x'}; }())")

    form.try_button.click()

    assert "no may_act was stamped" in form.status.value


def test_a_dry_run_sees_a_request_as_a_real_one_would(story: Workbench) -> None:
    source = """
    var asked = requestProperties.requestParams;
    token.setMayAct({client_id: asked.client_id[0] + " " + asked.scope[0],
                     realm: requestProperties.realm,
                     uri: requestProperties.requestUri});
    """
    story.realm.update_script("risk-agent may act", source)
    answer = story.client.client_credentials(
        "data-agent", "mySecret", scope="read write delete"
    )

    dry = story.dry_run("risk-agent may act", "data-agent")

    assert dry.may_act == (story.inspect(answer).claims or {})["may_act"]


def test_an_empty_script_does_not_replace_a_saved_one(wb: Workbench) -> None:
    wb.realm.add_script("s", STAMP)
    form = wb.script_form(name="s")

    form.source.value = " "
    form.button.click()

    assert "empty" in form.status.value
    assert wb.realm.script("s").source == STAMP


def test_an_open_form_offers_a_client_that_comes_later(wb: Workbench) -> None:
    form = wb.script_form(source=STAMP)
    wb.enable_ai_agents()

    wb.realm.register_agent("late", secret="s", scopes=["read"])
    form.client.value = "late"

    assert form.dry_run().stamped
    wb.realm.register_agent("later", secret="s", scopes=["read"])
    assert form.client.value == "late"


def test_a_dry_run_is_about_a_person_and_an_id_token(story: Workbench) -> None:
    form = story.script_form(
        client="data-agent",
        source="""token.setMayAct({name: identity.getName(),
            token: token.getField('tokenName'),
            sent: requestProperties.requestParams.resource});""",
    )
    story.realm.add_user("bjensen", password="p")

    form.trial.user.value = "bjensen"
    form.trial.token_type.label = "an ID token"
    form.trial.parameters.value = "resource=a resource=b"

    assert form.dry_run().may_act == {
        "name": "bjensen",
        "token": "id_token",
        "sent": ["a", "b"],
    }
    assert " ms" in form.outcome.value


def test_a_person_who_is_gone_is_no_longer_chosen(story: Workbench) -> None:
    form = story.script_form()
    story.realm.add_user("bjensen", password="p")
    form.trial.user.value = "bjensen"

    story.realm.users.delete("bjensen")

    assert form.trial.user.value == ""


def test_an_id_token_needs_a_person(story: Workbench) -> None:
    form = story.script_form(source="1;")

    form.trial.token_type.label = "an ID token"
    form.try_button.click()

    assert "name a user" in form.said


def test_saves_a_script_of_another_type(wb: Workbench) -> None:
    form = wb.script_form(name="fields", source="accessToken.setField('a', 1);")
    form.context.label = "OAuth2 Access Token Modification"

    script = form.submit()

    assert script.context == "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN"
    assert "fields" in [label for label, _ in form.saved.options]


def test_a_type_with_one_version_offers_that_alone(wb: Workbench) -> None:
    form = wb.script_form(evaluator_version="1.0")

    form.context.label = "OAuth2 Dynamic Client Registration"

    assert form.evaluator_version.options == (("Next Generation", "2.0"),)


def test_a_library_alone_cannot_be_run_dry(wb: Workbench) -> None:
    form = wb.script_form()

    form.context.label = "Library"

    assert form.try_button.layout.display == "none"
    form.context.label = "OIDC Claims"
    assert form.try_button.layout.display == ""


def test_a_dry_run_of_another_type_is_shown_also_where_no_kernel_runs(
    wb: Workbench,
) -> None:
    form = wb.script_form(
        context="OAUTH2_ACCESS_TOKEN_MODIFICATION",
        source="accessToken.setField('who', requestProperties.requestParams.who[0]);",
    )
    form.trial.parameters.value = "who=<me>"

    form.try_button.click()

    assert "The dry run ended; nothing was issued." in form.said
    assert "claims set" in form.outcome.value
    assert "&lt;me&gt;" in form.html() and "<me>" not in form.html()
    assert '"who": "<me>"' in form.text()
    form.source.value += ";"
    assert "claims set" not in form.html()


def test_a_dry_run_that_changes_nothing_is_not_called_done(wb: Workbench) -> None:
    form = wb.script_form(
        context="OAUTH2_ACCESS_TOKEN_MODIFICATION", source="accessToken.getScope();"
    )

    form.try_button.click()

    assert "nothing changed" in form.said


def test_a_registration_script_is_tried_for_an_operation(wb: Workbench) -> None:
    form = wb.script_form(
        context="OAUTH2_DYNAMIC_CLIENT_REGISTRATION",
        source="if (operation == 'UPDATE') {"
        " clientIdentity.setClientName(['x']); clientIdentity.store(); }",
    )
    assert form.trial.token_type.layout.display == "none"

    form.trial.operation.value = "UPDATE"

    assert form.dry_run().client == {"setClientName": ["x"]}


def test_what_the_engine_would_refuse_is_marked_in_a_script_of_any_type(
    wb: Workbench,
) -> None:
    form = wb.script_form(context="OAUTH2_VALIDATE_SCOPE", source="let a = 1;")

    form.source.value += "\n"

    assert [each["severity"] for each in form.source.findings] == ["error"]
    assert "Let declaration" in form.source.findings[0]["message"]


def test_opening_a_script_opens_its_type(wb: Workbench) -> None:
    wb.realm.add_script("old", "1;", "1.0", context="OAUTH2_EVALUATE_SCOPE")
    form = wb.script_form()

    form.saved.value = "old"

    assert form.context.label == "OAuth2 Evaluate Scope"
    assert form.evaluator_version.label == "Legacy"
    with pytest.raises(RegistrationError, match="already exist"):
        form.context.value = "OAUTH2_MAY_ACT"
        form.submit()


def test_says_who_uses_a_script_and_what_it_did_last(
    story: Workbench, agents: Agents
) -> None:
    form = story.script_form(name="risk-agent may act")
    assert "data-agent" in form.around.use.value
    assert "It has not run yet." in form.around.use.value

    agents.token("data-agent")

    assert "for data-agent. risk-agent may now act for data-agent." in form.text()
    assert "Last ran 2026-09-21" in form.around.use.value
    assert "used by" in form.html()
    assert "Used by data-agent (OAuth2 Access Token May Act Script)" in form.text()


def test_says_in_which_line_a_script_failed_last(
    story: Workbench, agents: Agents
) -> None:
    story.realm.update_script("risk-agent may act", "var a = 1;\nmisspelt();")

    story.client.client_credentials("data-agent", "mySecret", scope="read")

    told = str(story.script_use("risk-agent may act"))
    assert "for data-agent, and failed in line 2: " in told
    assert "misspelt" in told


def test_a_script_of_a_client_whose_overrides_are_off_is_not_used(
    story: Workbench,
) -> None:
    off = {"providerOverridesEnabled": False}

    story.realm.update("data-agent", overrides=off)

    assert str(story.script_use("risk-agent may act")).startswith("No client uses it")


def test_the_provider_uses_a_script_too_and_many_clients_are_counted(
    story: Workbench,
) -> None:
    story.provider.oidcMayActScript = story.realm.script("risk-agent may act").id
    for number in range(6):
        story.realm.register_agent(
            f"a-{number}", secret="s", may_act_script="risk-agent may act"
        )

    told = str(story.script_use("risk-agent may act"))

    assert "the provider (OIDC ID Token May Act Script), data-agent" in told
    assert told.splitlines()[0].endswith(" and 2 more clients.")


def test_what_would_change_is_shown_before_it_is_saved(story: Workbench) -> None:
    form = story.script_form(name="risk-agent may act")
    assert "Nothing has changed since it was saved." in form.around.change.value

    form.source.value = form.source.value.rstrip() + "\nlogger.info('<seen>');\n"

    change = form.around.change.value
    assert "Not saved yet: 1 line added, no lines removed." in change
    assert '<ins class="wb-ok">+ logger.info(&#39;&lt;seen&gt;&#39;);</ins>' in change
    assert "+ logger.info('<seen>');" in form.text()
    form.button.click()
    assert "Nothing has changed" in form.around.change.value


def test_a_new_script_has_nothing_to_be_compared_with(wb: Workbench) -> None:
    form = wb.script_form(name="new", source=STAMP)

    assert form.around.change.value == form.around.use.value == ""
    form.button.click()
    assert form.said == "✓ Script new was saved. No client uses it yet."
    form.button.click()
    assert form.said == "✓ Nothing to save: new is as it was saved."


def test_starts_from_a_template_of_the_version_chosen(wb: Workbench) -> None:
    form = wb.script_form()

    form.template.label = "One named agent may act"

    assert form.source.value == template("one-agent")
    titles = [title for title, _ in form.template.options]
    assert "Any agent of a list may act" in titles
    form.evaluator_version.label = "Legacy"
    assert form.template.value == ""
    assert "Any agent of a list may act" not in dict(form.template.options)
    form.template.label = "One named agent may act"
    assert form.source.value == template("one-agent", "1.0")


def test_a_type_without_templates_offers_none(wb: Workbench) -> None:
    form = wb.script_form()

    form.context.label = "OIDC Claims"

    assert form.template.layout.display == "none"


def test_a_mistake_is_said_below_its_field(wb: Workbench) -> None:
    form = wb.script_form(source=STAMP)

    form.button.click()

    place = form.children.index(form.name)
    assert form.children[place + 1] is form.fault
    assert "A script needs a name" in form.fault.value
    form.name.value, form.source.value = "s", " "
    form.button.click()
    assert form.children[form.children.index(form.source) + 1] is form.fault
