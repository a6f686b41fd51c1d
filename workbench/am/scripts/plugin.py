"""Plugin scripts: what an administrator can change of a token beside ``may_act``.

Five extension points of AM's OAuth2 provider, each with a setting for its type, one
for its script, and a Java class that does the usual thing. Sources: PingAM 8.1
"Customize OAuth 2.0"; names and defaults are those of AM's exports.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from workbench.am.scripts.script import LEGACY, NEXT_GENERATION, Script

PROVIDER, SCRIPTED, JAVA = "PROVIDER", "SCRIPTED", "JAVA"
"""A plugin's type. ``PROVIDER`` is a client's only: what the realm says."""

AUTHORIZATION, ACCESS, REFRESH = (
    "validateAuthorizationScope",
    "validateAccessTokenScope",
    "validateRefreshTokenScope",
)
"""The function of a scope validation script that AM calls: at ``/authorize``, for a
token, for a refreshed one."""


class Sample(NamedTuple):
    """One of AM's own sample scripts: its id and name, and the setting it is for."""

    id: str
    name: str
    setting: str


MODIFICATION_SAMPLE = "d22f9a0c-426a-4466-b95e-d0f125b0d5fa"
CLAIMS_SAMPLE = "36863ffb-40ec-48b9-94b1-9a99f71cc3b5"
"""The two that a fresh provider names."""

SAMPLES = (
    Sample(
        "c735de08-f8f2-4e69-aa4a-2d8d3d438323",
        "OAuth2 May Act Script",
        "accessTokenMayActScript",
    ),
    Sample(
        "c735de08-f8f2-4e69-aa4a-2d8d3d438323",
        "OAuth2 May Act Script",
        "oidcMayActScript",
    ),
    Sample(
        MODIFICATION_SAMPLE,
        "OAuth2 Access Token Modification Script",
        "accessTokenModificationScript",
    ),
    Sample(
        "25e6c06d-cf70-473b-bd28-26931edc476b",
        "OAuth2 Validate Scope Script",
        "validateScopeScript",
    ),
    Sample(
        "da56fe60-8b38-4c46-a405-d6b306d4b336",
        "OAuth2 Evaluate Scope Script",
        "evaluateScopeScript",
    ),
    Sample(
        "3f93ef6e-e54a-4393-aba1-f322656db28a",
        "OAuth2 Authorize Endpoint Data Provider Script",
        "authorizeEndpointDataProviderScript",
    ),
    Sample(
        CLAIMS_SAMPLE,
        "OIDC Claims Script",
        "oidcClaimsScript",
    ),
)
"""What each setting can name in a fresh AM. They do what AM does without a script,
so that naming one here means none: their sources are not part of this project."""

SHOWN = 200  # characters of what a script gave, in a sentence about it

SAMPLE_NAMES = {each.id: each.name for each in SAMPLES}


def sample(setting: str) -> Sample | None:
    """AM's sample script for a setting, if there is one."""
    return next((each for each in SAMPLES if each.setting == setting), None)


_DONE = {"set": "set", "removed": "removed", "extra": "added to the response"}


def _members(given: Any) -> str:
    names = ", ".join(map(str, given)) if isinstance(given, Mapping) else ""
    return f"The script gave {names[:SHOWN] or 'nothing'}."


def _contexts(family: str) -> Mapping[str, str]:
    return {LEGACY: family, NEXT_GENERATION: f"{family}_NEXT_GEN"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessTokenModificationScript(Script):
    """Changes an access token before it is issued."""

    kind = "access token modification script"
    contexts: ClassVar[Mapping[str, str]] = _contexts(
        "OAUTH2_ACCESS_TOKEN_MODIFICATION"
    )

    def remark(self, result: Any) -> str:
        """Which claims it set and removed, and what it added to the response."""
        given = result if isinstance(result, Mapping) else {}
        done = [
            f"{words} {', '.join(map(str, given[name]))[:SHOWN]}"
            for name, words in _DONE.items()
            if given.get(name)
        ]
        return f"The script {'; '.join(done) or 'changed nothing'}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeValidationScript(Script):
    """Says which of the scopes asked for may be had."""

    kind = "scope validation script"
    contexts: ClassVar[Mapping[str, str]] = _contexts("OAUTH2_VALIDATE_SCOPE")

    def remark(self, result: Any) -> str:
        """Which scopes it let pass, or that it refused them."""
        given = result if isinstance(result, Mapping) else {}
        if "refused" in given:
            return f"The script refused the scopes: {str(given['refused'])[:SHOWN]}"
        scopes = " ".join(map(str, given.get("scopes") or ())) or "none"
        return f"The script returned these scopes: {scopes[:SHOWN]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeEvaluationScript(Script):
    """Adds to what ``/tokeninfo`` tells of a token."""

    kind = "scope evaluation script"
    contexts: ClassVar[Mapping[str, str]] = _contexts("OAUTH2_EVALUATE_SCOPE")

    def remark(self, result: Any) -> str:
        """What it gave."""
        return _members(result)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizeDataScript(Script):
    """Adds to what ``/authorize`` sends to the client."""

    kind = "authorize endpoint data provider script"
    contexts: ClassVar[Mapping[str, str]] = _contexts(
        "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER"
    )

    def remark(self, result: Any) -> str:
        """What it gave."""
        return _members(result)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsScript(Script):
    """Makes the claims of a person at ``/userinfo`` and in ID tokens."""

    kind = "OIDC claims script"
    contexts: ClassVar[Mapping[str, str]] = _contexts("OIDC_CLAIMS")

    def remark(self, result: Any) -> str:
        """Which claims it gave, or that it refused the request."""
        given = result if isinstance(result, Mapping) else {}
        if "refused" in given:
            return f"The script refused the request: {str(given['refused'])[:SHOWN]}"
        return _members(given.get("values"))


PLUGINS: Mapping[str, type[Script]] = {
    "accessTokenModification": AccessTokenModificationScript,
    "validateScope": ScopeValidationScript,
    "evaluateScope": ScopeEvaluationScript,
    "authorizeEndpointDataProvider": AuthorizeDataScript,
    "oidcClaims": ClaimsScript,
}
"""The plugins, as their settings begin, and what script each takes."""

SCRIPT_SETTINGS: Mapping[str, type[Script]] = {
    f"{name}Script": kind for name, kind in PLUGINS.items()
}
"""The settings that name a plugin's script, and what script each takes."""


def type_setting(name: str) -> str:
    """The setting that says whether the script that this one names counts."""
    return f"{name.removesuffix('Script')}PluginType"
