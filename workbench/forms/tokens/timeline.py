"""Tokens over time, and the clock that they count against."""

from typing import Any

import ipywidgets

from workbench.agent.client import Transcript
from workbench.am.realm import Realm
from workbench.forms.parts.form import Form, make_field
from workbench.views.page.html import escape, page
from workbench.views.page.plain import when
from workbench.views.tokens.seen import spans
from workbench.views.tokens.timeline import timeline_html, timeline_text

UNITS = (("seconds", 1), ("minutes", 60), ("hours", 3600), ("days", 86400))


class TimelineForm(Form):
    """Shows what was issued, ends and was revoked; ``wb.timeline()`` does the same.

    The button is ``wb.clock.advance(seconds=…)``.

    Args:
        realm: Whose clock.
        transcript: Where the tokens come from.
        values: Fields to fill in: ``amount``, ``unit``.

    Raises:
        SettingError: There is no such field.
    """

    title = "Timeline and clock"
    action = "Advance the clock"

    def __init__(self, realm: Realm, transcript: Transcript, **values: Any) -> None:
        self.realm, self.transcript = realm, transcript
        self.time = ipywidgets.HTML()
        self.picture = ipywidgets.HTML()
        super().__init__(values)
        realm.watchers.add(self)
        transcript.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """How far to advance."""
        fields = {
            "amount": make_field(
                ipywidgets.IntText, "By", "A whole number, 0 or more.", value=10
            ),
            "unit": make_field(
                ipywidgets.Dropdown, "Unit", "Of the number.", options=UNITS, value=60
            ),
        }
        for field in fields.values():
            field.style.description_width = "3em"
            field.layout.width = "13em"
            field.add_class("wb-short")
        return fields

    def body(self) -> list[Any]:
        """The time, the fields in one row, the picture."""
        row = ipywidgets.HBox(
            [*self.fields.values(), self.button],
            layout=ipywidgets.Layout(flex_flow="row wrap"),
        )
        return [self.time, row, self.picture]

    def submit(self) -> int:
        """Advance the clock and return the new time.

        Raises:
            SettingError: The number is negative.
        """
        now = self.realm.clock.advance(self.amount.value * self.unit.value)
        self.value = now
        return now

    def done(self, result: Any) -> tuple[str, bool]:
        """What the time is now."""
        return f"It is {when(result)}.", True

    def look(self) -> None:
        """Show the time and the tokens as they are by now."""
        kind = "stands still until advanced" if self._frozen else "runs on"
        now = when(self.realm.clock.now())
        self.time.value = page(f"<p>The bench's clock {kind}: <b>{escape(now)}</b></p>")
        self.picture.value = self.html()

    def html(self) -> str:
        """The picture, where no kernel runs."""
        return timeline_html(spans(self.transcript, self.realm), self._now)

    def text(self) -> str:
        """The same as text."""
        return timeline_text(spans(self.transcript, self.realm), self._now)

    @property
    def _now(self) -> int:
        return self.realm.clock.now()

    @property
    def _frozen(self) -> bool:
        return self.realm.clock.frozen
