"""Every request of a bench, newest first: sent again, changed, named, compared."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import ipywidgets

from workbench.agent.client import AgentClient, Call
from workbench.agent.history import History
from workbench.am.basics.words import counted
from workbench.am.realm import Realm
from workbench.errors import NotYet
from workbench.forms.parts.form import Form, make_field, quiet, spread
from workbench.forms.requests.listed import HEADER, Listed, changes, listed
from workbench.forms.requests.request import REQUEST_CSS, RequestForm
from workbench.forms.table import rows_table
from workbench.views.calls.call import call_html, is_refused, path, status_line
from workbench.views.calls.difference import difference_html
from workbench.views.calls.transcript import transcript_html, transcript_text
from workbench.views.page.html import escape, page
from workbench.views.page.style import style

MOST = 200
"""How many calls are listed, the latest ones."""

NEAR = 50
"""How many of them are offered to compare with."""

BEFORE = ("(the one before it)", 0)
NOTHING = "No request has been sent yet."
CHOOSE = "Choose a request to see its answer."
LABEL_WIDTH = "7em"


class HistoryForm(Form):
    """Lists what was sent; ``wb.history`` repeats, edits, names and compares the same.

    Args:
        realm: Whose tokens a request is edited with.
        client: Sends what was edited.
        history: The calls.
        editor: Takes a call over to be edited; None: a request form below.
        player: Plays a call; None: there is no such button.

    Attributes:
        value: The call that was sent again last; observe it to follow.
        chosen: The call that is chosen, or None.
    """

    title = "History of requests"
    action = "Repeat"

    def __init__(
        self,
        realm: Realm,
        client: AgentClient,
        history: History,
        editor: Callable[[Call], None] | None = None,
        player: Callable[[Call], Any] | None = None,
    ) -> None:
        self.realm, self.client, self.history = realm, client, history
        self.editor, self.player = editor or self._open_editor, player
        self.list = rows_table(HEADER, "Requests", falling=True)
        self.note, self.shown_call = ipywidgets.HTML(), quiet(ipywidgets.HTML)()
        self.place = ipywidgets.VBox([])
        self._drawn: Any = None
        self._listed: dict[str, Listed] = {}
        super().__init__({})
        self.list.observe(lambda _change: self.attempt(self.draw), "chosen")
        realm.watchers.add(self)
        history.watchers.add(self)
        self.look()

    def _head(self) -> str:
        return f"{style(REQUEST_CSS)}{super()._head()}"

    def make_fields(self) -> dict[str, Any]:
        """A name for the chosen call, and another to compare it with."""
        return {
            "name": make_field(
                ipywidgets.Text, "Name", "What the chosen request is called."
            ),
            "other": make_field(
                ipywidgets.Dropdown,
                "Compare with",
                "Another request, to see what differs.",
                options=[BEFORE],
            ),
        }

    def body(self) -> list[Any]:
        """The list, what is done with a call, and the call itself."""
        self.buttons = {
            "Edit": self._button("Edit", "Put it into the request form.", self.edit),
            "Play": self._button("Play", "See it step by step.", self.play),
            "Rename": self._button("Rename", "Give it this name.", self.rename),
            "Compare": self._button("Compare", "See what differs.", self.compare),
        }
        self.button.tooltip = "Send it again as it was."
        edit, play, rename, compare = self.buttons.values()
        if self.player is None:
            play.layout.display = "none"
        for field in self.fields.values():
            spread(field, "12em")
            field.layout.min_width = "0"
            field.style.description_width = LABEL_WIDTH
        self.fold = ipywidgets.ToggleButton(
            description="Fold",
            tooltip="Hide the list, or show it again.",
            layout=ipywidgets.Layout(width="auto"),
        )
        self.fold.observe(self._folded, "value")
        self.acts = ipywidgets.VBox(
            [
                _row(self.button, edit, play),
                _row(self.fields["name"], rename),
                _row(self.fields["other"], compare),
            ]
        )
        self.inner = ipywidgets.VBox([self.list, self.acts])
        self.after = ipywidgets.VBox([self.shown_call, self.place])
        head = _row(self.note, self.fold)
        head.add_class("wb-history-head")
        return [head, self.inner, self.after]

    @property
    def chosen(self) -> Call | None:
        """The call that is chosen, or None."""
        return self._call(int(self.list.chosen or "0"))

    def choose(self, call: Call) -> None:
        """Choose a call, as a click on its row does.

        Raises:
            NotYet: It is not in the history.
        """
        self.list.chosen = str(self.history.number_of(call))

    def submit(self) -> Call:
        """Send the chosen request again as it was.

        Raises:
            NotYet: None is chosen.
        """
        call = self.history.repeat(self._must_be_chosen())
        self.look()
        self.choose(call)
        self.value = call
        return call

    def done(self, result: Any) -> tuple[str, bool]:
        """What the server said this time."""
        number = self.history.number_of(result)
        return (
            f"Sent again as request {number}: {status_line(result)}.",
            not is_refused(result),
        )

    def edit(self) -> None:
        """Put the chosen request into a request form; secrets are as registered.

        Raises:
            NotYet: None is chosen.
        """
        call = self._must_be_chosen()
        self.editor(call)
        number = self.history.number_of(call)
        self.say(f"The request form has what request {number} sent.", True)

    def rename(self) -> None:
        """Give the chosen call the name that was typed; with "" none.

        Raises:
            NotYet: None is chosen.
            SettingError: Another call has this name.
        """
        call = self.history.name(self._must_be_chosen(), self.name.value.strip())
        self._drawn = None
        self.look()
        called = self.history.name_of(call)
        number = self.history.number_of(call)
        told = f"is called {called}" if called else "has no name"
        self.say(f"Request {number} {told}.", True)

    def compare(self) -> None:
        """Show what differs in the chosen call and the other one.

        Raises:
            NotYet: None is chosen, or there is no other.
        """
        call = self._must_be_chosen()
        number = self.other.value or self.history.number_of(call) - 1
        other = self._call(number)
        if other is None:
            raise NotYet("There is no request before it to compare with.")
        self.shown_call.value = difference_html(self.history.compare(other, call))
        self.hush()

    def play(self) -> None:
        """Play the chosen call.

        Raises:
            NotYet: None is chosen.
        """
        if self.player is not None:
            self.place.children = (self.player(self._must_be_chosen()),)

    def look(self) -> None:
        """List the calls that there are by now."""
        now = (self.history.total, self.history.left_out, tuple(self.history.names))
        if now == self._drawn:
            return
        self._drawn = now
        before, self._listed = self._listed, {e.row.key: e for e in self._list()}
        self.list.change(changes(before, self._listed))
        near = islice(self._listed.items(), NEAR)
        self.offer("other", [BEFORE, *((each.title, int(n)) for n, each in near)])
        beyond = self.history.total - len(self._listed)
        more = f" The latest {len(self._listed)} are listed." if beyond else ""
        told = f"{counted(self.history.total, 'request')}.{more}"
        self.note.value = page(f"<p>{told if self.history.total else NOTHING}</p>")
        self.draw()

    def draw(self) -> None:
        """Show the chosen call, and what can be done with it."""
        call = self.chosen
        self.acts.layout.display = "none" if call is None else ""
        self.name.value = self.history.name_of(call) if call else ""
        for button in (self.button, *self.buttons.values()):
            button.disabled = call is None
        self.buttons["Edit"].disabled = call is None or path(call) != "access_token"
        if call is None:
            self.shown_call.value = page(f"<p>{CHOOSE}</p>") if self._listed else ""
            return
        found = self._listed.get(self.list.chosen)
        title = escape(f"Request {found.title if found else self.list.chosen}")
        self.shown_call.value = page(f"<p><b>{title}</b></p>") + call_html(call)

    def html(self) -> str:
        """The latest calls, where no kernel runs."""
        return transcript_html(self.history.latest(MOST))

    def text(self) -> str:
        """The same as text."""
        told = transcript_text(self.history.latest(MOST))
        return f"{self.title}\n{told}\n{self.said}".rstrip()

    def _list(self) -> Iterator[Listed]:
        """The latest calls, newest first; one that was listed before is kept."""
        names = {number: name for name, number in self.history.names.items()}
        latest = self.history.latest(MOST)
        for number, call in zip(
            reversed(latest.numbers), reversed(latest), strict=True
        ):
            name, before = names.get(number, ""), self._listed.get(str(number))
            if before and before.call is call and before.name == name:
                yield before
            else:
                yield listed(number, call, name)

    def _call(self, number: int) -> Call | None:
        at = number - self.history.left_out - 1
        return self.history[at] if 0 <= at < len(self.history) else None

    def _must_be_chosen(self) -> Call:
        call = self.chosen
        if call is None:
            raise NotYet("Choose a request first.")
        return call

    def _open_editor(self, call: Call) -> None:
        form = RequestForm(self.realm, self.client, self.history)
        form.fill(call)
        self.place.children = (form,)

    def _folded(self, change: Any) -> None:
        for part in (self.inner, self.after):
            part.layout.display = "none" if change["new"] else ""
        self.fold.description = "Unfold" if change["new"] else "Fold"

    def _button(self, name: str, tooltip: str, work: Callable[[], None]) -> Any:
        button = ipywidgets.Button(
            description=name, tooltip=tooltip, layout=ipywidgets.Layout(width="auto")
        )

        def click(_button: Any) -> None:
            self.point_out("", "")
            self.attempt(work)

        button.on_click(click)
        return button


def _row(*parts: Any) -> Any:
    row = ipywidgets.HBox(list(parts), layout=ipywidgets.Layout(flex_flow="row wrap"))
    row.add_class("wb-line")
    return row
