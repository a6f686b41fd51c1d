"""Which types of token can be exchanged for which (PingAM 8.1, Token exchange).

The provider's "Token Validator" list says what may be sent, its "Token Exchanger"
list what may become what; both name the types in RFC 8693's terms.
"""

from collections.abc import Iterator, Mapping

from workbench.am.basics.secrets import shown
from workbench.am.exchange.decision import (
    PROVIDER,
    REQUEST,
    Check,
    ExchangeRequest,
    Outcome,
)
from workbench.am.settings.provider import ProviderSettings
from workbench.am.tokens.token import ACCESS_TOKEN, TOKEN_NAMES

EXCHANGEABLE = "{} is a type this server can exchange"
TYPE_PARAMETERS = ("subject_token_type", "actor_token_type")
EXCHANGER = "An exchanger turns the subject token's type into the one requested"


def wanted_type(parameters: Mapping[str, str]) -> str:
    """The type asked for; by default an access token, as the vendor's pages show."""
    return parameters.get("requested_token_type", ACCESS_TOKEN)


def validated_types(provider: ProviderSettings) -> tuple[str, ...]:
    """The types that may be sent."""
    listed = (
        entry.partition("|")[0].strip() for entry in provider.tokenValidatorClasses
    )
    return tuple(each for each in listed if each in TOKEN_NAMES)


def exchanged_types(provider: ProviderSettings) -> tuple[tuple[str, str], ...]:
    """The pairs of types that may become one another, as (from, to)."""
    pairs = (
        entry.partition("|")[0].split("=>") for entry in provider.tokenExchangeClasses
    )
    stripped = (tuple(each.strip() for each in pair) for pair in pairs)
    return tuple(
        (pair[0], pair[1])
        for pair in stripped
        if len(pair) == 2 and all(each in TOKEN_NAMES for each in pair)
    )


def type_rules(request: ExchangeRequest) -> Iterator[Outcome]:
    """Whether the types that were named can be sent and asked for."""
    sent = request.parameters
    accepted = validated_types(request.provider)
    for name in TYPE_PARAMETERS:
        if name in sent:
            yield Check(
                rule=EXCHANGEABLE.format(name),
                passed=sent[name] in accepted,
                expected=" or ".join(accepted) or "no type: there are no validators",
                found=type_shown(sent[name]),
                source="PingAM 8.1, Token exchange; RFC 8693 section 3",
                decided_by=REQUEST if sent[name] not in TOKEN_NAMES else PROVIDER,
            )
    yield _exchanger(request)


def _exchanger(request: ExchangeRequest) -> Outcome:
    sent = request.parameters
    if "subject_token_type" not in sent:
        return EXCHANGER
    pairs = exchanged_types(request.provider)
    asked = (sent["subject_token_type"], wanted_type(sent))
    targets = [target for origin, target in pairs if origin == asked[0]]
    named = "requested_token_type" in sent
    return Check(
        rule=EXCHANGER,
        passed=asked in pairs,
        expected=" or ".join(targets) or "a type that has an exchanger",
        found=type_shown(asked[1]) + ("" if named else " (by default)"),
        source="PingAM 8.1, Token exchange; RFC 8693 section 2.1",
        decided_by=REQUEST if asked[1] not in TOKEN_NAMES else PROVIDER,
    )


def type_shown(value: str) -> str:
    """A type for people. Somebody may have put the token where its type belongs."""
    if value in TOKEN_NAMES:
        return value
    return shown(value) if value.startswith("urn:") else "something that is not a URN"
