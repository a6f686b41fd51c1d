"""The form that finds who can act for whom, without a browser."""

import asyncio

from workbench import Workbench


def test_it_finds_what_python_finds(story: Workbench) -> None:
    form = story.delegations_form()

    form.button.click()

    assert form.value is not None
    assert form.value.found == story.delegations().found
    assert "<svg" in form.drawing.value
    assert "1 token tried; 1 script had to be run" in form.said


def test_what_is_known_is_not_run_again(story: Workbench) -> None:
    form = story.delegations_form()
    form.button.click()

    form.button.click()

    assert "1 token tried; no scripts had to be run" in form.said


def test_somebody_who_is_not_there_is_said(story: Workbench) -> None:
    form = story.delegations_form(client_id="nobody")

    form.button.click()

    assert "There is no client 'nobody'" in form.said


def test_it_is_tried_for_the_user_who_is_chosen(wb: Workbench) -> None:
    wb.prepare("agent-for-user")
    wb.realm.add_user("scarter", password="p")
    form = wb.delegations_form()

    form.user.value = "scarter"
    form.button.click()

    assert form.value is not None
    assert form.value.found[0].person == "scarter"


def test_it_is_done_in_slices_where_others_wait(story: Workbench) -> None:
    form = story.delegations_form()
    between = []

    async def look() -> None:
        form.button.click()
        assert form.search.running and form.value is None
        assert not form.halt.disabled
        while form.search.running:
            between.append("somebody else")
            await asyncio.sleep(0.01)

    asyncio.run(look())

    assert form.value is not None
    assert between


def test_it_can_be_stopped(story: Workbench) -> None:
    form = story.delegations_form()

    async def stop() -> None:
        form.button.click()
        form.halt.click()
        await asyncio.sleep(0.05)

    asyncio.run(stop())

    assert form.value is None
    assert "Stopped" in form.said
    assert form.halt.disabled


def test_where_no_kernel_runs_it_is_what_was_found(story: Workbench) -> None:
    form = story.delegations_form()
    assert "Nobody has looked yet" in form.html()

    form.button.click()

    assert "risk-agent" in form.html() and "<svg" in form.html()
    assert "risk-agent may act for" in form.text()
