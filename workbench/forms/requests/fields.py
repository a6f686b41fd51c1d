"""The fields of a token request: one for each parameter, and which grant has which."""

from typing import Any

import ipywidgets

from workbench.am.clients.grant_types import (
    AUTHORIZATION_CODE,
    CIBA,
    PASSWORD,
    REFRESH_TOKEN,
    TOKEN_EXCHANGE,
)
from workbench.am.realm import Realm
from workbench.am.settings.values import GRANT_TYPES
from workbench.am.tokens.token import ACCESS_TOKEN, ID_TOKEN
from workbench.forms.parts.form import make_field
from workbench.forms.picker import Search, best_matches, name_picker
from workbench.server.grants.table import GRANTS

LEFT_OUT = ("(left out)", "")
PASTED = ("(paste it below)", "paste")
TYPES = (
    LEFT_OUT,
    ("access token", ACCESS_TOKEN),
    ("ID token", ID_TOKEN),
    ("refresh token", "urn:ietf:params:oauth:token-type:refresh_token"),
    ("JWT", "urn:ietf:params:oauth:token-type:jwt"),
)
TYPED = ("subject_token", "actor_token")
TOKENS = (*TYPED, "refresh_token")
ONLY: dict[str, tuple[str, ...]] = {
    TOKEN_EXCHANGE: (
        "subject_token",
        "subject_token_type",
        "actor_token",
        "actor_token_type",
        "requested_token_type",
        "audience",
    ),
    REFRESH_TOKEN: ("refresh_token",),
    PASSWORD: ("username", "password"),
    AUTHORIZATION_CODE: ("code", "redirect_uri"),
    CIBA: ("auth_req_id",),
}
"""The parameters that count for one grant alone."""


def request_fields(realm: Realm) -> dict[str, Any]:
    """A field for each parameter, in the order of the vendor's pages.

    Args:
        realm: Whose clients and users are found by a part of their names.
    """
    grants = [(GRANT_TYPES.get(name, name), name) for name in GRANTS]
    choice = ipywidgets.Dropdown
    return {
        "grant_type": make_field(choice, "Grant", "grant_type", options=grants),
        "client_id": _found(
            "Client",
            "client_id: who authenticates; for an exchange, who acts.",
            lambda typed: best_matches(
                realm.clients, typed, lambda name: realm.clients[name].kind
            ),
        ),
        "client_secret": _secret("Client secret", "client_secret"),
        "scope": make_field(ipywidgets.Text, "Scope", "scope: separated by spaces."),
        **_person_fields(realm),
        **_typed_token("subject_token", "Subject token"),
        **_typed_token("actor_token", "Actor token"),
        **_token("refresh_token", "Refresh token"),
        "requested_token_type": make_field(
            choice, "Requested token type", "requested_token_type", options=TYPES
        ),
        "audience": make_field(
            ipywidgets.Text, "Audience", "audience: several are separated by spaces."
        ),
        "more": make_field(
            ipywidgets.Textarea,
            "Further parameters",
            "name=value, one a line; also replaces a parameter above.",
            rows=2,
        ),
    }


def _person_fields(realm: Realm) -> dict[str, Any]:
    """What a grant with a person needs."""
    return {
        "username": _found(
            "User",
            "username",
            lambda typed: best_matches(realm.users, typed, lambda _name: "user"),
        ),
        "password": _secret("Password", "password"),
        "code": make_field(
            ipywidgets.Text, "Code", "code: what authorization redirected with."
        ),
        "redirect_uri": make_field(
            ipywidgets.Text, "Redirection URI", "redirect_uri: as authorized."
        ),
        "auth_req_id": make_field(
            ipywidgets.Text,
            "Backchannel request",
            "auth_req_id: what bc-authorize answered with.",
        ),
    }


def _found(label: str, tooltip: str, search: Search) -> Any:
    """A field whose list follows what is typed."""
    field = name_picker(label, tooltip, search)
    field.layout.width, field.layout.max_width = "50em", "calc(100% - 4px)"
    return field


def _secret(label: str, name: str) -> Any:
    return make_field(
        ipywidgets.Password,
        label,
        f"{name}: empty for the one that is registered.",
        placeholder="as registered",
    )


def _typed_token(name: str, label: str) -> dict[str, Any]:
    kind = make_field(
        ipywidgets.Dropdown, f"{label} type", f"{name}_type", options=TYPES
    )
    return {**_token(name, label), f"{name}_type": kind}


def _token(name: str, label: str) -> dict[str, Any]:
    return {
        name: make_field(
            ipywidgets.Dropdown,
            label,
            f"{name}: one that the bench has seen, or any.",
            options=[LEFT_OUT, PASTED],
        ),
        f"{name}_pasted": make_field(
            ipywidgets.Textarea, f"{label}, pasted", name, rows=2
        ),
    }
