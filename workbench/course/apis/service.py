"""A risk-scoring API as a web service on Flask: the half that a developer takes home.

How a refusal is said: RFC 6750, section 3; where the metadata stand: RFC 9728.
"""

import json
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from workbench.course.apis.risk_api import Admission, RiskApi

LONGEST = 64 * 1024
"""Octets of a request's body at most."""

JSON, PROBLEM = "application/json", "application/problem+json"


def web_service(api: RiskApi) -> Flask:
    """The API's pages: ``/score``, ``/health`` and its metadata."""
    app = Flask(api.name, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST

    @app.post("/score")
    def score() -> Response:
        admission = api.admit(request.headers.get("Authorization"))
        if admission.status != 200:
            api.remember(admission, admission.status, admission.reason)
            return refusal(api, admission)
        customer = _customer()
        if customer is None:
            told = 'The body is JSON with a customer, such as {"customer": "c-17"}.'
            api.remember(admission, 400, told)
            return problem(400, told)
        answer = api.score(customer)
        api.remember(admission, 200, admission.reason)
        return _answer(200, answer.json())

    @app.get("/health")
    def health() -> Response:
        return _answer(200, {"status": "up", "api": api.name})

    @app.get("/.well-known/oauth-protected-resource")
    def metadata() -> Response:
        return _answer(200, api.metadata())

    @app.errorhandler(HTTPException)
    def unknown(error: HTTPException) -> Response:
        return problem(error.code or 500, error.description or "")

    return app


def refusal(api: RiskApi, admission: Admission) -> Response:
    """What a caller is told that may not go on.

    Without a token no error code is given (RFC 6750, section 3.1). For who may not
    call there is none in RFC 6750: that is a plain 403 (RFC 9110, section 15.5.4)
    with a body as in RFC 9457. Whom the policy names is for the log alone.
    """
    if admission.error:
        body = {"error": admission.error, "error_description": admission.told}
        response = _answer(admission.status, body)
    elif admission.status == 401:
        response = Response(status=401)
        del response.headers["Content-Type"]
    elif admission.status == 503:
        return problem(503, "The access token cannot be checked at the moment.")
    else:
        response = problem(403, "Not for this subject with this actor.")
    response.headers["WWW-Authenticate"] = challenge(api, admission)
    return response


def challenge(api: RiskApi, admission: Admission) -> str:
    """The ``WWW-Authenticate`` header (RFC 6750, section 3; RFC 9728, section 5.1)."""
    said = {
        "realm": api.name,
        "error": admission.error,
        "error_description": admission.told,
        "scope": admission.scope,
        "resource_metadata": api.metadata_url,
    }
    return "Bearer " + ", ".join(f'{k}="{v}"' for k, v in said.items() if v)


def problem(status: int, detail: str) -> Response:
    """A refusal that has no error code of OAuth (RFC 9457, section 4.2.1)."""
    response = Response(status=status)
    title = response.status.partition(" ")[2].title()
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return _answer(status, body, PROBLEM)


def _answer(status: int, body: dict[str, Any], kind: str = JSON) -> Response:
    return Response(json.dumps(body), status, content_type=kind)


def _customer() -> str | None:
    """Whom the request asks about; None where it does not say."""
    body = request.get_json(force=True, silent=True)
    customer = body.get("customer") if isinstance(body, dict) else None
    known = isinstance(customer, str) and 0 < len(customer) <= 100
    return customer if known else None
