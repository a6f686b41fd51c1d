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
from workbench.am.settings.values import GRANT_TYPES
from workbench.am.tokens.token import ACCESS_TOKEN, ID_TOKEN
from workbench.forms.parts.form import make_field
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


def request_fields() -> dict[str, Any]:
    """A field for each parameter, in the order of the vendor's pages."""
    grants = [(GRANT_TYPES.get(name, name), name) for name in GRANTS]
    choice = ipywidgets.Dropdown
    return {
        "grant_type": make_field(choice, "Grant", "grant_type", options=grants),
        "client_id": make_field(
            ipywidgets.Combobox,
            "Client",
            "client_id: who authenticates; for an exchange, who acts.",
            ensure_option=False,
        ),
        "client_secret": _secret("Client secret", "client_secret"),
        "scope": make_field(ipywidgets.Text, "Scope", "scope: separated by spaces."),
        **_person_fields(),
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


def _person_fields() -> dict[str, Any]:
    """What a grant with a person needs."""
    return {
        "username": make_field(
            ipywidgets.Combobox, "User", "username", ensure_option=False
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
