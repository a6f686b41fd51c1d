"""What a worker is asked, and how much it may take for the answer."""

import json
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass
from typing import Any

from workbench.am.scripts.script import Bindings, Script
from workbench.errors import ScriptError, ScriptTimeout

PATIENCE = 2  # times the limit after which the script is killed, and its log is lost
LATER = 0.5  # seconds after which the worker is killed, should it not have done so
MOST_READ = 16 * 1024 * 1024  # bytes that may be told of what was read


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a script may take."""

    time: float  # seconds: of processor time where the engine itself can stop
    memory: int  # bytes
    output: int  # characters of the log, and of each claim that is set

    @property
    def wall(self) -> float:
        """Seconds of wall clock after which a script that does not stop is killed."""
        return PATIENCE * self.time

    @property
    def last(self) -> float:
        """Seconds of wall clock after which the worker itself is killed."""
        return self.wall + LATER

    @property
    def at_most(self) -> int:
        """Bytes an answer may have: escaped, the log and two claims, and readings."""
        return MOST_READ + 8 * 3 * self.output

    def for_one(self, spent: float = 0.0) -> dict[str, Any]:
        """What a question says of them.

        Args:
            spent: Seconds that were used for it before.
        """
        return {
            "seconds": max(self.time - spent, 0.0),
            "wall": self.wall,
            "memory": self.memory,
            "limit": self.output,
            "most": self.at_most,
        }

    def error(self, by: str) -> ScriptError:
        """The error of a script that went over a limit.

        Args:
            by: ``time`` of the processor, ``wall`` clock, ``memory`` or ``output``.
        """
        if by == "wall":
            return ScriptTimeout(
                f"The script ran longer than {self.wall:g} s by the clock on the wall "
                "and was stopped."
            )
        if by == "time":
            return ScriptTimeout(
                f"The script ran longer than {self.time:g} s and was stopped."
            )
        if by == "memory":
            limit = f"memory limit, {self.memory // 1024} KB"
        else:
            limit = f"output limit, {self.output} characters"
        return ScriptError(f"The script went over the {limit}, and was stopped.")


def question_of(
    script: Script, bindings: Bindings, limits: Limits, **more: Any
) -> bytes:
    """A script with all that it sees, as a line of JSON.

    Raises:
        RecursionError: The bindings are nested too deep.
        TypeError, ValueError: A binding holds what JSON does not have.
    """
    request = {
        "context": script.context,
        "scriptName": script.name,
        "loggerName": script.logger_name,
        "token": bindings.token,
        "clientProperties": bindings.client_properties,
        "identity": bindings.identity,
        "requestProperties": bindings.request_properties,
        "scopes": bindings.scopes,
        "session": bindings.session,
        "realm": bindings.realm,
        "operation": bindings.operation,
        "client": bindings.client and asdict(bindings.client),
        "further": bindings.further,
        "clock": {
            "now": None if bindings.now is None else 1000 * bindings.now,
            "ahead": 1000 * bindings.ahead,
        },
        **limits.for_one(),
        **more,
    }
    text = json.dumps(request, default=_as_json, allow_nan=False)
    return text.encode("ascii") + b"\n"


def surroundings_of(
    bindings: Bindings, libraries: Mapping[str, str], refused: Mapping[str, str]
) -> dict[str, Any]:
    """What is around the script; random values are the token's own.

    Args:
        bindings: What the script sees.
        libraries: What runs of each library script, by name.
        refused: Why another cannot run, by name.
    """
    around = bindings.surroundings
    return {
        "http": around.http,
        "idm": around.idm,
        "secrets": around.secrets,
        "systemEnv": around.system_env,
        "libraries": libraries,
        "refused": refused,
        "seed": str(bindings.token.get("jti", bindings.seed)),
    }


def acting(script: Script, bindings: Bindings) -> str:
    """For whom a script runs: the acting client; where there is none, the script."""
    client = (bindings.client_properties or {}).get("clientId")
    return f"{bindings.realm} {client or script.id or script.name}"


def _as_json(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Set):
        return sorted(value)
    raise TypeError(f"A binding holds {value!r}, which is not a JSON value.")
