"""Files as frodo and fr-config-manager write them, made for a test."""

import base64
import json
from pathlib import Path
from typing import Any

SOURCE = "// who may act\ntoken.setMayAct({client_id: 'hr-agent'});"
SCRIPT_ID = "a1b2c3d4-0000-4000-8000-000000000001"


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def script(own: str = SCRIPT_ID, **more: Any) -> dict[str, Any]:
    return {
        "_id": own,
        "name": "hr may act",
        "description": "",
        "context": "OAUTH2_MAY_ACT",
        "language": "JAVASCRIPT",
        "evaluatorVersion": "2.0",
        "default": False,
        "script": SOURCE.split("\n"),
        **more,
    }


def client(own: str = "hr-client", **more: Any) -> dict[str, Any]:
    return {
        "_id": own,
        "_type": {"_id": "OAuth2Client", "name": "OAuth2 Clients", "collection": True},
        "coreOAuth2ClientConfig": {
            "scopes": {"inherited": False, "value": ["read"]},
            "clientName": {"inherited": False, "value": ["HR"]},
        },
        "overrideOAuth2ClientConfig": {
            "providerOverridesEnabled": True,
            "accessTokenMayActScript": SCRIPT_ID,
        },
        **more,
    }


def agent(own: str = "hr-agent", **more: Any) -> dict[str, Any]:
    return {
        "_id": own,
        "_type": {"_id": "AIAgent", "name": "AI Agents", "collection": True},
        "coreOAuth2ClientConfig": {"scopes": ["read"], "agentgroup": None},
        **more,
    }


def group(own: str = "partners", **more: Any) -> dict[str, Any]:
    kind = {"_id": "AIAgent", "name": "AI Agents", "collection": True}
    core = {"accessTokenLifetime": 60}
    return {"_id": own, "_type": kind, "coreOAuth2ClientConfig": core, **more}


def provider(**more: Any) -> dict[str, Any]:
    return {
        "_id": "",
        "_type": {"_id": "oauth-oidc", "name": "OAuth2 Provider", "collection": False},
        "coreOAuth2Config": {"statelessTokensEnabled": True},
        "location": "alpha",
        "nextDescendents": [],
        **more,
    }


def script_file(**more: Any) -> dict[str, Any]:
    body = script(**more)
    return {"meta": {"exportTool": "frodo"}, "script": {body["_id"]: body}}


def client_file(**more: Any) -> dict[str, Any]:
    body = client(**more)
    return {
        "meta": {},
        "application": {body["_id"]: body},
        "script": {SCRIPT_ID: script()},
    }


def agent_file(**more: Any) -> dict[str, Any]:
    body = agent(**more)
    return {"agent": {body["_id"]: body}}


def write(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2), encoding="utf-8")
    return path
