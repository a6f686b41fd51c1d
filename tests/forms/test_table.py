"""The table of everybody: what is made again, what is sent, and the list without it."""

import json
from typing import Any

import pytest
from comm.base_comm import BaseComm

from workbench import Workbench
from workbench.forms.parties.listing import Listing
from workbench.forms.parts.entries import COLUMNS
from workbench.forms.table.plain import MOST, PlainTable
from workbench.forms.table.rows import RowChanges, TableRow

MANY = 10_000


class Wire(BaseComm):
    """Keeps what is sent to a page."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        super().__init__(target_name="jupyter.widget")

    def publish_msg(
        self,
        msg_type: str,
        data: Any = None,
        metadata: Any = None,
        buffers: Any = None,
        **keys: Any,
    ) -> None:
        self.sent.append(data)

    def custom(self) -> list[Any]:
        """What the table itself said, and not its traits."""
        return [d["content"] for d in self.sent if d and d.get("method") == "custom"]


def many(wb: Workbench, count: int = MANY) -> None:
    for number in range(count):
        wb.realm.register_agent(
            f"agent-{number}",
            secret="s",
            scopes=["read"],
            may_act_script="risk-agent may act" if number % 2 else None,
        )


def cells(listing: Listing) -> dict[str, tuple[str, ...]]:
    return {row.cells[0]: row.cells[1:] for row in listing.look().rows.values()}


def test_a_row_says_what_counts(story: Workbench) -> None:
    realm = story.realm
    realm.register_client("spa", public=True, redirection_uris=["https://a.example/c"])
    realm.register_agent("off", secret="s", active=False)
    realm.add_user("bjensen", password="p")
    realm.add_group("partners", scopes=["read"])
    realm.register_client("member", secret="s", group="partners", inherited=["scopes"])

    found = cells(Listing(realm))

    script, scopes = "risk-agent may act", "read write delete"
    assert found["data-agent"] == ("AI agent", scopes, script, "signed", "✓ active")
    assert found["spa"][0] == "OAuth2 client, public"
    assert found["off"][-1] == "✗ inactive"
    assert found["bjensen"] == ("user", "", "", "", "✓ active")
    assert found["partners"][0] == "group of Clients"
    assert found["member"][1] == "read"


def test_overrides_decide_about_tokens_and_script(story: Workbench) -> None:
    story.realm.update("data-agent", overrides={"statelessTokensEnabled": False})
    assert cells(Listing(story.realm))["data-agent"][3] == "opaque"

    story.realm.update("data-agent", overrides={"providerOverridesEnabled": False})

    assert cells(Listing(story.realm))["data-agent"][2:4] == ("", "signed")


def test_one_change_among_ten_thousand_makes_one_row(story: Workbench) -> None:
    many(story)
    listing = Listing(story.realm)
    listing.look()
    made = listing.made

    assert not listing.look()
    story.realm.update("agent-5", scopes=["write"])
    story.realm.delete("agent-6")
    changes = listing.look()

    assert listing.made - made == 1
    assert set(changes.rows) == {"client:agent-5"}
    assert changes.gone == ("client:agent-6",)


def test_a_script_that_no_row_shows_changes_none(story: Workbench) -> None:
    many(story)
    listing = Listing(story.realm)
    listing.look()

    story.realm.keep_script("unused", "var a = 1;")

    assert not listing.look()


def test_a_setting_changes_the_rows_that_it_rules_and_no_other(
    story: Workbench,
) -> None:
    many(story)
    own = {"providerOverridesEnabled": True, "statelessTokensEnabled": True}
    story.realm.update("agent-5", overrides=own)
    listing = Listing(story.realm)
    listing.look()

    story.realm.set_provider(statelessTokensEnabled=False)
    changed = listing.look().rows

    assert "client:agent-4" in changed
    assert "client:agent-5" not in changed


def test_a_group_changes_its_members_alone(story: Workbench) -> None:
    realm = story.realm
    group = realm.add_group("partners", scopes=["read"])
    for name in ("one", "two"):
        realm.register_client(name, secret="s", group="partners", inherited=["scopes"])
    listing = Listing(realm)
    listing.look()

    realm.groups.update(group, scopes=["write"])

    changed = listing.look().rows
    assert {row.cells[0] for row in changed.values()} == {"one", "two"}
    assert changed["client:one"].cells[2] == "write"


def test_the_page_gets_everything_once_and_then_what_changes(story: Workbench) -> None:
    many(story, 1000)
    table, wire = story.agents_form().found, Wire()
    table.comm = wire
    assert wire.custom() == []

    table._handle_custom_msg("rows?", [])
    (everything,) = wire.custom()
    assert len(everything["all"]) == 1002

    form = story.agents_form()
    form.found.comm = wire = Wire()
    form.found._handle_custom_msg("rows?", [])
    story.realm.update("agent-5", scopes=["write"])
    changed = wire.custom()[-1]
    assert [row[0] for row in changed["rows"]] == ["client:agent-5"]
    assert changed["gone"] == []
    assert len(json.dumps(changed)) < 200


def test_nothing_is_sent_for_what_is_in_no_row(story: Workbench) -> None:
    form = story.agents_form()
    form.found.comm = wire = Wire()
    form.found._handle_custom_msg("rows?", [])

    story.client.client_credentials("data-agent", "mySecret", scope="read")

    assert len(wire.custom()) == 1


def test_characters_that_hide_are_shown(story: Workbench) -> None:
    story.realm.register_client("a\u202eb", secret="s")

    assert "a⟨U+202E⟩b" in cells(Listing(story.realm))


def rows(count: int) -> RowChanges:
    found = [
        TableRow(f"k{n}", "odd" if n % 2 else "even", "", (f"name {n}", "x"))
        for n in range(count)
    ]
    return RowChanges({row.key: row for row in found})


@pytest.fixture
def plain() -> PlainTable:
    made = PlainTable(COLUMNS, "Registered")
    made.change(rows(300))
    return made


def test_without_anywidget_there_is_a_list(plain: PlainTable) -> None:
    assert len(plain.list.options) == MOST
    assert plain.count.value == "300 of 300 rows; the first 100 are listed"


def test_the_list_is_searched_and_picked_from(plain: PlainTable) -> None:
    plain.search, plain.kind = "29 name", "odd"
    assert "k291" in [key for _, key in plain.list.options]
    assert plain.count.value == "8 of 300 rows"

    plain.list.value = "k291"
    assert plain.chosen == "k291"


def test_the_list_lets_go_of_who_is_gone(plain: PlainTable) -> None:
    plain.chosen = "k5"

    plain.change(RowChanges({}, ("k5",)))

    assert plain.chosen == ""
    assert plain.list.value is None
