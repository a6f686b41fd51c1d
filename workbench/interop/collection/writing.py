"""A history into a file; its name says which kind."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from workbench.agent.calls import Call
from workbench.errors import NotYet, SettingError
from workbench.interop.collection.http_file import http_file
from workbench.interop.collection.postman import postman
from workbench.interop.collection.requests import sequel

HTTP, POSTMAN = (".http", ".rest"), (".json",)


def calls_text(
    calls: Sequence[Call],
    kind: str,
    base_url: str,
    *,
    names: dict[int, str] | None = None,
    secrets: bool = False,
) -> str:
    """The calls as the text of such a file.

    Args:
        calls: In order.
        kind: How the file's name ends: ``.http``, ``.rest`` or ``.json``.
        base_url: Of the server; it stands in the file once.
        names: The names that calls were given, by their place from 0.
        secrets: Whether secrets stand in it.

    Raises:
        SettingError: The name ends otherwise.
        NotYet: There is no call.
    """
    written = _WRITERS.get(kind)
    if written is None:
        raise SettingError(
            "A history goes into a .http file, or into a .json file for Postman; name "
            "one of these.",
            about="path",
        )
    if not calls:
        raise NotYet("No request has been sent yet, so there is nothing to write.")
    return written(calls, names or {}, base_url, secrets)


def write_calls(
    path: Path,
    calls: Sequence[Call],
    base_url: str,
    *,
    names: dict[int, str],
    secrets: bool,
) -> Path:
    """Write the same; what is there is replaced, and only its owner can read it.

    Raises:
        SavedFileError: It cannot be written.
    """
    from workbench.saving.file import write_whole

    kind = path.suffix.lower()
    text = calls_text(calls, kind, base_url, names=names, secrets=secrets)
    write_whole(path, text)
    return path


def _http(
    calls: Sequence[Call], names: dict[int, str], base_url: str, secrets: bool
) -> str:
    told = sequel(calls, names, base_url, encodes=False)
    return http_file(told, secrets=secrets)


def _postman(
    calls: Sequence[Call], names: dict[int, str], base_url: str, secrets: bool
) -> str:
    told = sequel(calls, names, base_url, encodes=True)
    return json.dumps(postman(told, secrets=secrets), indent=2) + "\n"


_WRITERS: dict[str, Callable[[Sequence[Call], dict[int, str], str, bool], str]] = {
    **dict.fromkeys(HTTP, _http),
    **dict.fromkeys(POSTMAN, _postman),
}
