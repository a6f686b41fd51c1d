"""Why an exchange ended as it did, here or elsewhere, what would mend it, what if."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from workbench.agent.client import AgentClient, Call, Transcript
from workbench.am.exchange.decision import Decision
from workbench.am.exchange.remedies.remedy import Remedy
from workbench.am.realm import Realm

if TYPE_CHECKING:
    from workbench.interop.twin.explanation import Explanation
    from workbench.interop.twin.stands_for import Server

Told = Mapping[str, Any] | str | None
"""Decoded claims, or an answer of introspection: as they are, or as JSON."""


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

    def explain(
        self,
        request: str,
        answer: Mapping[str, Any] | str | int | None = None,
        *,
        server: "Server | Path | str | None" = None,
        subject: Told = None,
        actor: Told = None,
        entry: int | None = None,
    ) -> "Explanation":
        """Say why another server refused an exchange, as far as can be said from here.

        Nothing is sent, and nothing of the bench changes. Which rules could have
        refused comes out ranked, with what would decide it, and the one next thing.

        Args:
            request: As it was captured: a curl command, a HAR or an entry of one, or
                HTTP as text.
            answer: What came back, where the request does not have it: text, JSON, or
                the status alone.
            server: What is known of the server's settings: a bench that has them, or a
                file or folder that frodo exported; None: this bench, where it has the
                acting client.
            subject: What is known of the subject token: its claims, or what
                introspection says. A JWT says its claims itself.
            actor: The same of the actor token.
            entry: The number of a HAR's entry, from 1; None: the last token exchange
                that was refused.

        Raises:
            PasteError: Something cannot be read, is no exchange, or was no refusal.
            CommandError: The curl command is damaged, or does something else.
            ImportRefused: The export is damaged; says where.
            SettingError: The server is no bench.
        """
        from workbench.interop.twin.explain import explain_text

        bench = cast("Any", self)

        def fresh(realm: str) -> "Server":
            made = type(bench)(now=bench.clock.now(), realm=realm, engine=bench.engine)
            made.profile = bench.profile
            return cast("Server", made)

        return explain_text(
            request,
            cast("Server", self),
            answer=answer,
            entry=entry,
            server=server,
            fresh=fresh,
            given={"subject": subject, "actor": actor},
        )
