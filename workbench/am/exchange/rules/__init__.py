"""Every rule of a token exchange: ``RULES`` is the specification, on one screen.

Sources: RFC 8693; PingAM 8.1 "Token exchange" pages. The order is PingAM's as far as it
is known; the first rule that fails decides the answer.
"""

from workbench.am.basics.validation import name_instead
from workbench.am.exchange.decision import Check
from workbench.am.exchange.rule import Rule
from workbench.am.exchange.rules import (
    act,
    caveats,
    client,
    may_act,
    parameters,
    scope,
    tokens,
)
from workbench.am.settings.profile import Profile
from workbench.errors import SettingError

RULES: tuple[Rule, ...] = (
    client.client_authenticated,
    client.provider_offers_grant,
    client.client_may_use_grant,
    parameters.both_sent.subject,
    parameters.both_sent.actor,
    parameters.type_can_be_exchanged.subject,
    parameters.type_can_be_exchanged.actor,
    parameters.exchanger_is_there,
    tokens.token_is_genuine.subject,
    tokens.token_has_declared_type.subject,
    tokens.token_is_valid_now.subject,
    tokens.token_is_not_revoked.subject,
    tokens.token_has_active_client.subject,
    tokens.token_has_active_person.subject,
    tokens.token_is_genuine.actor,
    tokens.token_has_declared_type.actor,
    tokens.token_is_valid_now.actor,
    tokens.token_is_not_revoked.actor,
    tokens.token_has_active_client.actor,
    tokens.token_has_active_person.actor,
    may_act.may_act_is_there,
    may_act.may_act_names_client,
    may_act.may_act_has_sub,
    may_act.may_act_names_actor,
    may_act.actor_is_client,
    may_act.actor_is_sent,
    act.earlier_act_is_an_object,
    act.delegated_token_may_go_on,
    act.chain_can_be_written,
    act.chain_is_short_enough,
    act.chain_has_no_loop,
    tokens.auth_level_is_high_enough,
    scope.audience_is_allowed,
    scope.scope_is_asked_for,
    scope.scope_is_allowed,
    scope.script_lets_pass,
    scope.policies_grant,
    scope.scope_is_within_subjects,
    caveats.caveats_are_kept,
)
"""Walked by :func:`workbench.am.exchange.decide.decide`, drawn by the views."""

BY_STATEMENT = {each.statement: each for each in RULES}
"""The rule behind each check."""

CAN_BE_LEFT_OUT = tuple(each.statement for each in RULES if not each.always)
"""The rules that a profile can do without."""

TOKEN_TYPE = "urn:ietf:params:oauth:token-type:"
"""What a sentence leaves out of the name of a token type."""

ABOUT_OUTCOME = "outcome"
"""What is no rule: that the request can be read, and that scripts run."""


def require_leavable(profile: Profile) -> None:
    """Hold the rules that a profile leaves out to those that it can.

    Raises:
        SettingError: There is no such rule, or it cannot be left out.
    """
    for statement in profile.rules_left_out:
        rule = BY_STATEMENT.get(statement)
        if rule is None:
            raise SettingError(
                f"There is no rule {statement!r} to leave out. "
                f"{name_instead(statement, CAN_BE_LEFT_OUT)}",
                about="rules_left_out",
            )
        if rule.always:
            raise SettingError(
                f"The rule {statement!r} cannot be left out. {rule.always}",
                about="rules_left_out",
            )


def group_of(statement: str) -> str:
    """What a rule, or a check that is none, is about."""
    rule = BY_STATEMENT.get(statement)
    return rule.about if rule else ABOUT_OUTCOME


def why(check: Check) -> str:
    """Why a check failed, in one sentence for people; "" where it passed."""
    if check.passed:
        return ""
    rule = BY_STATEMENT.get(check.rule)
    sentence = rule.why if rule else "{found}."
    if not check.found:
        sentence = "It takes {expected}."
    expected = check.expected.replace(TOKEN_TYPE, "").replace("among: ", "")
    found = check.found.partition("\n")[0].replace(TOKEN_TYPE, "").removesuffix(".")
    return sentence.format(expected=expected, found=found)
