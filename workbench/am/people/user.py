"""The people of a realm: identities with attributes and a password.

A person's subject is ``(usr!name)`` (PingAM 8.1, introspection endpoint, ``sub``).
"""

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.am.basics.characters import HALF, all_whole
from workbench.am.basics.realm_path import organization
from workbench.errors import RegistrationError

USER, GROUP, AGENT = "user", "group", "agentonly"
"""What an identity can be: AM's ``IdType``; a client's was measured."""

USER_SUBJECT = re.compile(r"\(usr!(.*)\)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One person. The password is never part of the repr.

    Attributes:
        name: The user name, which is also the attribute ``uid``.
        password: What authenticates the person.
        attributes: Such as ``{"mail": ("bjensen@example.com",)}``.
        active: ``inetUserStatus``; an inactive person cannot authenticate.
        groups: The names of the groups that the person is in.
    """

    name: str
    password: str = field(repr=False)
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    active: bool = True
    groups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not re.fullmatch(r"[^\s()!]+", self.name):
            raise RegistrationError(
                f"The user name is {self.name!r}; it needs a name without spaces, "
                "brackets or exclamation marks.",
                about="name",
            )
        if not isinstance(self.password, str) or not self.password:
            raise RegistrationError(f"{self.name} needs a password.", about="password")
        for about in ("name", "password", "attributes"):
            if not all_whole(getattr(self, about)):
                raise RegistrationError(f"The user's {about} {HALF}.", about=about)
        if type(self.active) is not bool:
            raise RegistrationError("active is True or False.")

    def password_fits(self, password: str) -> bool:
        """Compare in constant time."""
        return hmac.compare_digest(password.encode(), self.password.encode())

    def values(self, name: str) -> tuple[str, ...]:
        """An attribute's values; none where the person lacks it."""
        return self.attributes.get(name, ())


def attributes_of(name: str, given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Attributes as they are kept: each a list of texts, ``uid`` and ``cn`` filled in.

    Raises:
        RegistrationError: An attribute is neither a text nor a list of texts.
    """
    return {"uid": (name,), "cn": (name,), "sn": (name,), **texts_of(given)}


def texts_of(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Attributes, each a list of texts.

    Raises:
        RegistrationError: One is neither a text nor a list of texts.
    """
    kept: dict[str, tuple[str, ...]] = {}
    for attribute, value in given.items():
        values = (value,) if isinstance(value, str) else value
        if not isinstance(values, Iterable) or isinstance(values, Mapping | bytes):
            raise _unfit(attribute)
        kept[attribute] = tuple(values)
        if not all(isinstance(each, str) for each in kept[attribute]):
            raise _unfit(attribute)
    return kept


def _unfit(attribute: str) -> RegistrationError:
    return RegistrationError(
        f'The attribute {attribute!r} is a list of texts, such as ["one", "two"].'
    )


def user_subject(name: str, *, typed: bool) -> str:
    """The ``sub`` of a person: ``(usr!name)``, or the bare name on AIC."""
    return f"(usr!{name})" if typed else name


def name_in(sub: str) -> str:
    """The user name that a subject can stand for, typed or bare; "" for an agent's."""
    typed = USER_SUBJECT.match(sub)
    name = typed[1] if typed else sub
    return name if "(" not in name else ""


def user_in(sub: str, users: Mapping[str, User]) -> User | None:
    """The person whom a subject names, typed or bare; None for anybody else."""
    return users.get(name_in(sub))


def universal_id(name: str, realm: str, kind: str = USER) -> str:
    """AM's identifier of an identity, with the base DN of a default installation."""
    return f"id={name},ou={kind},{organization(realm)}"
