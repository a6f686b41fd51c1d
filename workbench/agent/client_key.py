"""A key of a client's own, and what the client signs with it."""

import json
from collections.abc import Mapping
from typing import Any

from workbench.am.basics.clock import Ids
from workbench.am.realm import Realm
from workbench.am.tokens.keys import KeyRing

ALGORITHM = "ES256"
"""What AM takes of a client that asks a person, and the bench makes keys for."""

LIFETIME = 300
"""Seconds; PingAM takes half an hour at most."""


class ClientKey:
    """An elliptic key that a client keeps to itself; it is never shown.

    On a bench with a seed a client has the same key every time.

    Args:
        client_id: Whose key it is.
        realm: Whom it signs for, such as ``wb.realm``.
    """

    def __init__(self, client_id: str, realm: Realm) -> None:
        self.client_id = client_id
        self._realm = realm
        octets = realm.ids.key_octets(f"client key {client_id}", 32)
        self._ring = KeyRing(Ids(octets.hex()))

    @property
    def jwks(self) -> dict[str, Any]:
        """The public key as a JWK set, as a client is registered with it."""
        return {"keys": [self._ring.key(ALGORITHM).jwk]}

    def sign(self, claims: Mapping[str, Any]) -> str:
        """Any claims as a JWT."""
        payload = json.dumps(dict(claims), separators=(",", ":"))
        return self._ring.sign(payload.encode(), ALGORITHM)

    def request(self, binding_message: str, **claims: Any) -> str:
        """A signed backchannel request (PingAM 8.1, ``/oauth2/bc-authorize``).

        Args:
            binding_message: What the person is to see.
            claims: ``login_hint`` or ``id_token_hint``, ``scope``, ``acr_values``;
                any other, or another value for one made here; None leaves one out.
        """
        made = {
            "iss": self.client_id,
            "aud": self._realm.oauth2_url,
            "exp": self._realm.clock.now() + LIFETIME,
            "scope": "openid",
            "acr_values": "push",
            "binding_message": binding_message,
            **claims,
        }
        return self.sign({n: value for n, value in made.items() if value is not None})

    def __repr__(self) -> str:
        return f"<ClientKey of {self.client_id}, {ALGORITHM}>"
