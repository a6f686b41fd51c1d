"""Which context a script is for, where the bindings that it uses say so plainly."""

from dataclasses import dataclass

from workbench.am.scripts.kinds import MAY_ACT
from workbench.am.scripts.script import REGISTRATION
from workbench.sandbox.language.syntax import Node
from workbench.sandbox.lint.bound import (
    CLAIMS,
    DATA,
    EVALUATION,
    MODIFICATION,
    OWN,
    VALIDATION,
)
from workbench.sandbox.lint.code import declared, name_of, names
from workbench.sandbox.lint.given import CHANGING, ENTRIES, ends_with_value

PLAIN = (VALIDATION, REGISTRATION, "LIBRARY", CLAIMS)
"""Contexts with bindings that nobody else has."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A context without its version, and the reason: "it uses accessToken"."""

    family: str
    because: str


def guess_context(tree: Node) -> Guess | None:
    """What a script is for, or None where that is not plain.

    ``token`` is a may act script's. ``accessToken`` is that of a modification script,
    unless it is only read and the script ends with a value, as scope evaluation does.
    """
    own = declared(tree)
    for entry in ENTRIES:
        if entry in own:
            return Guess(VALIDATION, f"it has {entry}")
    used = {node.name for node in names(tree)} - set(own)
    if "token" in used:
        return Guess(MAY_ACT, "it uses token")
    if "accessToken" in used:
        return _of_access_token(tree)
    for family in PLAIN:
        found = sorted(used & OWN[family])
        if found:
            return Guess(family, f"it uses {found[0]}")
    if "session" in used and ends_with_value(tree) and not _names_client(tree):
        return Guess(DATA, "it uses session and ends with a value")
    return None


def _of_access_token(tree: Node) -> Guess:
    used = [
        name_of(node) or ""
        for node in tree.walk()
        if node.type == "MemberExpression" and node.object.name == "accessToken"
    ]
    changing = next((each for each in used if each.startswith(CHANGING)), "")
    if changing:
        return Guess(MODIFICATION, f"it uses accessToken.{changing}")
    if ends_with_value(tree):
        return Guess(EVALUATION, "it reads accessToken and ends with a value")
    return Guess(MODIFICATION, "it uses accessToken")


def _names_client(tree: Node) -> bool:
    """Whether a claim of may_act is built, which somebody may have forgotten to set."""
    return any(
        "client_id" in (node.name, node.value)
        for node in tree.walk()
        if node.type in ("Identifier", "Literal")
    )
