"""The chain of one exchange, drawn, with a few lines on the token pointed at."""

from collections.abc import Callable, Iterator
from itertools import chain, islice, takewhile
from typing import Any

import ipywidgets
import traitlets

from workbench.agent.asked import is_exchange
from workbench.agent.client import Call, Transcript
from workbench.agent.pasted import inspect_pasted
from workbench.agent.repair import exchanges
from workbench.am.reading.read_token import inspect_token
from workbench.am.realm import Realm
from workbench.am.tokens.inspection import Inspection
from workbench.forms.graph import chain_graph
from workbench.forms.parts.form import Form, make_field
from workbench.views.calls.transcript import client
from workbench.views.chain.face import chain_html, chain_text, token_lines_text
from workbench.views.chain.refused import Attempt
from workbench.views.page.plain import shorten
from workbench.views.tokens.claims import bare
from workbench.views.tokens.seen import known_tokens

MOST = 20
"""How many exchanges are offered, the latest ones."""

LATEST, GIVEN = 0, -1
"""In place of a call's number: whichever is the latest, and what was asked for."""


class ChainForm(Form):
    """Draws who acts for whom, as ``wb.chain`` does; by default in the last exchange.

    Where a kernel runs, hover or focus shows a token in a few lines, and a click
    chooses it: then it is the form's ``value``.

    Args:
        realm: Whose tokens.
        transcript: Where the calls come from.
        shown: An exchange; or tokens in order of issue, themselves or as the calls
            that brought them. Without any, the latest exchange.
        opens: Lays the token that is chosen open, where there is a place for that.

    Raises:
        NotYet: One of the calls is no exchange and brought no token.

    Attributes:
        call: Which exchange is drawn, by its number in the transcript.
        refused: Whether all refused attempts are drawn, and not the call's alone.
        chosen: The chosen token itself, or "".
    """

    chosen = traitlets.Unicode("")

    title = "Who acts for whom"
    no_page = "AM has no page for this: it stands in the act claims of tokens."

    def __init__(
        self,
        realm: Realm,
        transcript: Transcript,
        *shown: str | Call,
        opens: Callable[[str], Any] | None = None,
    ) -> None:
        self.realm, self.transcript = realm, transcript
        self.given: list[tuple[str, str]] = []
        self.asked: Call | None = None
        self._names: dict[int, str] = {}
        self._exchanges: dict[int, Call] = {}
        self._seen = 0
        self.graph = chain_graph()
        self.refused = ipywidgets.Checkbox(
            description="Show all attempts that were refused", indent=False
        )
        self.opener = ipywidgets.Button(description="Open in Tokens")
        self.opener.layout.display = "none"
        super().__init__({})
        self.refused.observe(lambda _change: self.refresh(), "value")
        self.fields["call"].observe(lambda _change: self.refresh(), "value")
        self.graph.observe(self._chosen, "token")
        self.opens = opens
        self.opener.on_click(lambda _button: self.attempt(self.lay_open))
        realm.watchers.add(self)
        transcript.watchers.add(self)
        self.show(*shown)

    def make_fields(self) -> dict[str, Any]:
        """Which exchange."""
        tooltip = "The exchanges of this bench, the latest first."
        options = [("The latest", LATEST)]
        field = make_field(ipywidgets.Dropdown, "Exchange", tooltip, options=options)
        field.style.description_width = "6em"
        field.layout.width = "36em"
        field.add_class("wb-short")
        return {"call": field}

    def body(self) -> list[Any]:
        """What is drawn, the picture, and where the token chosen is laid open."""
        row = ipywidgets.HBox(
            [self.fields["call"], self.refused],
            layout=ipywidgets.Layout(flex_flow="row wrap", align_items="center"),
        )
        return [row, self.graph, self.opener]

    def show(self, *shown: str | Call) -> None:
        """Draw this exchange, or these tokens; without any, the latest exchange.

        Raises:
            NotYet: One of the calls is no exchange and brought no token.
        """
        alone = shown[0] if len(shown) == 1 else None
        exchanged = isinstance(alone, Call) and is_exchange(alone, self.realm)
        self.asked = alone if isinstance(alone, Call) and exchanged else None
        self.given = (
            []
            if exchanged
            else [
                (
                    each.access_token if isinstance(each, Call) else each,
                    f"token {number}",
                )
                for number, each in enumerate(shown, start=1)
            ]
        )
        self._offer()
        offered = self._calls().items()
        number = next((n for n, call in offered if call is self.asked), GIVEN)
        self.fields["call"].value = number if shown else LATEST
        self.look()

    def submit(self) -> list[Inspection]:
        """The tokens that are drawn, in order of issue."""
        return [
            inspect_pasted(self.realm, value, label) for value, label in self._values()
        ]

    def drawn_call(self) -> Call | None:
        """The exchange that is drawn; None where it is no exchange."""
        number = self.fields["call"].value
        if number == GIVEN:
            return self.asked
        calls = self._calls()
        return calls.get(number) or next(iter(calls.values()), None)

    def attempts(self) -> list[Attempt]:
        """The exchanges that were refused, as far as they are to be shown."""
        call, everything = self.drawn_call(), self.refused.value
        if not everything and (call is None or call.status == 200):
            return []
        return [
            self._attempt(each)
            for each in exchanges(self.transcript, self.realm)
            if each.status != 200 and (everything or each is call)
        ]

    def lay_open(self) -> None:
        """Lay the chosen token open, where there is a place for that."""
        if self.opens is not None and self.chosen:
            self.opens(self.chosen)

    def look(self) -> None:
        """Offer the exchanges there are by now, and draw the tokens as they are."""
        self._offer()
        self.graph.show(self.submit(), self.attempts())

    def html(self) -> str:
        """The picture where no kernel runs, and a line on each token."""
        return chain_html(self.submit(), attempts=self.attempts(), lines=True)

    def text(self) -> str:
        """The same as text."""
        tokens = self.submit()
        said = chain_text(tokens, attempts=self.attempts())
        return "\n\n".join(filter(None, (said, token_lines_text(tokens))))

    def _calls(self) -> dict[int, Call]:
        """The latest exchanges by their number, newest first.

        Only calls that came since are looked at, and no more than it takes, as this is
        asked at every change.
        """
        kept = self.transcript.as_now()
        total = kept.numbers[-1] if kept.numbers else 0
        if total < self._seen:  # somebody has cleared the transcript
            self._exchanges, self._seen = {}, 0
        late = zip(reversed(kept.numbers), reversed(kept), strict=True)
        fresh = takewhile(lambda each: each[0] > self._seen, late)
        new = (each for each in fresh if is_exchange(each[1], self.realm))
        before = (e for e in self._exchanges.items() if e[0] in kept.numbers)
        self._exchanges = dict(islice(chain(new, before), MOST))
        self._seen = total
        return dict(self._exchanges)

    def _offer(self) -> None:
        calls = self._calls()
        self._names = {
            number: self._names.get(number) or self._name(number, call)
            for number, call in calls.items()
        }
        latest = next(iter(self._names.values()), "none yet")
        options = [(f"The latest: {latest}", LATEST)]
        options += [(name, number) for number, name in self._names.items()]
        if self.given or self.asked:
            options.append(
                ("The tokens given" if self.given else "The one given", GIVEN)
            )
        if options != list(self.fields["call"].options):
            self.offer("call", options)

    def _name(self, number: int, call: Call) -> str:
        sub = bare(self._subject(call)) or "somebody"
        how = "✓ granted" if call.status == 200 else "✗ refused"
        who = client(call) or "a client"
        return f"{number}. {shorten(who, 28)} for {shorten(sub, 28)}: {how}"

    def _values(self) -> list[tuple[str, str]]:
        """Each token itself, and what to call it."""
        call = self.drawn_call()
        if call is not None:
            return list(_tokens(call))
        if self.fields["call"].value == GIVEN:
            return self.given
        latest = known_tokens(self.transcript, self.realm, most=2)
        return [(each.value, each.opened.label) for each in reversed(latest)]

    def _attempt(self, call: Call) -> Attempt:
        """A refused exchange with the rule, or "" where the trail has it no longer."""
        decision = call.event.decision if call.event else None
        refusal = decision.refusal if decision else None
        rule = refusal.rule if refusal else ""
        return Attempt(client(call), self._subject(call), rule)

    def _subject(self, call: Call) -> str:
        token = dict(call.form).get("subject_token", "")
        return str(inspect_token(self.realm, token).sub)

    def _chosen(self, change: Any) -> None:
        self.value = change["new"]
        at = None if self.value is None else self.graph.tokens.index(self.value)
        self.chosen = "" if at is None else self._values()[at][0]
        usable = self.chosen and self.opens is not None
        self.opener.layout.display = None if usable else "none"


def _tokens(call: Call) -> Iterator[tuple[str, str]]:
    """The tokens of an exchange, and what to call them, in order of issue."""
    sent = dict(call.form)
    for name in ("actor_token", "subject_token"):
        if name in sent:
            yield sent[name], name.replace("_", " ")
    if call.status == 200:
        yield call.access_token, "exchanged token"
