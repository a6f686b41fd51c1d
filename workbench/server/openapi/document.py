"""The description of one realm's endpoints, as OpenAPI 3.1 has it."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from workbench.am.people.session import COOKIE
from workbench.am.realm import Realm
from workbench.server.answers import Answer
from workbench.server.endpoints.metadata import discovery
from workbench.server.endpoints.table import OAUTH2, REST, Endpoint
from workbench.server.grants.table import GRANTS
from workbench.server.openapi.operations import (
    CLIENT,
    JSON,
    OPERATIONS,
    SESSION,
    TOKEN,
    Operation,
)
from workbench.server.openapi.parameters import PARAMETERS, VALUES
from workbench.server.openapi.schemas import OBJECT, TEXT, TEXTS, Schema, schemas
from workbench.server.request.incoming import Incoming
from workbench.server.request.parameters import FORM, REPEATABLE

PATH = "/openapi.json"
"""At the root of the server, where PingAM has nothing."""

SCHEMES: Mapping[str, Schema] = {
    CLIENT: {
        "type": "http",
        "scheme": "basic",
        "description": "The client's id and secret; a form can have them as well.",
    },
    TOKEN: {"type": "http", "scheme": "bearer"},
    SESSION: {"type": "apiKey", "in": "cookie", "name": COOKIE},
}


def openapi(incoming: Incoming) -> Answer:
    """The description of a realm; ``?realm=`` names another than the bench's own."""
    return Answer(200, described(incoming))


def described(incoming: Incoming) -> dict[str, Any]:
    """The same as a value."""
    realm = incoming.realm
    found = schemas(discovery(incoming))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Delegation workbench, {realm.called}",
            "version": "8.1",
            "description": "What this server answers, as PingAM 8.1 does it. The "
            "description is the workbench's own; PingAM publishes none. The admin REST "
            "API is not part of it.",
        },
        "servers": [{"url": realm.base_url}],
        "paths": dict(_paths(realm)),
        "components": {
            "schemas": {**found, "Nothing": {**OBJECT, "maxProperties": 0}},
            "securitySchemes": dict(SCHEMES),
        },
    }


def _paths(realm: Realm) -> Iterator[tuple[str, Schema]]:
    server = urlsplit(realm.base_url).path
    for base, table in ((realm.oauth2_url, OAUTH2), (realm.json_url, REST)):
        before = urlsplit(base).path.removeprefix(server)
        for below, methods in table.items():
            described = OPERATIONS[below]
            yield (
                f"{before}{below}",
                {
                    method.lower(): _operation(
                        described[method], endpoint, method, below
                    )
                    for method, endpoint in methods.items()
                },
            )


def _operation(said: Operation, endpoint: Endpoint, method: str, below: str) -> Schema:
    summary = (endpoint.__doc__ or "").partition("\n")[0]
    name = below.strip("/").replace("/", "_").replace("-", "_").replace(".", "")
    slash = "_with_slash" if below.endswith("/") else ""
    found: Schema = {
        "operationId": f"{method.lower()}_{name}{slash}",
        "summary": summary,
        "responses": {str(status): _answer(said, status) for status in said.answers},
        "security": [{each: []} for each in said.security],
    }
    if said.optional or not said.security:
        found["security"].append({})
    parameters = [_sent(each, "query", said) for each in said.query]
    parameters += [_sent(each, "header", said) for each in said.headers]
    if parameters:
        found["parameters"] = parameters
    body = _body(said)
    return {**found, "requestBody": body} if body else found


def _sent(name: str, where: str, said: Operation) -> Schema:
    return {
        "name": name,
        "in": where,
        "required": name in said.needs,
        "description": PARAMETERS[name],
        "schema": _schema(name, needed=name in said.needs),
    }


def _schema(name: str, *, needed: bool) -> Schema:
    """What it can be; without a value it counts as not sent."""
    if name in REPEATABLE:
        return TEXTS
    if name in VALUES:
        return {**TEXT, "enum": list(VALUES[name])}
    return {**TEXT, "minLength": 1} if needed else TEXT


def _body(said: Operation) -> Schema | None:
    if said.body:
        content = {JSON: {"schema": {"$ref": f"#/components/schemas/{said.body}"}}}
        return {"required": True, "content": content}
    if not said.form:
        return None
    by_grant = "grant_type" in said.needs
    schema = _by_grant(said) if by_grant else _form(said.form, said.needs)
    return {"required": True, "content": {FORM: {"schema": schema}}}


def _form(names: tuple[str, ...], needs: tuple[str, ...]) -> Schema:
    members = {
        each: {
            **_schema(each, needed=each in needs),
            "description": PARAMETERS[each],
        }
        for each in names
    }
    found: Schema = {"type": "object", "properties": members}
    return {**found, "required": list(needs)} if needs else found


def _by_grant(said: Operation) -> Schema:
    """One form for each grant."""
    forms = []
    for grant in GRANTS.values():
        names = (*grant.needs, *grant.takes, *said.form)
        form = _form(names, ("grant_type", *grant.needs))
        form["properties"]["grant_type"] = {**TEXT, "const": grant.name}
        forms.append(form)
    return {"oneOf": forms}


def _answer(said: Operation, status: int) -> Schema:
    found: Schema = {"description": HTTPStatus(status).phrase}
    content: Schema = {}
    if said.answers[status]:
        reference = {"$ref": f"#/components/schemas/{said.answers[status]}"}
        content[JSON] = {"schema": reference}
    for kind in said.types.get(status, ()):
        content[kind] = {"schema": TEXT}
    if content:
        found["content"] = content
    if status in (302, 303):
        location = {"required": True, "schema": TEXT}
        found["headers"] = {"Location": location}
    return found
