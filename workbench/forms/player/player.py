"""One exchange, or a whole use case, played step by step; and what if."""

from collections.abc import Callable
from typing import Any

import ipywidgets
from markupsafe import Markup

from workbench.agent.calls import Call, Transcript
from workbench.agent.repair import last_exchange
from workbench.agent.told import event_of, realm_asked
from workbench.agent.what_if import TYPES, Supposed, parameters, suppose
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.exchange.decision import Decision
from workbench.am.realm import Realm
from workbench.am.tokens.token import TOKEN_NAMES
from workbench.errors import NotYet
from workbench.forms.parts.form import Form, quiet
from workbench.forms.player import stage
from workbench.views.page.html import page
from workbench.views.page.roles import GRANTED, REFUSED, SERVER, badge
from workbench.views.player.film import NOTHING, film_html, film_text
from workbench.views.player.play import play, supposed_play
from workbench.views.player.show import Shown, shown
from workbench.views.player.step import Play
from workbench.views.player.verdict import verdict
from workbench.views.tokens.seen import known_tokens

TOKENS = frozenset(TYPES)
ACCESS_AND_ID = tuple(TOKEN_NAMES)
WAITS = "not decided"
MOST_OFFERED = 50
"""Clients that are offered; any other can be typed."""


class PlayerForm(Form):
    """Plays what the server did with a call: the request, each rule, the answer.

    Without a call it follows the latest exchange, or where there is none the latest
    call. ``wb.what_if(call, scope="write")`` decides what its last line asks.

    Args:
        realm: A realm of the server.
        transcript: Where calls are kept.
        calls: Those to play one after the other.
        title: What is played.

    Attributes:
        value: What was last supposed: the exchange with its decision.
        stage: What plays the steps; ``stage.at`` is the present one, by index.
        plays: What is played.
    """

    title = "Player"
    action = "What if"
    no_page = "AM has no page for this: it answers, and says little of why."

    def __init__(
        self, realm: Realm, transcript: Transcript, *calls: Call, title: str = ""
    ) -> None:
        self.realm, self.transcript = realm, transcript
        self.given, self.named = calls, title
        self.plays: tuple[Play, ...] = ()
        self.stage = stage()
        self._calls: tuple[Call, ...] | None = None
        self._exchange: Call | None = None
        super().__init__({})
        self._connect()
        realm.watchers.add(self)
        transcript.watchers.add(self)
        self.look()

    # What is asked of it

    def make_fields(self) -> dict[str, Any]:
        """The parameter that is changed, and its other value."""
        named = {"style": {"description_width": "auto"}}
        return {
            "parameter": ipywidgets.Dropdown(description="Change", **named),
            "new": quiet(ipywidgets.Combobox)(
                description="to", ensure_option=False, **named
            ),
            "token": quiet(ipywidgets.Dropdown)(description="to", **named),
            "without": ipywidgets.Checkbox(
                description="leave it out",
                indent=False,
                layout=ipywidgets.Layout(width="auto"),
            ),
        }

    def body(self) -> list[Any]:
        """The stage, and the line that asks what if."""
        self.back = ipywidgets.Button(
            description="What really happened", layout=ipywidgets.Layout(width="auto")
        )
        self.back.on_click(lambda _button: self.attempt(self.replay))
        wrap = ipywidgets.Layout(flex_flow="row wrap", align_items="center")
        row = [*self.fields.values(), self.button, self.back]
        for field in self.fields.values():
            field.add_class("wb-short")
        self.line = ipywidgets.HBox(row, layout=wrap)
        self.line.add_class("wb-p-what-if")
        self.verdict = ipywidgets.HTML()
        return [self.stage, self.line, self.verdict]

    def _connect(self) -> None:
        for name in ("parameter", "without"):
            self.fields[name].observe(lambda _change: self._choose(), "value")
        self.back.layout.display = "none"
        self.fields["new"].tooltip = "The new value of the parameter"
        self.fields["token"].tooltip = "A token that this bench has seen"

    def _choose(self) -> None:
        """Offer what fits the parameter: a token, a known value, or nothing."""
        name, out = self.fields["parameter"].value, self.fields["without"].value
        token = name in TOKENS
        self.fields["token"].layout.display = "" if token and not out else "none"
        self.fields["new"].layout.display = "none" if token or out else ""
        self.fields["new"].options = self._known(name or "")

    def _known(self, name: str) -> tuple[str, ...]:
        """Values that somebody may want to choose from; a few, of however many."""
        if name == "client_id":
            return tuple(list(self.realm.clients)[:MOST_OFFERED])
        if name.endswith("_token_type"):
            return ACCESS_AND_ID
        client = self.realm.clients.get(dict(self._form()).get("client_id", ""))
        return client.scopes if client is not None and name == "scope" else ()

    def _form(self) -> tuple[tuple[str, str], ...]:
        return self._exchange.form if self._exchange else ()

    def submit(self) -> Supposed:
        """Decide the exchange with the change, and play that; nothing else changes.

        Raises:
            NotYet: There is no exchange.
            SettingError: It cannot be supposed.
        """
        if self._exchange is None:
            raise NotYet("What if is for token exchanges, and none is played.")
        name = self.fields["parameter"].value
        token = name in TOKENS
        value = self.fields["token" if token else "new"].value
        change = None if self.fields["without"].value else value or ""
        self.value = suppose(self._exchange, self.realm, {name: change})
        self._show_supposed(self.value)
        return self.value

    def report(self, work: Callable[[], Any]) -> None:
        """Ask, and say only what cannot be asked; the answer stands below."""
        self.hush()
        self.attempt(work)

    def what_if(self, **changes: str | None) -> Decision:
        """The same in Python; None leaves a parameter out; raises as above."""
        if self._exchange is None:
            raise NotYet("What if is for token exchanges, and none is played.")
        self.value = suppose(self._exchange, self.realm, changes)
        self._show_supposed(self.value)
        return self.value.decision

    def replay(self) -> None:
        """Play again what really happened."""
        self.hush()
        self._calls = None
        self.look()

    # What is shown

    def look(self) -> None:
        """Play what is latest by now, unless it is played already."""
        calls = self._chosen()
        if calls == self._calls:
            return
        self._calls = calls
        self.plays = tuple(self._play(call) for call in calls)
        self._exchange = next(
            (c for c in reversed(calls) if ("grant_type", TOKEN_EXCHANGE) in c.form),
            None,
        )
        self.back.layout.display = "none"
        self.verdict.value = ""
        self._present(shown(self.plays, self.named) if calls else Shown(NOTHING))

    def _present(self, what: Shown) -> None:
        self.stage.show(what)
        exchange = self._exchange
        self.line.layout.display = "none" if exchange is None else ""
        if exchange is None:
            return
        names = parameters(exchange)
        if self.fields["parameter"].options != names:
            self.fields["parameter"].options = names
            self.fields["parameter"].value = "scope"
        known = known_tokens(self.transcript, self.realm)
        self.fields["token"].options = [
            (each.label, each.value) for each in known if each.kind != "refresh_token"
        ]
        self._choose()

    def _chosen(self) -> tuple[Call, ...]:
        if self.given:
            return self.given
        try:
            return (last_exchange(self.transcript, self.realm),)
        except NotYet:
            return tuple(self.transcript[-1:])

    def _play(self, call: Call) -> Play:
        realm = realm_asked(call, self.realm)
        return play(call, event_of(call, self.transcript, realm), realm)

    def _show_supposed(self, supposed: Supposed) -> None:
        assert self._exchange is not None
        realm = realm_asked(self._exchange, self.realm)
        made = supposed_play(supposed, realm)
        self.stage.show(shown((made,)))
        ends = made.steps.index(made.ends)
        self.stage.at = ends
        self.back.layout.display = ""
        granted = supposed.decision.granted
        role = SERVER if supposed.waits else GRANTED if granted else REFUSED
        told = Markup('<p role="status">{} {}</p>').format(
            badge(role, WAITS if supposed.waits else ""), self._verdict(supposed)
        )
        self.verdict.value = page(told)

    def _verdict(self, supposed: Supposed) -> str:
        before = next(p for p in reversed(self.plays) if p.decision is not None)
        assert before.decision is not None
        return verdict(
            supposed.decision, before.decision, supposed.unchanged, waits=supposed.waits
        )

    def html(self) -> str:
        """The steps as a strip of cards, where no kernel runs."""
        return film_html(self.plays, self.named)

    def text(self) -> str:
        """The same as numbered lines."""
        return film_text(self.plays, self.named)
