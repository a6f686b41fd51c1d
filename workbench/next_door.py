"""How a bench opens the APIs next door, which take the tokens it issues."""

from typing import TYPE_CHECKING, cast

import httpx

from workbench.am.realm import Realm
from workbench.errors import NotYet

if TYPE_CHECKING:  # Flask is loaded once an API is opened
    from workbench.agent.in_process import LocalClient
    from workbench.course.apis.next_door import RiskApis


class OpensApis:
    """Whatever has a realm and a client in its process opens APIs beside it."""

    realm: Realm
    http: httpx.Client
    _apis: "RiskApis | None" = None

    def open_apis(self, *callers: str) -> "RiskApis":
        """Open the three risk-scoring APIs, and let AM issue tokens for them.

        Registers a client for each API, by which it introspects; has client-side
        tokens signed with RS256 where it was HS256, which no API can check; and lets
        the callers ask for the APIs as audience of an exchange. Opened again, the
        policies are as at first and the logs empty.

        Args:
            callers: The clients that exchange tokens for the APIs, ``risk-agent``
                where none is named; the policies let them act for ``data-agent``.

        Raises:
            RegistrationError: There is no such client.
        """
        from workbench.course.apis.next_door import ACTOR, IN_PROCESS, RiskApis

        self._apis = RiskApis(
            self.realm,
            self.http,
            IN_PROCESS,
            callers or (ACTOR,),
            cast("LocalClient", self.http).reach,
        )
        return self._apis

    @property
    def apis(self) -> "RiskApis":
        """The APIs next door, by name: ``ledger``, ``market``, ``network``.

        Raises:
            NotYet: They are not open.
        """
        if self._apis is None:
            raise NotYet("The APIs are not open.", call="wb.open_apis() opens them.")
        return self._apis
