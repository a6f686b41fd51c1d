"""What was found of PingAM since the bench was first built, and what the bench does."""

from typing import NamedTuple

DOCUMENTED, MEASURED, SOURCE, INFERRED = (
    "documented",
    "measured",
    "seen in source",
    "inferred",
)


class FoundSince(NamedTuple):
    """One fact.

    Attributes:
        fact: What was found, in a few words.
        mark: How it is known: ``documented``, ``measured``, ``seen in source`` or
            ``inferred``.
        source: Where.
        here: What the bench does.
        switch: The profile switch where sources disagree, or "".
    """

    fact: str
    mark: str
    source: str
    here: str
    switch: str = ""


FOUND_SINCE = (
    FoundSince(
        "The may act script stamps access, ID and refresh tokens",
        DOCUMENTED,
        "AM 7.2, token exchange configuration; PingOne AIC",
        "The access token's script runs for the refresh token too, and again at each "
        "refresh (that it runs once for each token is inferred).",
    ),
    FoundSince(
        "Introspecting an exchanged token whose subject is a client",
        DOCUMENTED,
        "PingAM 8.1, release notes (OPENAM-25821)",
        "It answers, as PingAM does since 8.1; before, it failed.",
    ),
    FoundSince(
        "The same set-up with and without setMayAct",
        MEASURED,
        "PingOne AIC",
        "200 and invalid_request: may_act is the gate.",
    ),
    FoundSince(
        "A registration's bearer token needs the special scope for three members",
        DOCUMENTED,
        "AM 7.2, dynamic registration; later pages ask for a token and name no scope",
        "logo_uri, client_uri and policy_uri take it; while open registration is off, "
        "any live access token registers.",
        "registration_scope",
    ),
    FoundSince(
        "A published client sends client_uri and registers openly",
        SOURCE,
        "MCP Inspector, said to do so with PingOne AIC (second hand)",
        "Profile aic lets it; pingam-8.1 refuses as AM 7.2 says, and the audit trail "
        "has the reason.",
        "registration_scope",
    ),
    FoundSince(
        "An exchange with a scope that the client lacks",
        MEASURED,
        "PingOne AIC, a client that is built in",
        "Profile aic answers invalid_request, Invalid token exchange.; pingam-8.1 "
        "keeps invalid_scope (inferred).",
        "scope_beyond_client",
    ),
    FoundSince(
        "Scope validation on refresh, next generation: clientScopes",
        DOCUMENTED,
        "PingAM 8.1, fixed issues (OPENAM-25901)",
        "It is bound.",
    ),
    FoundSince(
        "The token endpoint minds response_mode in error answers",
        DOCUMENTED,
        "PingAM 8.1.0, known issues (AME-31157)",
        "A difference: here it changes no error of the token endpoint.",
    ),
    FoundSince(
        "jwtAssertion and jwtValidator in next-generation scripts",
        DOCUMENTED,
        "PingOne AIC, release notes (21182.9); audiences in exchanges since April 2026 "
        "(AME-33970)",
        "Both are bound; audiences count where the provider's switch is on.",
    ),
    FoundSince(
        "Caching script values, and new common bindings",
        DOCUMENTED,
        "PingAM 8.1, What's new; names and contexts could not be read",
        "Not here: of AM's common bindings those are there that its other pages name.",
    ),
    FoundSince(
        "What tokenExchangeAuthLevel means",
        INFERRED,
        "nothing but its name and its default, 0",
        "A subject token of a lower auth_level is refused (inferred).",
    ),
    FoundSince(
        "Next-generation scripts get Java collections and maps behind wrappers",
        DOCUMENTED,
        "PingAM 8.1, Access token modification scripting API; get, size and toArray "
        "seen in nodes",
        "Every collection and map has Java's methods beside index, length and those of "
        "arrays.",
    ),
    FoundSince(
        "undefined handed to a Java method that takes an Object",
        MEASURED,
        "Rhino 1.7.14, HashMap.put; of AM's own setters it is inferred",
        "It is the text undefined, in both engines.",
    ),
    FoundSince(
        "identity on client credentials",
        MEASURED,
        "PingOne AIC, legacy token modification; AM's scope evaluation sample",
        "It is the client's or agent's own profile, in every context and dialect; a "
        "name that it has not gives an empty set.",
    ),
    FoundSince(
        "Legacy access tokens have setPermissions",
        DOCUMENTED,
        "PingAM 8.1, Access token modification",
        "It is there, and introspection tells permissions.",
    ),
    FoundSince(
        "identity.getMemberships(IdType.GROUP)",
        SOURCE,
        "a script that ships with PingOne AIC",
        "People have groups, and scripts can list them.",
    ),
    FoundSince(
        "Registration scripts use AM's full attribute names",
        SOURCE,
        "AM's own sample: com.forgerock.openam.oauth2provider.grantTypes, [0]=…",
        "Every full name is taken, with indexed values or without.",
    ),
    FoundSince(
        "loopbackInterfaceRedirection",
        SOURCE,
        "AM's exports; RFC 8252 section 7.3",
        "With it, http://127.0.0.1:*/callback stands for any port.",
    ),
    FoundSince(
        "Three forms of a realm's URL",
        DOCUMENTED,
        "PingAM 8.1, endpoint pages; published issuers of PingOne AIC",
        "…/oauth2/realms/root/realms/alpha, …/oauth2/alpha, and …/oauth2 for the top "
        "level; a realm can be a parameter too.",
    ),
    FoundSince(
        "The session property Host",
        SOURCE,
        "AM's sample for the authorize endpoint's data; its value is not known",
        "A session has AM's usual properties, Host among them (its value is inferred).",
    ),
)
"""In the order in which they were written down."""
