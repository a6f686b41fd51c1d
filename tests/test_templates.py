"""Scripts to start from: each is run, and no linter finds anything in it."""

import pytest

from workbench import Workbench
from workbench.am.scripts.kinds import MAY_ACT
from workbench.course.templates import TEMPLATES, template
from workbench.errors import SettingError

EACH = [(name, version) for name, each in TEMPLATES.items() for version in each.sources]
PROPERTIES = ("mayAct=risk-agent", "delegation=on")


@pytest.fixture
def world(story: Workbench) -> Workbench:
    """The two agents, one more, a person, and properties that templates look at."""
    story.realm.register_agent("hr-agent", secret="s", scopes=["read"])
    chosen = {"description": ["risk-agent"]}
    story.realm.add_user("bjensen", password="p", attributes=chosen)
    story.realm.update("data-agent", custom_properties=PROPERTIES)
    return story


@pytest.mark.parametrize(("name", "version"), EACH)
def test_a_template_runs_and_nothing_is_found_in_it(
    name: str, version: str, world: Workbench
) -> None:
    context = TEMPLATES[name].context
    script = world.realm.add_script(
        name, template(name, version), version, context=context
    )
    if context == MAY_ACT:
        world.realm.update("data-agent", may_act_script=name)

    checked = world.check(script.id, "data-agent", ("read",), user="bjensen")

    assert checked.accepted
    assert checked.findings == ()
    assert checked.outcome.stamped or context != MAY_ACT


@pytest.mark.parametrize(("name", "version"), EACH)
def test_a_template_does_not_fail_without_a_person_or_properties(
    name: str, version: str, story: Workbench
) -> None:
    context = TEMPLATES[name].context
    story.realm.add_script(name, template(name, version), version, context=context)

    assert story.dry_run(name, "data-agent", ("read", "write")).error is None


def test_with_a_scope_that_is_not_harmless_nobody_may_act(story: Workbench) -> None:
    story.realm.add_script("s", template("only-for-scopes"))

    assert story.dry_run("s", "data-agent", ("read",)).stamped
    assert not story.dry_run("s", "data-agent", ("read", "write")).stamped


def test_a_template_names_the_agent_that_is_given() -> None:
    assert '"my-agent"' in template("one-agent", agent="my-agent")


def test_each_has_a_title_of_its_own() -> None:
    assert len({each.title for each in TEMPLATES.values()}) == len(TEMPLATES)


def test_a_name_that_is_not_there_is_met_with_one_that_is() -> None:
    with pytest.raises(SettingError, match="Did you mean one-agent"):
        template("one-agnet")


def test_a_version_that_is_not_there_is_said() -> None:
    with pytest.raises(SettingError, match=r"is for evaluator version 2\.0"):
        template("any-of-a-list", "1.0")
