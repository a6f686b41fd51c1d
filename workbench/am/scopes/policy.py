"""Policies of AM's policy engine that grant or deny OAuth 2.0 scopes.

Source: PingAM 8.1 "Dynamic OAuth 2.0 authorization". A policy is of the resource type
``OAuth2 Scope``, whose one action is ``GRANT``, and stands in a policy set. Conditions
and scripts of AM's policies are not there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache

from workbench.am.basics.setting import setting
from workbench.am.basics.validation import check_value
from workbench.am.basics.words import with_article
from workbench.am.clients.names import SCOPE_TOKEN
from workbench.am.settings.values import SCOPES_POLICY_SET
from workbench.errors import RegistrationError, SettingError

ANYBODY, AUTHENTICATED, UNAUTHENTICATED = "anybody", "authenticated", "unauthenticated"
USERS, CLIENTS = "users", "clients"

SUBJECTS = (ANYBODY, AUTHENTICATED, UNAUTHENTICATED, USERS, CLIENTS)
NAMING = (USERS, CLIENTS)
"""The subjects that are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One policy.

    Attributes:
        name: Unique in the realm.
        resources: Patterns of scopes; ``*`` stands for any characters, or none.
        grant: The value of ``GRANT``: True allows the scopes, False denies them.
        policy_set: The set that it stands in.
        subjects: Whom it is for: ``anybody``; ``authenticated``, where a person is
            behind the token ("Authenticated Users"); ``unauthenticated``, its
            opposite (AM's ``NOT``); ``users`` or ``clients`` that are named.
        names: Those named: user names, or client ids. Clients stand in for AM's
            subjects with a JWT claim, which is inferred.
        active: An inactive policy says nothing.
    """

    name: str
    resources: tuple[str, ...]
    grant: bool
    policy_set: str = SCOPES_POLICY_SET
    subjects: str = setting(AUTHENTICATED, choices=SUBJECTS)
    names: tuple[str, ...] = ()
    active: bool = True

    def __post_init__(self) -> None:
        for item in fields(self):
            try:
                check_value(type(self), item.name, getattr(self, item.name))
            except SettingError as problem:
                raise RegistrationError(str(problem), about=item.name) from None
        for name in ("name", "policy_set"):
            if not getattr(self, name).strip():
                raise RegistrationError(
                    f"A policy needs {with_article(name)}.", about=name
                )
        if not self.resources:
            raise RegistrationError(
                'A policy needs a scope, or "*" for all.', about="resources"
            )
        for pattern in self.resources:
            _check_pattern(pattern)
        if bool(self.names) != (self.subjects in NAMING):
            raise RegistrationError(
                "A policy for users or clients names some, as in "
                '{"users": ["bjensen"]}; no other policy does.',
                about="subjects",
            )

    def speaks_of(self, scope: str) -> bool:
        """Whether one of its patterns is this scope."""
        return any(_pattern(each).fullmatch(scope) for each in self.resources)

    def is_for(self, subject: "PolicySubject") -> bool:
        """Whether it is for this subject."""
        if self.subjects in NAMING:
            known = subject.user if self.subjects == USERS else subject.client_id
            return known in self.names
        if self.subjects == ANYBODY:
            return True
        return bool(subject.user) == (self.subjects == AUTHENTICATED)


@dataclass(frozen=True, slots=True)
class PolicySubject:
    """Whom the policy engine is asked about.

    Attributes:
        client_id: The client that asks for a token.
        user: The name of the person behind the token, or "". That a client which
            acts as itself is not authenticated is inferred.
    """

    client_id: str
    user: str = ""


def verdicts(
    policies: Iterable[Policy], scopes: Iterable[str], subject: PolicySubject
) -> dict[str, bool]:
    """Whether each scope is granted; one that no policy speaks of is left out.

    Where two policies speak, a denial wins (AM's combining algorithm for such a set,
    Deny Overrides).
    """
    speaking = [each for each in policies if each.active and each.is_for(subject)]
    found: dict[str, bool] = {}
    for scope in scopes:
        said = [each.grant for each in speaking if each.speaks_of(scope)]
        if said:
            found[scope] = all(said)
    return found


def _check_pattern(pattern: str) -> None:
    if not SCOPE_TOKEN.match(pattern):
        raise RegistrationError(
            f"{pattern!r} is no pattern of a scope: a scope has no spaces, quotes or "
            "backslashes (RFC 6749 section 3.3). Give one pattern an entry.",
            about="resources",
        )


@lru_cache(maxsize=256)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, re.split(r"\*+", text))))
