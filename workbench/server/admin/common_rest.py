"""AM's common REST: what each method does with a resource, whatever it is of.

``GET`` reads, with ``_queryFilter`` it looks for; ``PUT`` creates or replaces; ``POST``
does what ``_action`` says; ``DELETE`` deletes. With ``_rev`` come ``ETag``,
``If-Match`` and ``If-None-Match``.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from workbench.am.basics.secrets import safe_text
from workbench.am.realm import Realm
from workbench.errors import FeatureDisabled, InvalidRequest, WorkbenchError
from workbench.server.admin.access import require_administrator
from workbench.server.admin.administrator import Administrator
from workbench.server.admin.collection import Action, Body, Collection
from workbench.server.admin.query import chosen, filter_of, page_of
from workbench.server.admin.refusals import not_found, rest_error
from workbench.server.admin.revision import (
    etag,
    require_match,
    require_new,
    revision,
)
from workbench.server.answers import NO_STORE, Answer
from workbench.server.errors import RestError
from workbench.server.request.incoming import Incoming
from workbench.server.request.parameters import RequestParameters

ACTION = "_action"
CREATE = "create"
OWN = ("_id", "_rev")
"""What the server says of a resource. Whether AM takes these back differs: of
OAuth2Client a 400 was measured, of AIAgent it was recorded that it does, and frodo
sends them. Here they are taken where they are true."""

LONGEST = 255
"""Characters of a new id; AM's own are 36 long."""

AT_ONCE, PAUSE = 50, 0.0005
"""How many of a list are told at once, and the seconds in which others come in."""

