"""Whether the parameters belong together, and name types that can be exchanged.

Sources: RFC 8693 sections 2.1 and 3; PingAM 8.1, access_token endpoint and "Token
exchange".
"""

from workbench.am.exchange.decision import PROVIDER, REQUEST
from workbench.am.exchange.facts import SUBJECT_TYPE, Facts
from workbench.am.exchange.remedies import tokens_sent
from workbench.am.exchange.rule import ABOUT_PARAMETERS, Found, rule, rule_of_each_token
from workbench.am.exchange.token_types import (
    exchanged_types,
    type_shown,
    validated_types,
    wanted_type,
)
from workbench.am.tokens.token import TOKEN_NAMES


@rule_of_each_token(
    "{role}_token and {role}_token_type are both sent",
    about=ABOUT_PARAMETERS,
    why="{role}_token and {role}_token_type go together; the request has {found}.",
    concerns=lambda role, facts: (
        role == "subject"
        or f"{role}_token" in facts.sent
        or f"{role}_token_type" in facts.sent
    ),
    source="RFC 8693 section 2.1; PingAM 8.1, access_token endpoint",
    decided_by=REQUEST,
    remedies=tokens_sent.both_sent,
    always="One without the other is nothing that the next rules could look at.",
)
def both_sent(role: str, facts: Facts) -> Found:
    """A subject token is needed; an actor token may be left out with its type."""
    names = (f"{role}_token", f"{role}_token_type")
    missing = [name for name in names if name not in facts.sent]
    return Found(
        not missing,
        expected="both parameters",
        found=f"no {' and no '.join(missing)}" if missing else "both",
        description=f"Missing parameters: {' '.join(missing)}",
    )


@rule_of_each_token(
    "{role}_token_type is a type this server can exchange",
    about=ABOUT_PARAMETERS,
    why="This server exchanges {expected}; {role}_token_type is {found}.",
    concerns=lambda role, facts: f"{role}_token_type" in facts.sent,
    source="PingAM 8.1, Token exchange; RFC 8693 section 3",
    decided_by=PROVIDER,
    remedies=tokens_sent.validators,
)
def type_can_be_exchanged(role: str, facts: Facts) -> Found:
    """The provider's "Token Validator" list says which can."""
    sent = facts.sent[f"{role}_token_type"]
    accepted = validated_types(facts.request.provider.tokenValidatorClasses)
    return Found(
        sent in accepted,
        expected=" or ".join(accepted) or "no type: there are no validators",
        found=type_shown(sent),
        decided_by="" if sent in TOKEN_NAMES else REQUEST,
    )


@rule(
    "An exchanger turns the subject token's type into the one requested",
    about=ABOUT_PARAMETERS,
    why="The subject token can become {expected}; asked for was {found}.",
    needs=(SUBJECT_TYPE,),
    source="PingAM 8.1, Token exchange; RFC 8693 section 2.1",
    decided_by=PROVIDER,
    remedies=tokens_sent.exchanger,
)
def exchanger_is_there(facts: Facts, subject_type: str) -> Found:
    """The provider's "Token Exchanger" list says what can become what."""
    pairs = exchanged_types(facts.request.provider.tokenExchangeClasses)
    wanted = wanted_type(facts.sent)
    targets = [target for origin, target in pairs if origin == subject_type]
    by_default = "" if "requested_token_type" in facts.sent else " (by default)"
    return Found(
        (subject_type, wanted) in pairs,
        expected=" or ".join(targets) or "a type that has an exchanger",
        found=type_shown(wanted) + by_default,
        decided_by="" if wanted in TOKEN_NAMES else REQUEST,
    )
