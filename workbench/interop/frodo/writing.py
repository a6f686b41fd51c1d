"""A realm as files that frodo imports: scripts, clients, agents, groups, the provider.

Sources: frodo-lib and frodo-cli for the layout; am's REST interface for the bodies.
Scripts are lists of lines, since frodo takes a text that looks like base64 for base64.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbench.am.admin import further as kept
from workbench.am.basics.realm_path import TOP
from workbench.am.basics.secrets import safe_text
from workbench.am.clients.client import AIAgent, Client
from workbench.am.realm import Realm
from workbench.am.rest.client import client_json
from workbench.am.rest.group import group_json
from workbench.am.rest.leaf import Json
from workbench.am.rest.provider import SERVICE, provider_json
from workbench.am.rest.script import SCRIPT_DEFAULTS, script_json
from workbench.am.scripts.script import EMPTY, Script
from workbench.am.settings.tabs import OVERRIDES
from workbench.errors import CommandError
from workbench.interop.frodo.names import file_namer

MADE_BY_AM = ("createdBy", "creationDate", "lastModifiedBy", "lastModifiedDate")
"""What AM says of a script itself; left out where nobody has said it."""


def files_of(realm: Realm) -> dict[str, str]:
    """The text of each file by its name; no secret is in any of them.

    Args:
        realm: The realm.
    """
    name_file = file_namer()
    with realm.turns.taken:
        found = {
            name_file(name, own, ending): _text(document)
            for name, own, ending, document in _documents(realm)
        }
    return found


def _documents(realm: Realm) -> Iterator[tuple[str, str, str, Json]]:
    """What files there are: the name and the id of what is in each, its ending.

    They come by name, so that their names do not depend on what was there first.
    """
    for script in sorted(realm.scripts.values(), key=lambda each: each.name):
        held = {"script": {script.id: _script(realm, script)}}
        yield script.name, script.id, "script.json", held
    for kind in (Client, AIAgent):
        for group in sorted(realm.groups.of(kind), key=lambda each: each.name):
            further = realm.further.of(kept.GROUP, group.key)
            body = group_json(group, further, scripts=realm.scripts)
            held = {"agentGroup": {group.name: body}}
            yield group.name, kind.__name__, "agentGroup.json", held
    for client_id in sorted(realm.clients):
        own = realm.clients.own(client_id)
        further = realm.further.of(kept.CLIENT, client_id)
        body = client_json(own, further, scripts=realm.scripts, wrap=True)
        if isinstance(own, AIAgent):
            yield client_id, "", "ai.agent.json", {"agent": {client_id: body}}
        else:
            held = {"application": {client_id: body}, "script": _named(realm, body)}
            yield client_id, "", "oauth2.app.json", held
    further = realm.further.of(kept.PROVIDER)
    provider = provider_json(realm.provider, further, scripts=realm.scripts)
    where = realm.path.removeprefix("/") or TOP  # as frodo calls it
    provider |= {"location": where, "nextDescendents": []}
    yield SERVICE, "", "service.json", {"service": {SERVICE: provider}}


def _named(realm: Realm, body: Json) -> Json:
    """The scripts that a client's overrides name, as frodo puts them beside it."""
    names = (
        value
        for name, value in body[OVERRIDES.section].items()
        if name.endswith("Script") and value != EMPTY
    )
    return {
        own: _script(realm, realm.scripts[own])
        for own in dict.fromkeys(names)
        if own in realm.scripts
    }


def _script(realm: Realm, script: Script) -> Json:
    further = realm.further.of(kept.SCRIPT, script.id)
    body = script_json(script, further)
    said: Mapping[str, Any] = further.get("", {})
    for name in MADE_BY_AM:
        if name not in said and body[name] == SCRIPT_DEFAULTS[name]:
            del body[name]
    return body | {"script": script.source.split("\n")}


def _text(document: Json) -> str:
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_files(realm: Realm, folder: Path) -> list[Path]:
    """Write a realm into a folder, which is made where there is none.

    Each file is whole or not there. One of the same name is replaced; what else is in
    the folder stays.

    Args:
        realm: The realm.
        folder: The folder.

    Returns:
        The files, in order.

    Raises:
        CommandError: A file cannot be written; says which.
    """
    written: list[Path] = []
    for name, text in files_of(realm).items():
        path = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(path, text)
        except (OSError, ValueError) as problem:
            why = getattr(problem, "strerror", None) or problem
            done = f" {len(written)} were written before it." if written else ""
            raise CommandError(
                f"{safe_text(str(path))} cannot be written: {why}.{done}"
            ) from None
        written.append(path)
    return written


def _write(path: Path, text: str) -> None:
    number, beside = tempfile.mkstemp(prefix=".export.", dir=path.parent)
    try:
        with open(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
