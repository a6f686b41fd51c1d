"""What a bench shows of tokens and requests: laid open, compared, drawn.

Views are loaded once somebody looks, since a bench that serves or tests shows nothing.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.agent.client import Call, Transcript
from workbench.agent.history import History
from workbench.am.basics.clock import Clock
from workbench.am.dry_runs.delegation import Delegations
from workbench.am.realm import Realm
from workbench.am.tokens.inspection import Inspection
from workbench.views.faces import Face

if TYPE_CHECKING:
    import pandas

    from workbench.views.tokens.compare import Comparison
    from workbench.views.tokens.proposal import Proposal

Seen = str | Call | Inspection
"""A token as its value, as the call that brought it, or already laid open."""


class LooksAtTokens:
    """Whatever has a realm, a transcript and a clock shows tokens and requests."""

    realm: Realm
    transcript: Transcript
    history: History
    clock: Clock

    def inspect(self, token: Seen, label: str = "token") -> Inspection:
        """Lay a token open, also as somebody pastes it: claims, signature, state."""
        from workbench.agent.pasted import inspect_pasted

        if isinstance(token, Inspection):
            return token
        value = token.access_token if isinstance(token, Call) else token
        return inspect_pasted(self.realm, value, label)

    def compare(self, subject: Seen, actor: Seen | None, issued: Seen) -> "Comparison":
        """What the new token kept, changed, gained and lost, and who decided."""
        from workbench.views.tokens.compare import compare

        return compare(
            self.inspect(subject, "subject token"),
            None if actor is None else self.inspect(actor, "actor token"),
            self.inspect(issued, "issued token"),
        )

    def compare_table(
        self, subject: Seen, actor: Seen | None, issued: Seen
    ) -> "pandas.DataFrame":
        """The same as a table, one row a claim."""
        from workbench.views.frames import comparison_frame

        return comparison_frame(self.compare(subject, actor, issued))

    def propose_exchange(self, client_id: str = "") -> "Proposal":
        """The parameters of the exchange that the tokens seen so far call for.

        ``wb.client.exchange(secret=..., **wb.propose_exchange())`` sends it.

        Args:
            client_id: The client that exchanges; "" for whomever ``may_act`` names.

        Raises:
            NotYet: No active token names such a client in ``may_act``.
        """
        from workbench.views.tokens.proposal import propose_exchange

        return propose_exchange(self.transcript, self.realm, client_id)

    def chain(self, *tokens: Seen, title: str = "") -> Face:
        """Draw who acts for whom, from tokens in the order they were issued."""
        from workbench.views.chain import face as chain

        opened = [
            self.inspect(token, f"token {number}")
            for number, token in enumerate(tokens, start=1)
        ]
        html = chain.chain_html(opened, title=title)
        return Face(html=html, text=chain.chain_text(opened))

    def delegations(
        self,
        client_id: str | None = None,
        *,
        user: str | None = None,
        per_script: int = 20,
        told: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> Delegations:
        """Who can act for whom, and by which script: found by dry runs.

        Args:
            client_id: Around whom; None: in the whole realm.
            user: For whom people's tokens are tried; None: the realm's first user.
            per_script: For how many clients a script is tried that many share.
            told: Is told how many dry runs are done, and how many there will be; what
                it raises ends the search.

        Raises:
            RegistrationError: There is no such client or user.
        """
        from workbench.am.dry_runs.delegations import DelegationFinder

        first = "" if client_id is None else self.realm.client(client_id).client_id
        finder = DelegationFinder(self.realm, per_script, user)
        found = finder.find(told, first)
        return found.around(first) if first else found

    def sequence(
        self, name: str, present: int | None = None, *, apis: bool = False
    ) -> Face:
        """Draw a use case's requests, with the present step marked (from 1).

        Args:
            name: The use case's.
            present: The step that is under way.
            apis: Whether to go on to the APIs next door, as agent-for-agent does.

        Raises:
            WorkbenchError: There is no such use case, or it goes to no APIs.
        """
        from workbench.course.use_cases import sequence as drawn
        from workbench.course.use_cases.by_name import use_case
        from workbench.views.sequence import face as sequence

        chosen = use_case(name)
        drawing = drawn.to_the_apis(chosen) if apis else drawn.sequence_of(chosen)
        return Face(
            html=sequence.sequence_html(drawing, present),
            text=sequence.sequence_text(drawing, present),
        )

    def timeline(self) -> Face:
        """Draw what was issued, ends and was revoked, on a time axis."""
        from workbench.views.tokens import timeline
        from workbench.views.tokens.seen import spans

        found, now = spans(self.transcript, self.realm), self.clock.now()
        return Face(
            html=timeline.timeline_html(found, now),
            text=timeline.timeline_text(found, now),
        )

    def script_use(self, script: str) -> Face:
        """Who uses a script, and what it did last.

        Args:
            script: Its name or id.

        Raises:
            RegistrationError: There is none.
        """
        from workbench.views.scripts.used import script_use, used_html, used_text

        use = script_use(self.realm, self.realm.scripts.find(script))
        return Face(html=used_html(use), text=used_text(use))

    def code(
        self, made: Call | str, language: str = "Python", hidden: bool = True
    ) -> Face:
        """The call as code: ``Python``, ``JavaScript``, ``curl`` or ``.http``.

        Args:
            made: The call, or the name that it was given.
            language: In capitals or not.
            hidden: Hide secrets and elide tokens; with False the code runs.

        Raises:
            NotYet: No call has the name.
            SettingError: It is no call, or there is no such language.
        """
        from workbench.views.calls.code.languages import code_for, code_html

        call = self.history.meant(made)
        html = code_html(call, language, hidden)
        return Face(html=html, text=code_for(call, language, hidden))

    def curl(self, made: Call | str) -> Face:
        """The call as the exact ``curl`` command. It runs, so secrets are in it.

        Args:
            made: The call, or the name that it was given.

        Raises:
            NotYet: No call has the name.
            SettingError: It is no call.
        """
        from workbench.views.calls import curl

        call = self.history.meant(made)
        return Face(html=curl.curl_html(call), text=curl.curl(call))
