"""What travels, by name: the claims of a token, an ``act``, a request's parameters."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Claims: TypeAlias = Mapping[str, Any]
"""The claims of a token by name, as they are in its JSON (RFC 7519 section 4)."""

NewClaims: TypeAlias = dict[str, Any]
"""Claims on their way into a token, while scripts may still change them."""

Act: TypeAlias = Mapping[str, Any]
"""An ``act``: who acts, with the earlier actor in its own (RFC 8693 section 4.1)."""

MayAct: TypeAlias = Mapping[str, Any]
"""A ``may_act``: who may act for the subject (RFC 8693 section 4.4)."""

Parameters: TypeAlias = Mapping[str, str]
"""The parameters of a request, each with its one value (RFC 6749 section 3.2)."""
