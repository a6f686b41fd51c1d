"""Scripts to start from: the usual ones, in words, for both evaluator versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.am.basics.validation import name_instead
from workbench.am.scripts.kinds import MAY_ACT
from workbench.am.scripts.script import LEGACY, NEXT_GENERATION
from workbench.errors import SettingError

MODIFICATION = "OAUTH2_ACCESS_TOKEN_MODIFICATION"

_CLAIM = """\
var fr = JavaImporter(org.forgerock.json.JsonValue);
var mayAct = fr.JsonValue.json(fr.JsonValue.object());
mayAct.put("client_id", agent);
mayAct.put("sub", "(age!" + agent + ")");
token.setMayAct(mayAct);
"""
"""How a legacy script makes the claim: JavaScript objects make it fail there."""

_SET = 'token.setMayAct({client_id: agent, sub: "(age!" + agent + ")"});\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A script to start from.

    Attributes:
        title: What it does, as one chooses it.
        sources: The script by evaluator version.
        context: Where it runs.
    """

    title: str
    sources: Mapping[str, str] = field(repr=False)
    context: str = MAY_ACT


def _both(title: str, text: str, legacy: str | None = None) -> Template:
    """The same lines before a claim that each version makes in its own way."""
    indented = "".join(f"    {line}\n" for line in _CLAIM.splitlines())
    older = text if legacy is None else legacy
    sources = {
        NEXT_GENERATION: text.replace("<indented>\n", f"    {_SET}")
        .replace("<claim>\n", _SET),
        LEGACY: older.replace("<indented>\n", indented).replace("<claim>\n", _CLAIM),
    }  # fmt: skip
    return Template(title=title, sources=sources)


TEMPLATES: Mapping[str, Template] = {
    "one-agent": _both(
        "One named agent may act",
        """\
// One agent may act for whomever this token is about.
var agent = "risk-agent";
<claim>
""",
    ),
    "client-and-actor": Template(
        title="One client may exchange, another agent acts",
        sources={
            NEXT_GENERATION: """\
// client_id is who may exchange the token, sub whose actor token must come along.
var client = "risk-agent";
var actor = "data-agent";
token.setMayAct({client_id: client, sub: "(age!" + actor + ")"});
"""
        },
    ),
    "any-of-a-list": Template(
        title="Any agent of a list may act",
        sources={
            NEXT_GENERATION: """\
// Any of these agents may exchange the token, each with its own actor token.
var agents = ["risk-agent", "hr-agent"];
var actors = agents.map(function (agent) { return "(age!" + agent + ")"; });
token.setMayAct({client_id: agents, sub: actors});
"""
        },
    ),
    "named-by-client": _both(
        "The agent that the client's own property names",
        """\
// Custom Properties of the client decide: mayAct=risk-agent.
var agent = String(clientProperties.customProperties.mayAct || "");
if (agent) {
<indented>
}
""",
        """\
// Custom Properties of the client decide: mayAct=risk-agent.
var agent = String(clientProperties.get("customProperties").get("mayAct") || "");
if (agent && agent !== "null") {
<indented>
}
""",
    ),
    "only-for-scopes": _both(
        "One agent, and only for harmless scopes",
        """\
// Nobody may act with a token that has any other scope than these.
var harmless = ["read"];
var agent = "risk-agent";
var others = scopes.filter(function (scope) {
    return harmless.indexOf(String(scope)) < 0;
});
if (others.length === 0) {
<indented>
}
""",
        """\
// Nobody may act with a token that has any other scope than these.
var harmless = ["read"];
var agent = "risk-agent";
var others = 0;
var each = scopes.iterator();
while (each.hasNext()) {
    if (harmless.indexOf(String(each.next())) < 0) {
        others += 1;
    }
}
if (others === 0) {
<indented>
}
""",
    ),
    "persons-choice": _both(
        "An attribute of the person decides",
        """\
// Whoever logged in says who may act: the attribute description holds an agent's id.
var chosen = identity ? identity.getAttributeValues("description") : [];
var agent = chosen.length > 0 ? String(chosen[0]) : "";
if (agent) {
<indented>
}
""",
        """\
// Whoever logged in says who may act: the attribute description holds an agent's id.
var chosen = identity && identity.getAttribute("description").iterator();
var agent = chosen && chosen.hasNext() ? String(chosen.next()) : "";
if (agent) {
<indented>
}
""",
    ),
    "nobody-unless-marked": _both(
        "Nobody, unless the client is marked",
        """\
// Without token.setMayAct there is no may_act, and nobody may act.
// Custom Properties of the client: delegation=on.
var agent = "risk-agent";
if (String(clientProperties.customProperties.delegation) === "on") {
<indented>
}
""",
        """\
// Without token.setMayAct there is no may_act, and nobody may act.
// Custom Properties of the client: delegation=on.
var agent = "risk-agent";
var properties = clientProperties.get("customProperties");
if (String(properties.get("delegation")) === "on") {
<indented>
}
""",
    ),
    "log-what-is-seen": _both(
        "Log what the script sees, then one agent may act",
        """\
// The log stands below a dry run, and in the audit trail.
logger.info("client: " + clientProperties.clientId);
logger.info("scopes: " + scopes);
logger.info("grant: " + requestProperties.requestParams.grant_type);
logger.info("about: " + token.getField("sub"));
var agent = "risk-agent";
<claim>
""",
        """\
// The log stands below a dry run, and in the audit trail.
logger.message("client: " + clientProperties.get("clientId"));
logger.message("scopes: " + scopes);
logger.message("realm: " + requestProperties.get("realm"));
logger.message("about: " + token.getField("sub"));
var agent = "risk-agent";
<claim>
""",
    ),
    "add-a-claim": Template(
        title="Add a claim to the access token",
        context=MODIFICATION,
        sources={
            version: """\
// Whoever reads the token finds who asked for it.
accessToken.setField("asked_by", String(accessToken.getField("client_id")));
"""
            for version in (NEXT_GENERATION, LEGACY)
        },
    ),
}
"""By the name that :func:`template` takes."""


def template(
    name: str, evaluator_version: str = NEXT_GENERATION, *, agent: str = "risk-agent"
) -> str:
    """The source of a script to start from.

    Args:
        name: One of ``TEMPLATES``, such as ``one-agent``.
        evaluator_version: ``"2.0"`` for next generation, ``"1.0"`` for legacy.
        agent: Whom it names, where it names one.

    Raises:
        SettingError: There is no such template, or none for this version.
    """
    if name not in TEMPLATES:
        raise SettingError(
            f"There is no template {name!r}. {name_instead(name, TEMPLATES)}"
        )
    sources = TEMPLATES[name].sources
    if evaluator_version not in sources:
        raise SettingError(
            f"Template {name} is for evaluator version {', '.join(sources)}."
        )
    return sources[evaluator_version].replace("risk-agent", agent)
