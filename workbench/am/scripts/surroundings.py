"""What scripts find around AM: HTTP services, IDM objects, secrets, properties.

Source: PingAM 8.1 "Script bindings". A script never reaches
anything real: it finds what was put here beforehand, and a clear error otherwise.
"""

import json as json_module
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from workbench.errors import SettingError


@dataclass(slots=True)
class Surroundings:
    """What the bindings ``httpClient``, ``openidm``, ``secrets``, ... find.

    The repr shows none of it: a response may bring a token, a property be a password.

    Attributes:
        http: Responses, made with :meth:`answer`.
        idm: What ``openidm.read`` gives, by resource such as
            ``managed/alpha_user/bjensen``.
        secrets: Texts by label; scripts may ask for ``scripted.node.`` labels.
        system_env: ``systemEnv`` properties by name; scripts see those whose name
            starts with ``script``.
    """

    http: list[dict[str, Any]] = field(default_factory=list, repr=False)
    idm: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    secrets: dict[str, str] = field(default_factory=dict, repr=False)
    system_env: dict[str, str] = field(default_factory=dict, repr=False)

    def answer(
        self,
        url: str,
        *,
        json: Any = None,
        text: str = "",
        status: int = 200,
        method: str = "",
        headers: dict[str, list[str]] | None = None,
    ) -> None:
        """Put a response on the bench; the latest one for a URL counts.

        Args:
            url: Exactly as the script asks for it, query and all.
            json: The body, as a JSON value.
            text: The body, where it is no JSON.
            status: The HTTP status code.
            method: Such as ``POST``; by default any.
            headers: Values by name.

        Raises:
            SettingError: It is no URL, no status, or the body is no JSON value.
        """
        if not url.startswith(("http://", "https://")):
            raise SettingError(f"{url!r} is no URL: it starts with https://.")
        try:
            phrase = HTTPStatus(status).phrase
            body = text if json is None else json_module.dumps(json, allow_nan=False)
        except (TypeError, ValueError) as problem:
            raise SettingError(f"The response to {url}: {problem}.") from None
        self.http.append(
            {
                "url": url,
                "method": method.upper(),
                "status": status,
                "statusText": phrase,
                "headers": headers or {},
                "body": body,
            }
        )
