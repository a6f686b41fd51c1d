"""Whether each token is one of this realm, of the declared type, and good now.

Sources: PingAM 8.1, Token exchange; RFC 8693 sections 2.1 and 3; RFC 7519 section
4.1.4; RFC 7009 section 2.
"""

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.types import Claims
from workbench.am.exchange.decision import CLIENT as CLIENT_SETTING
from workbench.am.exchange.decision import PROFILE, REQUEST
from workbench.am.exchange.facts import SUBJECT_CLAIMS, Facts
from workbench.am.exchange.remedies import client_settings, tokens_sent
from workbench.am.exchange.rule import ABOUT_SUBJECT, Found, rule, rule_of_each_token
from workbench.am.exchange.token_types import type_shown
from workbench.am.people.user import name_in
from workbench.am.settings.profile import REFUSE
from workbench.am.tokens.token import TOKEN_NAMES, Reading, auth_level


def _sent(role: str, facts: Facts) -> bool:
    """Whether there is anything to ask of this token: an actor's may be left out."""
    return role == "subject" or facts.actor is not None


def _of_person(role: str, facts: Facts) -> bool:
    """Whether this token is about a person, and the profile minds who is gone."""
    token = facts.subject if role == "subject" else facts.actor
    if token is None or token.claims is None:
        return False
    claims = token.claims
    return facts.profile.tokens_of_gone_people == REFUSE and (
        token.bereft
        or (name_in(claims["sub"]) != "" and auth_level(claims) is not None)
    )


@rule_of_each_token(
    "The {role} token is one that this realm issued, unchanged",
    about="{role}",
    why="The {role} token is not one that this realm issued: {found}.",
    needs=("{role}",),
    concerns=_sent,
    source="PingAM 8.1, Token exchange; RFC 8693 section 2.1",
    decided_by=REQUEST,
    remedies=tokens_sent.new_token,
    always="Of any other token the server knows nothing that it could copy.",
)
def token_is_genuine(_role: str, _facts: Facts, token: Reading) -> Found:
    """Signature, issuer and realm of a signed one; the store for an opaque one."""
    return Found(
        token.claims is not None,
        expected="a token that this realm issued",
        found=f"a {token.form} token of this realm" if token.claims else token.fault,
    )


@rule_of_each_token(
    "The {role} token is of the type declared",
    about="{role}",
    why="The {role} token was sent as {expected}, but its {found}.",
    needs=("{role}_claims",),
    concerns=_sent,
    source="RFC 8693 section 3",
    decided_by=REQUEST,
    remedies=tokens_sent.types,
)
def token_has_declared_type(role: str, facts: Facts, claims: Claims) -> Found:
    """``tokenName`` says what a token of PingAM is."""
    declared = facts.sent.get(f"{role}_token_type", "")
    return Found(
        TOKEN_NAMES.get(declared) == claims.get("tokenName"),
        expected=type_shown(declared) if declared else "a declared type",
        found=f"tokenName is {safe_text(claims.get('tokenName'))}",
    )


@rule_of_each_token(
    "The {role} token is valid now",
    about="{role}",
    why="The {role} token is {found}.",
    needs=("{role}", "{role}_claims"),
    concerns=_sent,
    source="PingAM 8.1, Token exchange; RFC 7519 section 4.1.4",
    decided_by=REQUEST,
    remedies=tokens_sent.new_token,
)
def token_is_valid_now(
    _role: str, _facts: Facts, token: Reading, _claims: Claims
) -> Found:
    """Between ``nbf`` and ``exp``."""
    found = "expired" if token.expired else "not valid yet" if token.early else "valid"
    return Found(
        found == "valid",
        expected="nbf in the past and exp in the future",
        found=found,
    )


@rule_of_each_token(
    "The {role} token has not been revoked",
    about="{role}",
    why="The {role} token has been revoked.",
    needs=("{role}", "{role}_claims"),
    concerns=_sent,
    source="PingAM 8.1, Token exchange; RFC 7009 section 2",
    decided_by=REQUEST,
    remedies=tokens_sent.new_token,
)
def token_is_not_revoked(
    _role: str, _facts: Facts, token: Reading, _claims: Claims
) -> Found:
    """Neither itself nor its grant."""
    return Found(
        not token.revoked,
        expected="not revoked",
        found="revoked" if token.revoked else "not revoked",
    )


@rule_of_each_token(
    "The {role} token's client is active",
    about="{role}",
    why="The client that got the {role} token is {found}.",
    needs=("{role}", "{role}_claims"),
    concerns=lambda role, facts: (
        _sent(role, facts) and facts.profile.tokens_of_inactive_clients == REFUSE
    ),
    source="profile {profile}",
    decided_by=PROFILE,
    remedies=tokens_sent.holder,
)
def token_has_active_client(
    _role: str, _facts: Facts, token: Reading, _claims: Claims
) -> Found:
    """Only in profiles that ask for it: PingAM looks at the token alone (inferred)."""
    return Found(
        not token.orphaned,
        expected="an active client of this realm",
        found="inactive or deleted" if token.orphaned else "active",
    )


@rule_of_each_token(
    "The {role} token's person is active",
    about="{role}",
    why="The person whom the {role} token is about is {found}.",
    needs=("{role}", "{role}_claims"),
    concerns=_of_person,
    source="profile {profile} (that PingAM refuses is inferred; OpenAM source gives "
    "out no identity of people who are gone)",
    decided_by=PROFILE,
    remedies=tokens_sent.person,
)
def token_has_active_person(
    _role: str, _facts: Facts, token: Reading, _claims: Claims
) -> Found:
    """Asked of people's tokens alone, and where the profile minds."""
    return Found(
        not token.bereft,
        expected="a person of this realm who is active",
        found="deactivated or deleted" if token.bereft else "active",
    )


@rule(
    "The subject token's auth_level is high enough for the client",
    about=ABOUT_SUBJECT,
    why="The subject token has auth_level {found}; the client takes {expected}.",
    needs=(SUBJECT_CLAIMS,),
    concerns=lambda facts: _level_asked(facts) != 0,
    source="PingAM 8.1, tokenExchangeAuthLevel (its meaning is inferred)",
    decided_by=CLIENT_SETTING,
    remedies=client_settings.auth_level_off,
)
def auth_level_is_high_enough(facts: Facts, claims: Claims) -> Found:
    """What the setting does is believed, not documented: a minimum ``auth_level``."""
    level, asked = auth_level(claims) or 0, _level_asked(facts)
    return Found(level >= asked, expected=f"at least {asked}", found=str(level))


def _level_asked(facts: Facts) -> int:
    return facts.client.token_exchange_auth_level if facts.client else 0
