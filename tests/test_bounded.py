"""Trail and transcript keep the latest, say how many they left out, and count on."""

import re
import threading

import pytest

from tests.stories import SECRET, agent_for_agent, exchange, own_token
from workbench import Workbench
from workbench.am.basics.bounded import Bounded
from workbench.errors import NotYet, SettingError
from workbench.views.audit import audit_html, audit_text
from workbench.views.calls.transcript import transcript_html, transcript_text
from workbench.views.frames import audit_frame, transcript_frame
from workbench.views.page.left_out import as_now
from workbench.views.tokens.seen import known_tokens


@pytest.fixture
def busy(wb: Workbench) -> Workbench:
    """Ten tokens were asked for; three events and three calls are kept."""
    agent_for_agent(wb)
    wb.audit.most = wb.transcript.most = 3
    for _ in range(10):
        wb.client.client_credentials("data-agent", SECRET, scope="read")
    return wb


def test_the_latest_are_kept_and_the_others_counted() -> None:
    kept = Bounded(range(1, 4), most=5)
    assert (kept, kept.left_out, kept.total) == ([1, 2, 3], 0, 3)
    kept.extend(range(4, 9))
    assert (kept, kept.left_out, kept.total) == ([4, 5, 6, 7, 8], 3, 8)
    assert list(kept.numbers) == [4, 5, 6, 7, 8]
    assert (kept[-1], kept[1:3], len(kept)) == (8, [5, 6], 5)


def test_a_long_one_removes_some_at_once() -> None:
    kept = Bounded(range(128), most=128)
    kept.append(128)
    assert (len(kept), kept[0], kept.left_out) == (126, 3, 3)


def test_the_most_can_be_set_at_any_time() -> None:
    kept = Bounded(range(9), most=100)
    kept.most = 2
    assert (kept, kept.left_out, kept.most) == ([7, 8], 7, 2)
    kept.most = 100
    kept.append(9)
    assert kept == [7, 8, 9]


@pytest.mark.parametrize("most", [0, -1, 2.5, "10", None, True])
def test_the_most_is_a_whole_number(most: int) -> None:
    kept = Bounded([1], most=1)
    with pytest.raises(SettingError, match="most is a whole number, 1 or more"):
        kept.most = most


def test_whoever_looks_while_others_add_sees_items_with_their_own_numbers() -> None:
    kept = Bounded([1], most=70)
    adding = threading.Thread(target=kept.extend, args=[range(2, 200_000)])
    adding.start()
    while adding.is_alive():
        for seen in (kept.as_now(), kept.latest(5), as_now(kept)):
            assert seen == list(seen.numbers)
    adding.join()


def test_a_table_is_made_while_events_come(busy: Workbench) -> None:
    busy.audit.most = 80
    exchange(busy, "risk-agent", own_token(busy, "data-agent"))

    def add() -> None:
        for _ in range(3000):
            busy.realm.settings.set_property("a", "b")

    adding = threading.Thread(target=add)
    adding.start()
    while adding.is_alive():
        assert len(busy.audit_table()) <= 81
        assert busy.decision
        assert "<table" in audit_html(busy.audit)
    adding.join()


def test_the_latest_that_fit_have_their_numbers() -> None:
    kept = Bounded(range(1, 21), most=10)
    even = kept.latest(3, lambda item: item % 2 == 0)
    assert (even, even.numbers, even.left_out) == ([16, 18, 20], [16, 18, 20], 10)
    assert kept.latest(99) == list(range(11, 21))


def test_trail_and_transcript_of_a_bench_are_bounded(busy: Workbench) -> None:
    assert len(busy.audit) == len(busy.transcript) == 3
    assert busy.transcript.left_out == 7
    assert busy.audit.total == busy.audit.left_out + 3 > 10


def test_the_trail_of_the_server_has_a_bound_of_its_own(busy: Workbench) -> None:
    assert len(busy.realms.audit) == busy.audit.total
    assert busy.realms.audit[-1] is busy.audit[-1]


