"""Profiles: where servers differ, as named switches."""

from dataclasses import dataclass, fields, replace
from typing import Any

from workbench.am.basics.setting import Setting, setting, settings_of
from workbench.am.basics.validation import check_value, name_instead
from workbench.errors import SettingError

NARROWED, AS_RETURNED = "narrowed", "as returned"
AS_REQUESTED, ALL_OF_CLIENT = "as requested", "all the acting client's"
CARRY_ACT, REFUSE = "carry act", "refuse"
DROP, NEST = "drop", "nest"
ALLOW, REVOKE = "allow", "revoke"
OF_TOKEN, NOBODY = "of the token", "nobody"
ALWAYS, WITH_GRANT, NEVER = "always", "only with the grant", "never"
INVALID_SCOPE, INVALID_REQUEST = "invalid_scope", "invalid_request"
EVERYTHING, SOME_MEMBERS, NOTHING = "everything", "some members", "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Where servers differ, as one value of named switches.

    The defaults are PingAM 8.1 as documented or measured.
    """

    name: str
    typed_subjects: bool = setting(
        True,
        "Typed subjects",
        help="sub is (age!name) or (usr!name) rather than the bare name",
    )
    actor_required_by_sub: bool = setting(
        False,
        "Actor token required by may_act",
        help="may_act with a sub asks for an actor token",
    )
    actor_is_client: bool = setting(
        False,
        "Only the client's own actor token",
        help="the actor token must be the acting client's own",
    )
    scopes_capped_by_subject: bool = setting(
        False,
        "Scopes capped by the subject token",
        help="no scope beyond those of the subject token",
    )
    lifetime_capped_by_subject: bool = setting(
        False,
        "Lifetime capped by the subject token",
        help="the new token ends no later than the subject token",
    )
    refresh_token_on_exchange: str = setting(
        ALWAYS,
        "Refresh token with an exchange",
        help="when an exchange also gives a refresh token",
        choices=(ALWAYS, WITH_GRANT, NEVER),
    )
    act_for_ai_agents: bool = setting(
        False,
        "AI agents always named as actors",
        help="an AI agent is named in act even without an actor token",
    )
    exchange_again_without_actor: str = setting(
        CARRY_ACT,
        "Delegated token sent without an actor",
        help="a delegated token sent without an actor token",
        choices=(CARRY_ACT, REFUSE),
    )
    actor_history: str = setting(
        DROP,
        "Earlier actors of the actor token",
        help="what becomes of an act inside the actor token",
        choices=(DROP, NEST),
    )
    # other servers nest it under the new actor
    loops: str = setting(
        ALLOW,
        "An actor twice in one chain",
        help="whether an actor may appear in a chain twice",
        choices=(ALLOW, REFUSE),
    )
    max_chain_depth: int | None = setting(
        None, "Most actors in one chain", help="how many actors a token may name"
    )
    tokens_of_inactive_clients: str = setting(
        ALLOW,
        "Tokens of inactive clients",
        help="live tokens of a client made inactive or deleted",
        choices=(ALLOW, REFUSE),
    )
    tokens_of_gone_people: str = setting(
        REFUSE,
        "Tokens of people who are gone",
        help="codes and tokens of people deactivated or deleted; refusing is inferred",
        choices=(ALLOW, REFUSE),
    )
    # OpenAM's source gives out no identity of such people; of tokens it says nothing
    grant_of_replayed_refresh_token: str = setting(
        ALLOW,
        "Grant of a replayed refresh token",
        help="the tokens of a grant, once a refresh token of it that was replaced "
        "comes again; that PingAM lets them live is inferred",
        choices=(ALLOW, REVOKE),
    )
    # RFC 9700 section 4.14.2 revokes them: thief and client cannot be told apart
    registration_scope: str = setting(
        SOME_MEMBERS,
        "What needs the registration scope",
        help="what takes a bearer token with the scope for registration: every "
        "registration while open registration is off, or logo_uri, client_uri and "
        "policy_uri alone",
        choices=(EVERYTHING, SOME_MEMBERS, NOTHING),
    )
    # AM 7.2 names these members; later pages ask for a token and name no scope; an
    # MCP client is said to register openly with PingOne AIC and sends client_uri
    scope_beyond_client: str = setting(
        INVALID_SCOPE,
        "Error for a scope beyond the client",
        help="the error of an exchange with a scope that the client lacks",
        choices=(INVALID_SCOPE, INVALID_REQUEST),
    )
    # measured on PingOne AIC: Invalid token exchange.
    null_refresh_token: bool = setting(
        False,
        "Null for a missing refresh token",
        help="an exchange without a refresh token says so with a null",
    )
    # PingOne AIC's pages print it; nobody measured it
    granted_scope: str = setting(
        AS_REQUESTED,
        "Scopes that an exchange grants",
        help="which scopes an exchange grants",
        choices=(AS_REQUESTED, ALL_OF_CLIENT),
    )
    # the vendor's page prints all the acting client's scopes
    scopes_from_script: str = setting(
        NARROWED,
        "Scopes from a validation script",
        help="whether a scope validation script can add scopes",
        choices=(NARROWED, AS_RETURNED),
    )
    # the vendor's pages show a script that adds some
    policies_see_exchange_subject: bool = setting(
        False,
        "Policies see the exchange's subject",
        help="policies know whom an exchanged token is about",
    )
    # measured on PingOne AIC: nobody is authenticated then
    policies_on_password: bool = setting(
        True,
        "Policies on the password grant",
        help="policies for scopes rule the password grant too",
    )
    # as documented; on PingOne AIC they do not
    identity_when_validating: str = setting(
        OF_TOKEN,
        "Identity while scopes are validated",
        help="whose identity a scope validation script sees",
        choices=(OF_TOKEN, NOBODY),
    )
    # measured on PingOne AIC: an object with nobody behind it
    rules_left_out: tuple[str, ...] = setting(
        (),
        "Rules left out",
        help="rules of the exchange that this server does not have; no server is "
        "known to lack one, it shows what each rule is for",
    )

    def __post_init__(self) -> None:
        for item in fields(self):
            check_value(type(self), item.name, getattr(self, item.name))

    def but(self, **switches: Any) -> "Profile":
        """The same profile with some switches changed.

        Raises:
            SettingError: No such switch, or not a value for it.
        """
        switches = {
            name: check_value(type(self), name, value)
            for name, value in switches.items()
        }
        base = self.name.partition(" (")[0]
        changed = f"{base} (changed: {', '.join(sorted(switches))})"
        return replace(self, **{"name": changed, **switches})


def switches() -> dict[str, Setting]:
    """What is said of each switch, by name."""
    return {name: each for name, each in settings_of(Profile).items() if name != "name"}


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(name="pingam-8.1"),
        Profile(
            name="rfc8693-strict",
            actor_required_by_sub=True,
            scopes_capped_by_subject=True,
            lifetime_capped_by_subject=True,
            refresh_token_on_exchange=NEVER,
            exchange_again_without_actor=REFUSE,
            tokens_of_inactive_clients=REFUSE,
            grant_of_replayed_refresh_token=REVOKE,
            registration_scope=EVERYTHING,
        ),
        Profile(
            name="aic",
            typed_subjects=False,
            refresh_token_on_exchange=WITH_GRANT,
            act_for_ai_agents=True,
            policies_on_password=False,
            registration_scope=NOTHING,
            scope_beyond_client=INVALID_REQUEST,
            null_refresh_token=True,
            identity_when_validating=NOBODY,
        ),
    )
}


def profile_named(name: str) -> Profile:
    """The profile of this name.

    Raises:
        SettingError: There is none.
    """
    if name not in PROFILES:
        raise SettingError(
            f"There is no profile {name!r}. {name_instead(str(name), PROFILES)}"
        )
    return PROFILES[name]