ANSWERED = {
    **NO_STORE,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""With every answer, so that no page of another origin can make use of one."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """A collection, or one resource of it, that somebody asks for.

    Attributes:
        collection: Whose.
        name: The id; "" for the collection itself.
        administrator: Who alone may.
    """

    collection: Collection
    name: str
    administrator: Administrator

    def get(self, incoming: Incoming) -> Answer:
        """Read a resource, or list those that a filter finds."""
        query = self._admitted(incoming)
        if not self.name:
            return Answer(200, self._listed(incoming, query), ANSWERED)
        flat = self._there(incoming)
        return self._answer(incoming, flat, query)

    def put(self, incoming: Incoming) -> Answer:
        """Create a resource, or replace it."""
        query = self._admitted(incoming)
        if not self.name:
            raise rest_error(405, hint="Name what to put, behind the collection.")
        return self._put(incoming, query, self.name, _sent(incoming, self.name))

    def post(self, incoming: Incoming) -> Answer:
        """Do what ``_action`` says."""
        query = self._admitted(incoming)
        action = query.get(ACTION) or ""
        done: dict[str, Action | None] = dict(self.collection.actions(self.name))
        if not self.name and not self.collection.lists_only:
            done[CREATE] = None
        if action not in done:
            shown = safe_text(action, 80)
            known = ", ".join(done) or "none"
            hint = f"There is no action {shown!r} here; those that there are: {known}."
            raise rest_error(501 if action else 400, hint=hint)
        if (do := done[action]) is not None:
            with answered_in_words():
                told = do(incoming.realm, _optional(incoming))
            return Answer(200, told, ANSWERED)
        return self._create(incoming, query)

    def delete(self, incoming: Incoming) -> Answer:
        """Delete a resource."""
        query = self._admitted(incoming)
        if not self.name:
            raise rest_error(405, hint="Name what to delete, behind the collection.")
        flat = self._there(incoming)
        headers = incoming.request.headers
        shown = self._shown(incoming, flat)
        require_match(headers.get("If-Match"), shown["_rev"])
        with answered_in_words():
            self.collection.delete(incoming.realm, self.name)
        told = chosen(query, self.collection.farewell(shown))
        return Answer(200, told, ANSWERED)

    def _create(self, incoming: Incoming, query: RequestParameters) -> Answer:
        realm, sent = incoming.realm, _sent(incoming, "")
        with answered_in_words():
            name = self.collection.new_id(realm, sent)
        if not name:
            raise rest_error(400, hint="The body says no _id to create it under.")
        if self.collection.found(realm, name) is not None:
            hint = f"There is one of the id {safe_text(name)} already."
            raise rest_error(409, hint=hint)
        return self._put(incoming, query, name, sent)

    def _put(
        self, incoming: Incoming, query: RequestParameters, name: str, sent: Body
    ) -> Answer:
        realm, headers = incoming.realm, incoming.request.headers
        before = self.collection.found(realm, name)
        current = None if before is None else self._shown(incoming, before)["_rev"]
        if before is None:
            _require_id(name)
        require_new(headers.get("If-None-Match"), current, name)
        require_match(headers.get("If-Match"), current)
        content = {each: value for each, value in sent.items() if each not in OWN}
        with answered_in_words():
            self.collection.put(realm, name, content, there=before is not None)
        flat = self.collection.found(realm, name) or {}
        return self._answer(incoming, flat, query, 201 if before is None else 200)

    def _listed(self, incoming: Incoming, query: RequestParameters) -> Body:
        realm, collection = incoming.realm, self.collection
        equality = filter_of(query, collection.fields)
        page = page_of(query)
        if equality is None:
            ids = collection.ids(realm)
        else:
            ids = collection.looked_for(realm, equality.field, equality.value)
        result = []
        for name in _in_turns(realm, page.of(ids)):
            flat = collection.found(realm, name)
            if flat is not None:
                result.append(chosen(query, self._revised(realm, flat)))
        return page.envelope(result, len(ids))

    def _there(self, incoming: Incoming) -> Body:
        """The resource as lists show it."""
        flat = self.collection.found(incoming.realm, self.name)
        if flat is None:
            raise not_found(f"There is no {safe_text(self.name)} here.")
        return flat

    def _shown(self, incoming: Incoming, flat: Body) -> Body:
        """The resource on its own, with its revision."""
        alone = self.collection.shown(incoming.realm, flat)
        return with_revision(alone, revision(alone))

    def _revised(self, realm: Realm, flat: Body) -> Body:
        """The resource of a list, with the revision that it has on its own."""
        return with_revision(flat, revision(self.collection.shown(realm, flat)))

    def _answer(
        self,
        incoming: Incoming,
        flat: Body,
        query: RequestParameters,
        status: int = 200,
    ) -> Answer:
        shown = self._shown(incoming, flat)
        headers = {**ANSWERED, "ETag": etag(shown["_rev"])}
        return Answer(status, chosen(query, shown), headers)

    def _admitted(self, incoming: Incoming) -> RequestParameters:
        """The parameters of the URL, once it is clear that this may be asked."""
        require_administrator(incoming, self.administrator)
        with answered_in_words():
            self.collection.require(incoming.realm)
            return incoming.query


def _in_turns(realm: Realm, ids: Sequence[str]) -> Iterator[str]:
    """The same; other requests come in between where there are many."""
    for number, name in enumerate(ids, 1):
        yield name
        if number % AT_ONCE == 0:
            with realm.turns.let_go():
                time.sleep(PAUSE)


def _require_id(name: str) -> None:
    """Refuse an id that nobody could read or say again."""
    if len(name) > LONGEST or not name.isprintable() or name != name.strip():
        hint = f"An id is a text of at most {LONGEST} characters that can be seen."
        raise rest_error(400, hint=hint)


def with_revision(body: Body, text: str) -> Body:
    """The resource with its ``_rev`` behind its ``_id``."""
    return {"_id": body["_id"], "_rev": text, **body}


@contextmanager
def answered_in_words() -> Iterator[None]:
    """Turn what the realm says no to into AM's form.

    That AM answers 400 to what it cannot keep is its common REST; its texts are its
    own, these are the realm's.

    Raises:
        RestError: For anything that the workbench raises on purpose.
    """
    try:
        yield
    except RestError:
        raise
    except FeatureDisabled as problem:
        raise not_found(str(problem)) from None
    except InvalidRequest as problem:
        raise rest_error(400, problem.description, hint=problem.hint) from None
    except WorkbenchError as problem:
        raise rest_error(400, problem.words, hint=str(problem)) from None


def _sent(incoming: Incoming, name: str) -> Body:
    """The body; what it says of itself has to be true.

    Raises:
        RestError: It is no JSON object, or another's.
    """
    with answered_in_words():
        body = incoming.json
    if name and body.get("_id", name) not in (name, "", None):
        raise rest_error(400, hint="The body's _id is another than that of the path.")
    return body


def _optional(incoming: Incoming) -> Body:
    """The body of an action, which may have none."""
    return _sent(incoming, "") if incoming.has_body else {}


Answering = Callable[[Incoming], Answer]
"""How one method is answered."""


def methods_of(addressed: Addressed) -> dict[str, Answering]:
    """The four methods of common REST."""
    return {
        "GET": addressed.get,
        "PUT": addressed.put,
        "POST": addressed.post,
        "DELETE": addressed.delete,
    }


def answered(body: Any) -> Answer:
    """An answer that no cache keeps and no other page reads."""
    return Answer(200, body, ANSWERED)