def test_the_views_number_on_and_say_what_was_left_out(busy: Workbench) -> None:
    first = busy.audit.left_out + 1
    left = f"{busy.audit.left_out} earlier events were left out."
    assert audit_text(busy.audit).startswith(f"{left}\n")
    assert re.search(rf"^{first} ", audit_text(busy.audit), re.MULTILINE)
    assert left in audit_html(busy.audit)
    assert f">{first}<" in audit_html(busy.audit)
    assert transcript_text(busy.transcript).startswith("7 earlier calls were left out.")
    assert re.search(r"^10 ", transcript_text(busy.transcript), re.MULTILINE)
    assert "7 earlier calls were left out." in transcript_html(busy.transcript)
    assert list(transcript_frame(busy.transcript).index) == [8, 9, 10]
    assert list(audit_frame(busy.audit).index) == [first - 1, first, first + 1]


def test_one_that_was_left_out_is_spoken_of_as_one(busy: Workbench) -> None:
    busy.transcript.left_out = 1
    assert transcript_text(busy.transcript).startswith("1 earlier call was left out.")


def test_forms_show_the_same_numbers(busy: Workbench) -> None:
    first = busy.audit.left_out + 1
    form = busy.audit_form()
    assert f">{first}<" in form.html()
    assert f"{busy.audit.left_out} earlier events" in form.text()
    form.fields["search"].value = "no such thing"
    assert form.submit() == []
    assert f">{first}<" in busy.forms().html()


def test_a_token_is_called_by_the_number_of_its_call(busy: Workbench) -> None:
    assert [each.number for each in known_tokens(busy.transcript, busy.realm)] == [
        *(10, 9, 8)
    ]
    busy.client.client_credentials("data-agent", SECRET, scope="read")
    assert known_tokens(busy.transcript, busy.realm)[0].number == 11


def test_the_latest_decision_outlives_its_event(busy: Workbench) -> None:
    token = busy.client.client_credentials("data-agent", SECRET, scope="read")
    asked = {"scope": "transfer", "subject_token": token.access_token}
    call = busy.client.exchange("risk-agent", SECRET, **asked)
    decision = busy.audit.decision
    for _ in range(4):
        busy.client.client_credentials("data-agent", SECRET, scope="read")
    assert busy.audit.exchanges == []
    assert busy.audit.decision is decision
    assert call not in busy.transcript
    assert busy.remedies().keys() == {each.rule for each in decision.failures}
    with pytest.raises(NotYet, match="No exchange is among the latest 3 calls"):
        busy.repair(next(iter(busy.remedies().values()))[0])


class Texts(Bounded[str]):
    def weight_of(self, item: str) -> int:
        return len(item)


def test_long_items_are_kept_in_smaller_number() -> None:
    kept = Texts(most=100)
    kept.most_weight = 10
    kept.extend(["aaaa", "bbbb", "cc", "d", "eee"])
    assert (kept, kept.left_out) == (["bbbb", "cc", "d", "eee"], 1)
    kept.append("f" * 50)
    assert (kept, kept.left_out) == (["f" * 50], 5)
    kept.extend(["a", "b" * 9])
    assert kept == ["a", "b" * 9]
    kept.most = 1
    kept.extend(["c", "d"])
    assert kept == ["d"]


def test_what_a_reader_removes_weighs_no_longer() -> None:
    kept = Texts(["a" * 9], most=100)
    kept.most_weight = 10
    kept.clear()
    kept.extend(["b" * 5, "c" * 5])
    assert kept == ["b" * 5, "c" * 5]


def test_what_scripts_log_is_bounded_too(story: Workbench) -> None:
    source = "logger.error(new Array(5001).join('x'));"
    story.realm.add_script("talks", source, "2.0")
    story.realm.update("data-agent", may_act_script="talks")
    story.audit.most_weight = 12_000
    for _ in range(4):
        story.client.client_credentials("data-agent", SECRET, scope="read")
    logs = [len(event.scripts[0].log) for event in story.audit if event.scripts]
    assert logs == [1, 1]
    assert story.audit.left_out > 0


def test_long_bodies_are_bounded_too(story: Workbench) -> None:
    story.transcript.most_weight = 5_000
    for _ in range(4):
        story.client.post("access_token", {"nothing": "x" * 2_000})
    assert len(story.transcript) == 2
