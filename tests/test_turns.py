"""One thread at a time touches the state of a server, and nothing is lost between."""

import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, ClassVar

import pytest

from tests.stories import SECRET, open_registration, register
from workbench import Workbench
from workbench.am.basics.clock import Ids
from workbench.am.basics.steady import Steady
from workbench.am.basics.turns import MOST_WAITING, Turns
from workbench.am.basics.watching import Watchers
from workbench.am.tokens.keys import KeyRing
from workbench.errors import ServerError
from workbench.views.audit import audit_text
from workbench.views.calls import transcript


def in_a_thread(work: Callable[[], Any]) -> Any:
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(work).result(timeout=60)


def is_free(turns: Turns) -> bool:
    """Whether another thread could have the turn now."""

    def take() -> bool:
        taken = turns.taken.acquire(blocking=False)
        if taken:
            turns.taken.release()
        return taken

    return bool(in_a_thread(take))


def test_whoever_lets_go_lets_go_wholly_and_has_it_again() -> None:
    turns = Turns()

    with turns.taken, turns.taken:
        assert not is_free(turns)
        with turns.let_go():
            assert is_free(turns)
        assert not is_free(turns)
    assert is_free(turns)


def test_whoever_does_not_have_the_turn_may_let_go_of_it() -> None:
    turns = Turns()

    with turns.let_go():
        assert is_free(turns)

    assert is_free(turns)


def test_a_failure_keeps_the_turn_until_it_is_handled() -> None:
    turns = Turns()

    with turns.taken:
        with suppress(ValueError), turns.let_go():
            raise ValueError
        assert not is_free(turns)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no timers")
def test_an_interrupt_while_others_have_the_turn_leaves_no_turn_behind() -> None:
    turns, go = Turns(), threading.Event()

    def have_it() -> None:
        with turns.taken:
            go.wait(60)

    def interrupt(*_: object) -> None:
        threading.Timer(0.1, go.set).start()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    other = threading.Thread(target=have_it)
    try:
        with pytest.raises(KeyboardInterrupt), turns.taken, turns.let_go():
            other.start()
            while is_free(turns):
                time.sleep(0.001)
            signal.setitimer(signal.ITIMER_REAL, 0.1)
    finally:
        signal.signal(signal.SIGALRM, before)
        other.join()

    assert is_free(turns)


def test_what_is_done_alone_is_done_one_after_the_other_though_the_turn_is_let_go() -> (
    None
):
    turns, inside, most = Turns(), 0, 0

    def work(_: int) -> None:
        nonlocal inside, most
        with turns.taken, turns.alone("a code"):
            inside += 1
            most = max(most, inside)
            with turns.let_go():
                time.sleep(0.005)
            inside -= 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(16)))

    assert (inside, most) == (0, 1)


def test_different_things_do_not_wait_for_each_other() -> None:
    turns = Turns()

    def other() -> bool:
        with turns.alone("another code"):
            return True

    with turns.alone("a code"), turns.let_go():
        assert in_a_thread(other)


def test_only_so_many_wait_for_each_other() -> None:
    turns, inside, go = Turns(), threading.Event(), threading.Event()

    def work() -> None:
        with turns.alone("a code"), turns.let_go():
            inside.set()
            assert go.wait(60)

    with ThreadPoolExecutor(MOST_WAITING + 1) as threads:
        work_done = [threads.submit(work) for _ in range(MOST_WAITING + 1)]
        assert inside.wait(60)
        while turns._waiting < MOST_WAITING:
            time.sleep(0.001)
        with pytest.raises(ServerError) as refused, turns.alone("a code"):
            raise AssertionError("there was no room")
        with turns.alone("another code"):
            pass
        go.set()
        for each in work_done:
            each.result()

    assert f"{MOST_WAITING} requests wait already" in refused.value.hint


# ---- While an administrator changes things --------------------------------------


ROUNDS = 40


def test_views_and_requests_go_on_while_things_change(wb: Workbench) -> None:
    open_registration(wb)
    realm = wb.realm
    realm.register_client(
        "plain", secret=SECRET, scopes=["read"], grant_types=["client_credentials"]
    )

    def change(number: int) -> None:
        name = f"changing-{number}"
        for _ in range(ROUNDS):
            realm.add_user(name, password="a password of one")
            realm.register_client(name, secret=SECRET, scopes=["read"])
            realm.update(name, scopes=["write"])
            realm.delete(name)
            realm.users.delete(name)

    def ask(_: int) -> None:
        for _ in range(ROUNDS):
            wb.client.client_credentials("plain", SECRET, scope="read")
            register(wb, client_name="somebody")

    with ThreadPoolExecutor(4) as threads:
        work = [threads.submit(each, n) for each in (change, ask) for n in (1, 2)]
        while not all(each.done() for each in work):
            for store in (realm.clients, realm.users, realm.scripts, wb.realms):
                assert all(store.values())
                assert dict(store.items()).keys() >= set()
            assert audit_text(wb.audit).splitlines()
            assert transcript.transcript_text(wb.transcript).splitlines()
        for each in work:
            each.result()

    assert {event.status for event in wb.audit} <= {0, 200, 201}
    assert len(wb.transcript) == 4 * ROUNDS
    assert len(realm.clients) == 1 + 2 * ROUNDS


def test_what_is_removed_meanwhile_is_left_out() -> None:
    class Shrinking(Steady[int]):
        kept: ClassVar[dict[str, int]] = {"a": 1, "b": 2}

        def __getitem__(self, key: str) -> int:
            return self.kept[key]

        def __iter__(self) -> Any:
            keys = list(self.kept)
            self.kept.pop("a", None)
            return iter(keys)

        def __len__(self) -> int:
            return len(self.kept)

    assert list(Shrinking().items()) == [("b", 2)]


def test_keys_are_made_once_however_many_ask() -> None:
    ring = KeyRing(Ids())

    with ThreadPoolExecutor(8) as threads:
        keys = list(threads.map(lambda _: ring.key("RS256").kid, range(8)))

    assert len(set(keys)) == 1


def test_seeded_identifiers_are_handed_out_once() -> None:
    ids = Ids("many threads")

    def some(_: int) -> list[str]:
        return [ids.token() for _ in range(500)]

    with ThreadPoolExecutor(8) as threads:
        found = [token for tokens in threads.map(some, range(8)) for token in tokens]

    assert len(set(found)) == len(found) == 4000


def test_watchers_come_and_go_while_others_are_told() -> None:
    class Looks:
        def refresh(self) -> None:
            """Look again."""

    watchers, over = Watchers(), threading.Event()

    def come_and_go() -> None:
        while not over.is_set():
            looks = Looks()
            watchers.add(looks)
            watchers.discard(looks)

    with ThreadPoolExecutor(2) as threads:
        work = [threads.submit(come_and_go) for _ in range(2)]
        for _ in range(2000):
            watchers.refresh()
        over.set()
        for each in work:
            each.result()
