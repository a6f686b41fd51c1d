"""An attribute that is not there: where it is, or what is nearly called so."""

import difflib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any


class PointsElsewhere:
    """Whoever asks for a name that is not there is told where it is."""

    _spelt: str = ""
    """What notebooks call it, such as ``wb``."""

    _parts: tuple[str, ...] = ()
    """What may have the name instead, by attribute, the likeliest first."""

    # A type checker finds what is not there by itself.
    if not TYPE_CHECKING:  # pragma: no branch

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):  # as display and copy ask for on all there is
                kind = type(self).__name__
                raise AttributeError(f"{kind!r} object has no attribute {name!r}")
            own = self.__dict__  # not yet all of it, where it is being made
            within = {each: own[each] for each in self._parts if each in own}
            raise AttributeError(_pointer(self._spelt, name, dir(self), within))


def close_to(name: str, known: Iterable[str]) -> str:
    """The known name that is nearest to this one, or ""."""
    names = sorted(each for each in known if not each.startswith("_"))
    return next(iter(difflib.get_close_matches(name, names, n=1)), "")


def _pointer(
    called: str, name: str, own: Iterable[str], parts: Mapping[str, object]
) -> str:
    where = [f"{called}.{part}.{name}" for part, v in parts.items() if name in dir(v)]
    if where:
        return f"{called} has no {name}; {where[0]} is there."
    near = [(each, f"{called}.{each}") for each in [close_to(name, own)] if each]
    for part, value in parts.items():
        found = close_to(name, dir(value))
        near += [(found, f"{called}.{part}.{found}")] if found else []
    if not near:
        return f"{called} has no {name}; dir({called}) lists what it has."
    near.sort(key=lambda each: -difflib.SequenceMatcher(None, name, each[0]).ratio())
    return f"{called} has no {name}. Did you mean {near[0][1]}?"
