"""What came back from an MCP server, as HTML and as text."""

import json

from markupsafe import Markup

from workbench.course.apis.policy import ApiPolicy
from workbench.course.mcp.policies import ToolPolicies
from workbench.course.mcp.tool_call import ResourceMetadata, ToolCall, Tools
from workbench.views.page.card import card, facts, folded
from workbench.views.page.html import bad, block, code, escape, good, page, table
from workbench.views.page.plain import columns, inline, visible_text
from workbench.views.page.roles import (
    ACTOR,
    GRANTED,
    REFUSED,
    RESOURCE_SERVER,
    SERVER,
    SUBJECT,
    who,
)

POLICY = ("Tool", "Subject", "Current actor", "Scope")
TOLD, WHY = "Told", "Why"
"""What goes over the wire, and what the server's log alone has."""


def tool_call_html(call: ToolCall) -> str:
    """Whether the tool did its work, what it gave, and why not."""
    sign = good("did its work") if call.allowed else bad("refused")
    title = Markup("{} {}").format(code(signature(call)), sign)
    told = [(n, escape(v)) for n, v in call.result.items()] if call.allowed else []
    told += [] if call.allowed else [(TOLD, _told_html(call))]
    told += [(WHY, escape(call.reason))] if call.reason else []
    inner = facts(told)
    if call.challenge:
        inner += Markup("<small>{}</small>").format(
            code(f"WWW-Authenticate: {call.challenge}")
        )
    return page(card(GRANTED if call.allowed else REFUSED, title, inner))


def _told_html(call: ToolCall) -> Markup:
    return Markup("HTTP {}, {}: {}").format(
        escape(call.status), code(call.error), escape(call.text)
    )


def tool_call_text(call: ToolCall) -> str:
    """The same as text."""
    sign = "✓ did its work" if call.allowed else "✗ refused"
    rows = [(n, inline(v)) for n, v in call.result.items()] if call.allowed else []
    if not call.allowed:
        rows.append((TOLD, f"HTTP {call.status}, {call.error}: {inline(call.text)}"))
    rows += [(WHY, inline(call.reason))] if call.reason else []
    rows += [("WWW-Authenticate", inline(call.challenge))] if call.challenge else []
    return f"{signature(call)} {sign}\n{columns(rows, indent='  ')}"


def signature(call: ToolCall) -> str:
    """The call as one writes it, without the token."""
    given = ", ".join(f"{n}={json.dumps(v)}" for n, v in call.arguments.items())
    return visible_text(f"{call.tool}({given})")


def tools_html(tools: Tools) -> str:
    """One row a tool."""
    rows = [
        (code(tool.name), code(", ".join(tool.arguments)), tool.description)
        for tool in tools.listed
    ]
    caption = "The tools that the server lists"
    return page(table(("Tool", "Takes", "What it does"), rows, caption=caption))


def tools_text(tools: Tools) -> str:
    """The same as text."""
    rows = [
        (t.name, ", ".join(t.arguments), inline(t.description)) for t in tools.listed
    ]
    return columns([("Tool", "Takes", "What it does"), *rows])


def policies_html(policies: ToolPolicies) -> str:
    """Whom each tool's policy names."""
    rows = [
        (
            code(name),
            Markup("<br>").join(who(SUBJECT, each) for each in sorted(policy.subjects)),
            Markup("<br>").join(who(ACTOR, each) for each in _actors(policy)),
            code(policy.scope),
        )
        for name, policy in policies.items()
    ]
    caption = "Who may call which tool"
    return page(table(POLICY, rows, caption=caption))


def policies_text(policies: ToolPolicies) -> str:
    """The same as text."""
    rows = [
        (name, ", ".join(sorted(each.subjects)), ", ".join(_actors(each)), each.scope)
        for name, each in policies.items()
    ]
    return columns([POLICY, *rows])


def _actors(policy: ApiPolicy) -> list[str]:
    return sorted(policy.actors or ["nobody"])


def metadata_html(found: ResourceMetadata) -> str:
    """The three steps from the URL to the authorization server."""
    rows = [
        (
            "1. asked without a token",
            Markup("{} {}").format(who(RESOURCE_SERVER, found.url), bad(found.status)),
        ),
        ("2. the refusal points at the metadata", code(found.metadata_url)),
        ("3. the audience of a token must be", code(found.resource)),
        (
            "4. and its issuer",
            Markup("<br>").join(who(SERVER, a) for a in found.authorization_servers),
        ),
    ]
    caption = "From the URL to whoever issues tokens for it (RFC 9728)"
    drawn = table(("Step", "What was found"), rows, caption=caption)
    document = block(json.dumps(dict(found.metadata), indent=2), urls=True)
    return page(drawn + folded("The whole document", document))


def metadata_text(found: ResourceMetadata) -> str:
    """The same as text."""
    rows = [
        ("asked without a token", f"{found.url} ✗ {found.status}"),
        ("the refusal points at", found.metadata_url),
        ("the audience of a token must be", found.resource),
        ("and its issuer", ", ".join(found.authorization_servers)),
    ]
    return columns([(name, inline(value)) for name, value in rows])
