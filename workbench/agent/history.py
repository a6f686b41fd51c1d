"""Every request of a bench: named, sent again, changed, compared."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, SupportsIndex, overload

import httpx

from workbench.agent.calls import MOST, Call, Transcript, kept
from workbench.agent.difference import CallDifference, difference
from workbench.agent.edited import edited_request, parameters_of, same_request
from workbench.am.basics.bounded import Excerpt
from workbench.am.basics.validation import name_instead
from workbench.am.basics.words import counted, with_article
from workbench.errors import NotYet, SettingError

LONGEST = 100
"""Characters of a name at most."""

Which = Call | str
"""A call, or the name that it was given."""


class Calls(Excerpt[Call]):
    """Some calls of a history, each with the number and the name that it has there.

    Attributes:
        names: The numbers of those that have a name.
    """

    names: dict[str, int]


class History(Transcript):
    """The requests in the order they were sent, with what one does with them.

    ``history[-1]`` is the latest, ``history[2:5]`` some of them, ``history["first
    try"]`` the one of that name. Where a method takes a call, its name does as well.

    Args:
        calls: Those that it begins with.
        most: How many it keeps.

    Attributes:
        send: Sends a request, whose answer comes back to :meth:`keep`.
        into_file: Writes calls, with the names of some, to a file.
    """

    def __init__(self, calls: Iterable[Call] = (), *, most: int = MOST) -> None:
        self._named: dict[str, Call] = {}
        super().__init__(calls, most=most)
        self.send: Callable[[httpx.Request], httpx.Response] = _nowhere
        self.into_file: Callable[..., Path] = _no_file

    @overload
    def __getitem__(self, which: SupportsIndex) -> Call: ...
    @overload
    def __getitem__(self, which: slice) -> Calls: ...
    @overload
    def __getitem__(self, which: str) -> Call: ...
    def __getitem__(self, which: Any) -> Any:
        if isinstance(which, str):
            return self._by_name(which)
        if isinstance(which, slice):
            now = self.as_now()
            some = Calls(list(now)[which], now.numbers[which], now.left_out)
            some.names = self.names
            return some
        return super().__getitem__(which)

    def _by_name(self, name: str) -> Call:
        if name in self._named:
            return self._named[name]
        if not self._named:
            raise NotYet(
                f"No call is called {name!r}.",
                call=f"wb.history.name(call, {name!r}) names one.",
            )
        known = name_instead(name, self._named).replace("It has", "There are")
        raise NotYet(f"No call is called {name!r}. {known}")

    # Names and numbers

    def name(self, call: Which, name: str) -> Call:
        """Give a call a name, another than it has, or with "" none.

        A name goes with its call, when that is left out; a saved bench keeps both.

        Raises:
            SettingError: Another call has the name, it is no line of text, or too long.
            NotYet: The call is not in the history.
        """
        named = self._call(call)
        if not isinstance(name, str) or not name.isprintable():
            raise SettingError("The name of a call is a text of one line.")
        if len(name) > LONGEST:
            raise SettingError(
                f"The name of a call has at most {LONGEST} characters.", about="name"
            )
        holder = self._named.get(name)
        if holder is not None and holder is not named:
            number = self.number_of(holder)
            raise SettingError(
                f"Call {number} is called {name!r} already; each name is there once.",
                about="name",
            )
        rest = {n: each for n, each in self._named.items() if each is not named}
        self._named = rest | ({name: named} if name else {})
        self.watchers.refresh()
        return named

    def name_of(self, call: Call) -> str:
        """The name that a call was given, or ""."""
        return next((n for n, each in self._named.items() if each is call), "")

    @property
    def names(self) -> dict[str, int]:
        """The names that were given, each with the number of its call."""
        return {name: self.number_of(call) for name, call in self._named.items()}

    def number_of(self, call: Which) -> int:
        """The number of a call, counted from the very first, which is 1.

        Raises:
            NotYet: The call is not in the history (any more).
        """
        wanted = self._named.get(call) if isinstance(call, str) else call
        now = self.as_now()
        for number, each in zip(reversed(now.numbers), reversed(now), strict=True):
            if each is wanted:
                return number
        if not now:
            raise NotYet(
                "This call is of another bench: no request has been sent here yet."
            )
        raise NotYet(
            f"This call is not among the {counted(len(now), 'call')} that are kept: it "
            "is of another bench, or was left out since.",
            call="wb.history.most = 5_000 keeps more of them.",
        )

    def meant(self, which: Which) -> Call:
        """The call itself, of whichever bench, or the one of that name.

        Raises:
            NotYet: No call has the name.
            SettingError: It is neither.
        """
        if isinstance(which, str):
            return self._by_name(which)
        if isinstance(which, Call):
            return which
        given = with_article(type(which).__name__)
        raise SettingError(
            f"A call or its name is needed, not {given}. wb.history[0] is the first "
            "call, wb.history[-1] the latest."
        )

    # Sent again

    def repeat(self, call: Which) -> Call:
        """Send a request again as it was, to where it went."""
        return kept(self.send(same_request(self._call(call))))

    def edit(self, call: Which, /, **changes: str | list[str] | None) -> Call:
        """Send a request again with other parameters.

        Args:
            call: What was sent.
            changes: Other values by parameter: a list is sent as a repeated one, None
                leaves one out. What is new goes where the others stand.

        Raises:
            SettingError: What shall be left out is not there.
        """
        found = self._call(call)
        known = {name for name, _ in parameters_of(found)}
        for name, value in changes.items():
            if value is None and name not in known:
                raise SettingError(
                    f"The request has no {name!r} to leave out. "
                    f"{name_instead(name, known)}",
                    about=name,
                )
        return kept(self.send(edited_request(found, changes)))

    def compare(self, first: Which, second: Which) -> CallDifference:
        """What is different in two calls: parameters, headers, answers."""
        one, two = self._call(first), self._call(second)
        return difference(one, two, (self._label(one), self._label(two)))

    # Written down

    def write(
        self,
        path: Path | str,
        calls: Sequence[Call] | None = None,
        *,
        secrets: bool = False,
    ) -> Path:
        """Write calls to a file that other programs send again, from the top.

        ``.http`` is for JetBrains' HTTP Client and httpYac, ``.json`` a collection for
        Postman and newman. What an answer brings, such as a token, is taken from the
        answer when the file is sent; each request checks that it is answered with the
        status that it had here.

        Args:
            path: The file; what is there is replaced.
            calls: Some of them, such as ``wb.history[2:5]``; None for all.
            secrets: Whether secrets stand in it. Without, each is a variable that
                whoever sends the file gives.

        Returns:
            The file.

        Raises:
            SettingError: The name of the file ends otherwise.
            NotYet: No request has been sent.
            SavedFileError: The file cannot be written.
        """
        chosen = self.as_now() if calls is None else calls
        names = {at: self.name_of(call) for at, call in enumerate(chosen)}
        target = Path(path).expanduser()
        return self.into_file(target, chosen, names=names, secrets=secrets)

    def _label(self, call: Call) -> str:
        name = self.name_of(call)
        number = self.number_of(call)
        return f"{number} ({name})" if name else f"{number}"

    def _call(self, which: Which) -> Call:
        """The call that is meant, which the history has."""
        found = self.meant(which)
        self.number_of(found)
        return found

    # What the list does with names

    def refill(
        self,
        items: Iterable[Call],
        *,
        most: int,
        left_out: int,
        names: dict[str, int] | None = None,
    ) -> None:
        """Hold these instead; ``names`` says the number of each that has one."""
        self._named = {}
        super().refill(items, most=most, left_out=left_out)
        by_number = dict(zip(self.numbers, self, strict=True))
        self._named = {
            n: by_number[i] for n, i in (names or {}).items() if i in by_number
        }

    def leave_out(self, beyond: int) -> None:
        """Remove so many of the earliest calls, if any, and their names."""
        super().leave_out(beyond)
        if beyond > 0 and self._named:
            here = set(map(id, self))
            self._named = {n: c for n, c in self._named.items() if id(c) in here}


def _nowhere(request: httpx.Request) -> httpx.Response:
    raise SettingError("This history knows nobody who sends requests.")


def _no_file(path: Path, calls: Sequence[Call], **more: Any) -> Path:
    raise SettingError("This history knows nobody who writes files.")
