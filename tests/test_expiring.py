"""What a store keeps until it cannot matter any more, and how little it takes."""

from workbench.am.basics.expiring import AT_ONCE, DAY, Expiring
from workbench.am.basics.packing import MOST_SAMPLES, Packing


def _table(**how: int | bool) -> Expiring[int | None]:
    return Expiring("numbers", lambda end: end, **how)  # type: ignore[arg-type]


def test_what_ended_is_collected_a_day_later() -> None:
    table = _table()
    table.add("short", 10, now=0)
    table.add("long", 20, now=0)
    table.add("other", 2 * DAY, now=DAY + 9)
    assert list(table) == ["short", "long", "other"]
    table.add("another", 2 * DAY, now=DAY + 10)
    assert list(table) == ["long", "other", "another"]


def test_what_has_no_end_stays() -> None:
    table = _table(grace=0)
    table.add("endless", None, now=0)
    table.add("other", 10**30, now=10**12)
    assert list(table) == ["endless", "other"]


def test_an_end_may_become_later() -> None:
    ends = {"session": 10}
    table: Expiring[str] = Expiring("sessions", lambda key: ends.get(key, 99), grace=0)
    table.add("s", "session", now=0)
    ends["session"] = 20
    table.add("other", "other", now=15)
    assert "s" in table
    table.add("third", "third", now=20)
    assert "s" not in table


def test_whoever_listens_hears_what_was_collected() -> None:
    table = _table(grace=0)
    table.add("a", 1, now=0)
    heard: list[str] = []
    table.changed = heard.append
    table.add("b", 9, now=5)
    assert heard == ["b", "a"]


def test_a_few_are_collected_at_a_time() -> None:
    table = _table(grace=0)
    for number in range(100):
        table.add(str(number), 1, now=0)
    table.add("next", 9, now=5)
    assert len(table) == 101 - AT_ONCE


def test_beyond_the_most_what_ended_goes_first_and_then_the_oldest() -> None:
    table = _table(most=3)
    for key, end in {"old": 90, "ended": 1, "young": 80}.items():
        table.add(key, end, now=0)
    table.add("fourth", 70, now=5)
    assert list(table) == ["old", "young", "fourth"]
    assert table.left_out == 0
    table.add("fifth", 60, now=5)
    assert list(table) == ["young", "fourth", "fifth"]
    assert table.left_out == 1


def test_what_must_not_be_forgotten_stays_whatever_the_most() -> None:
    table = _table(most=1, gives_up=False)
    for key, end in {"a": 90, "b": 3, "c": 80}.items():
        table.add(key, end, now=0)
    assert len(table) == 3
    table.add("d", 70, now=5)
    assert list(table) == ["a", "c", "d"]
    assert table.left_out == 0


def test_the_most_can_be_lowered_at_any_time() -> None:
    table = _table(most=100)
    for number in range(50):
        table.add(str(number), 99, now=0)
    table.most = 5
    table.add("last", 99, now=0)
    assert list(table) == ["46", "47", "48", "49", "last"]


def test_nothing_waits_for_what_was_removed_or_set_again() -> None:
    table = _table()
    table["kept"] = 10**9
    for number in range(1000):
        table["again"] = 10**9
        table[str(number)] = 10**9 + number
        del table[str(number)]
    assert sorted(table) == ["again", "kept"]
    assert table._waiting < 4 * AT_ONCE


def test_what_was_removed_needs_no_collecting() -> None:
    table = _table(grace=0)
    table.add("gone", 1, now=0)
    del table["gone"]
    table.add("next", 9, now=5)
    assert list(table) == ["next"]


def test_what_is_packed_comes_out_the_same_and_each_for_itself() -> None:
    packing = Packing()
    values = [
        {"sub": f"(age!{number})", "scope": ["ä", "\ud800"]} for number in range(9)
    ]
    packed = [packing.pack(value) for value in values]
    assert [packing.unpack(each) for each in packed] == values
    packing.unpack(packed[0])["scope"].clear()
    assert packing.unpack(packed[0]) == values[0]


def test_what_is_much_alike_takes_few_bytes() -> None:
    packing = Packing()
    value = {"iss": "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha"}
    first, *_, last = [packing.pack({**value, "exp": number}) for number in range(9)]
    assert len(last) * 2 < len(first)


def test_samples_come_to_an_end() -> None:
    packing = Packing()
    texts = [f"{pow(3, number + 300, 2**512):x}" for number in range(MOST_SAMPLES + 9)]
    packed = [packing.pack(text) for text in texts]
    assert [packing.unpack(each) for each in packed] == texts
    assert len(packing._samples) == MOST_SAMPLES
