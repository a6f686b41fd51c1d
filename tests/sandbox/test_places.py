"""Fairness between those who run scripts: who gets a place, and who waits."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from workbench.errors import EngineUnavailable
from workbench.sandbox.engines.places import LINE, MOST_KNOWN, Places, Use


class Hands:
    """A clock that is set by hand, and people who come, hold a place and go."""

    def __init__(self, number: int = 4, few: int = 2, patience: float = 30.0) -> None:
        self.now = 0.0
        self.places = Places(number, few, patience=patience, clock=lambda: self.now)
        self.order: list[str] = []

    def use(self, who: str, seconds: float) -> bool:
        """Hold a place for so long; whether it is one of those for long scripts."""
        with self.places.place(who) as place:
            self.now += seconds
        return place.long

    @contextmanager
    def waiting(self, *people: str) -> Iterator[None]:
        """They come, one after the other, and note when they got their place."""
        threads = []
        for who in people:
            before = len(self.places._waiting) + len(self.order)
            thread = threading.Thread(target=self._come, args=(who,))
            thread.start()
            threads.append(thread)
            while len(self.places._waiting) + len(self.order) == before:
                thread.join(0.001)
        yield
        for thread in threads:
            thread.join()

    def _come(self, who: str) -> None:
        with self.places.place(who):
            self.order.append(who)


def test_whoever_used_least_lately_comes_first() -> None:
    hands = Hands(number=1)
    for who, seconds in (("a", 0.3), ("b", 0.1), ("c", 0.2)):
        hands.use(who, seconds)

    with ExitStack() as held:
        held.enter_context(hands.places.place("somebody"))
        with hands.waiting("a", "b", "c", "new"):
            held.close()

    assert hands.order == ["new", "b", "c", "a"]


def test_whoever_used_the_same_comes_in_the_order_of_arrival() -> None:
    hands = Hands(number=1)

    with ExitStack() as held:
        held.enter_context(hands.places.place("somebody"))
        with hands.waiting("x", "y", "z"):
            held.close()

    assert hands.order == ["x", "y", "z"]


def test_those_whose_scripts_ran_long_leave_places_to_somebody_new() -> None:
    hands = Hands(number=4, few=2)
    hanging = [f"hanging {number}" for number in range(6)]
    for who in hanging:
        assert not hands.use(who, 1.0)  # nobody could know

    with ExitStack() as held:
        for who in hanging[:2]:
            assert held.enter_context(hands.places.place(who)).long
        with hands.waiting(*hanging[2:]):
            assert hands.order == []
            for who in ("new", "another"):
                assert not hands.use(who, 0.01)
            held.close()

    assert sorted(hands.order) == hanging[2:]


def test_a_script_that_runs_now_counts_as_soon_as_it_runs_long() -> None:
    hands = Hands(number=4, few=1)
    hands.use("late", 1.0)

    with ExitStack() as held:
        held.enter_context(hands.places.place("hangs for the first time"))
        hands.now += 0.9
        with hands.waiting("late"):
            assert hands.order == []
            held.close()

    assert hands.order == ["late"]


def test_nobody_holds_more_than_half_alone() -> None:
    hands = Hands(number=4, few=2)

    with ExitStack() as held:
        for _ in range(2):
            held.enter_context(hands.places.place("greedy"))
        with hands.waiting("greedy"):
            assert hands.order == []
            hands.use("new", 0.01)
            held.close()

    assert hands.order == ["greedy"]


def test_what_was_used_is_forgotten_in_time() -> None:
    hands = Hands(few=1)
    hands.use("hung once", 1.0)
    assert hands.use("hung once", 0.001)

    hands.now += 120

    assert not hands.use("hung once", 0.001)


def test_many_short_scripts_are_not_long_ones() -> None:
    hands = Hands()

    assert not any(hands.use("busy", 0.01) for _ in range(1000))


def test_nobody_waits_for_ever() -> None:
    hands = Hands(number=1, patience=0.05)

    with (
        hands.places.place("somebody"),
        pytest.raises(EngineUnavailable, match=r"waited 0 s") as refused,
        hands.places.place("new"),
    ):
        raise AssertionError("there was no place")

    assert "audit trail" in refused.value.hint
    assert not hands.use("new", 0.01)


def test_whoever_used_most_is_refused_where_too_many_wait() -> None:
    hands = Hands(number=2, few=1)
    for seconds in range(1, LINE + 4):
        hands.places._used[f"hanging {seconds}"] = Use(0.0, seconds, 1.0)
    names = [f"hanging {seconds}" for seconds in range(3, LINE + 3)]
    worst = f"hanging {LINE + 3}"

    with ExitStack() as held:
        held.enter_context(hands.places.place("hanging 1"))
        with hands.waiting(*names):
            with pytest.raises(EngineUnavailable), hands.places.place(worst):
                raise AssertionError("there was no place")
            assert hands.use("new", 0.01) is False
            assert hands.order == []
            held.close()

    assert hands.order == names


def test_those_who_were_seen_longest_ago_are_forgotten() -> None:
    hands = Hands()

    for number in range(MOST_KNOWN + 5):
        hands.use(f"client {number}", 0.001)

    assert len(hands.places._used) == MOST_KNOWN
    assert "client 0" not in hands.places._used
