"""A table is a dictionary that tells what was changed."""

import pytest

from workbench.am.basics.table import Table


def test_it_is_a_mapping() -> None:
    table: Table[int] = Table("numbers")
    table["one"] = 1
    assert dict(table) == {"one": 1}
    assert "one" in table and "two" not in table
    assert len(table) == 1
    assert repr(table) == "<Table numbers: 1 kept>"
    with pytest.raises(KeyError):
        table["two"]


def test_whoever_listens_hears_what_was_set_changed_and_removed() -> None:
    table: Table[list[int]] = Table("numbers")
    heard: list[str] = []
    table.changed = heard.append
    table["one"] = [1]
    table.touch("one")
    del table["one"]
    assert heard == ["one", "one", "one"]
