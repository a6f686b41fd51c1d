"""One setting as AM's JSON has it, and back."""

from collections.abc import Mapping
from typing import Any

from workbench.am.basics.setting import Setting
from workbench.am.basics.validation import check_value
from workbench.am.basics.words import with_article
from workbench.am.clients.auth_methods import TLS_METHODS
from workbench.am.clients.grant_types import CLIENT_GRANT_TYPES
from workbench.am.rest.leaf import AmJsonError, because
from workbench.am.scripts.kinds import setting_kind
from workbench.am.scripts.plugin import SAMPLE_NAMES
from workbench.am.scripts.script import EMPTY, Script
from workbench.am.settings.tabs import CLIENT_ADVANCED, CLIENT_CORE
from workbench.errors import SettingError

Scripts = Mapping[str, Script]
"""The scripts that settings may name, by id."""

NAME = "clientName"
"""A list in AM, an entry for each locale; one text here."""

GRANTS = "grantTypes"

SCOPES = ("scopes", "defaultScopes")
"""Of a client: AM takes ``scope|locale|words`` as well, of which the scope counts."""

ONLY_AM: Mapping[str, tuple[str, ...]] = {
    "tokenSigningAlgorithm": ("HS384", "HS512", "ES384", "ES512"),
    "tokenEndpointAuthMethod": TLS_METHODS,
    "idTokenSignedResponseAlg": (
        *("HS256", "HS384", "HS512", "RS384", "RS512"),
        *("PS256", "PS384", "PS512", "ES384", "ES512", "EdDSA"),
    ),
}
"""What AM's settings can be and the bench's cannot."""


class OnlyAm(ValueError):
    """A value that AM has and the bench has not; the text says what counts instead."""


def rest_default(said: Setting) -> Any:
    """What a setting is that nobody names: over REST, not in the admin UI."""
    of_client = said.section == CLIENT_ADVANCED.section
    return CLIENT_GRANT_TYPES if of_client and said.rest == GRANTS else said.default


def told(said: Setting, value: Any, scripts: Scripts) -> Any:
    """The value of a setting as AM's JSON has it."""
    if said.is_script:
        return _id_of(value, scripts)
    if said.rest == NAME:
        return [value] if value else []
    if value == "" and said.default == "":
        return None
    return said.as_json(value)


def _id_of(value: str, scripts: Scripts) -> str:
    """The id of the script that a setting names, by id or name."""
    if value == EMPTY or value in scripts or value in SAMPLE_NAMES:
        return value
    named = (each.id for each in scripts.values() if each.name == value)
    return next(named, value)


def taken(owner: type, said: Setting, given: Any, place: str, scripts: Scripts) -> Any:
    """The value that AM's JSON gives a setting.

    Args:
        owner: The class that has the setting.
        said: The setting.
        given: Its value there, unwrapped.
        place: Where it stands, for an error.
        scripts: Those that it may name.

    Raises:
        AmJsonError: No value of this setting.
        OnlyAm: One of AM's that the bench has not.
    """
    if given is None or (said.is_script and given == ""):
        return EMPTY if said.is_script else rest_default(said)
    if said.rest == NAME:
        return _name(given, place)
    if said.words:
        return _word(said, given, place)
    if isinstance(given, str) and given in ONLY_AM.get(said.rest, ()):
        counts = said.as_json(rest_default(said))
        raise OnlyAm(f"the bench has no {given}; {counts} counts here")
    if said.rest in SCOPES and said.section == CLIENT_CORE.section:
        given = _scopes(given)
    try:
        value = check_value(owner, said.name, given)
    except SettingError as problem:
        raise AmJsonError(place, because(problem)) from None
    if said.is_script:
        _require_script(said, value, place, scripts)
    return value


def _name(given: Any, place: str) -> str:
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not all(isinstance(t, str) for t in texts):
        raise AmJsonError(place, f"{NAME} is a list of texts")
    return texts[0] if texts else ""


def _word(said: Setting, given: Any, place: str) -> Any:
    words = dict(said.words)
    if not isinstance(given, str) or given not in words:
        known = " or ".join(words)
        raise AmJsonError(place, f"{said.rest} is {known}")
    return words[given]


def _scopes(given: Any) -> Any:
    """The scopes without the words for people that AM keeps beside each, and once."""
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        return given
    bare = [each.partition("|")[0] for each in given]
    return bare if bare == given else list(dict.fromkeys(bare))


def _require_script(said: Setting, value: str, place: str, scripts: Scripts) -> None:
    if value == EMPTY or value in SAMPLE_NAMES:
        return
    kind, found = setting_kind(said.name), scripts.get(value)
    if found is None:
        raise AmJsonError(
            place,
            f"there is no script with the id {because(ValueError(value))}: it has to "
            "be in the realm, or come along",
        )
    if not isinstance(found, kind):
        raise AmJsonError(
            place,
            f"the script {because(ValueError(found.name))} is for {found.family}, and "
            f"this takes {with_article(kind.kind)}",
        )
