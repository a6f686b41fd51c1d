"""Why the latest exchange ended as it did, what would mend it, and what if."""

from workbench.agent.client import AgentClient, Call, Transcript
from workbench.am.exchange.decision import Decision
from workbench.am.exchange.remedies.remedy import Remedy
from workbench.am.realm import Realm


class ExplainsDecisions:
    """Whatever has a realm, a client and a history explains its exchanges."""

    realm: Realm
    client: AgentClient
    transcript: Transcript

    @property
    def decision(self) -> Decision:
        """The decision of the latest exchange.

        Raises:
            NotYet: There was none yet.
        """
        return self.realm.audit.decision

    def remedies(self) -> dict[str, tuple[Remedy, ...]]:
        """What would make each failed rule of the latest exchange pass.

        The likeliest comes first: what loosens no check before what does, then the
        smallest change, of the request before one of a client, the provider or the
        profile; advice comes last.
        """
        from workbench.agent.repair import remedies_of

        return remedies_of(self.realm)

    def repair(self, remedy: Remedy | None = None) -> Call:
        """Do what a remedy says and send the latest exchange again.

        Args:
            remedy: One of ``wb.remedies()``; None: the one most likely meant, which is
                the first of the rule that refused.

        Raises:
            NotYet: No exchange has been sent, or none was refused.
        """
        from workbench.agent.repair import last_exchange, likeliest_of, repair

        call = last_exchange(self.transcript, self.realm)
        chosen = likeliest_of(self.realm) if remedy is None else remedy
        return repair(chosen, call, self.realm, self.client)

    def what_if(self, call: Call | None = None, **changes: str | None) -> Decision:
        """Decide an exchange with other parameters; nothing is sent, issued or kept.

        Args:
            call: The exchange; None for the latest.
            changes: Other values by parameter, such as ``scope="write"``; None leaves
                one out. A token comes and goes with its type, another ``client_id``
                with that client's secret.

        Raises:
            NotYet: There was no exchange.
            SettingError: The call is none, or has no such parameter.
        """
        from workbench.agent.repair import last_exchange
        from workbench.agent.what_if import suppose

        chosen = call or last_exchange(self.transcript, self.realm)
        return suppose(chosen, self.realm, changes).decision
