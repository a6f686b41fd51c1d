"""What the reference notebooks show: tables made of the data that the bench runs on."""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from workbench.am.exchange.rule import Rule
from workbench.am.exchange.rules import RULES
from workbench.am.scripts.names import Name
from workbench.am.scripts.names_by_context import names_of
from workbench.am.settings.described import SettingRow, rows
from workbench.am.settings.profile import PROFILES, Profile, switches
from workbench.am.settings.unsupported import NOT_HERE
from workbench.saving.tables import MEMBERS, TABLES
from workbench.views.differences import OTHER
from workbench.views.faces import Face
from workbench.views.found_since import FOUND_SINCE
from workbench.views.page.html import code, page, table
from workbench.views.page.plain import columns
from workbench.views.profile import word

URN = "urn:ietf:params:oauth:"
"""What the tables write as an ellipsis."""

Cell = str | Markup
"""Text, or HTML whose text a terminal shows."""


def rules_reference() -> Face:
    """Every rule of a token exchange, in the order in which it is checked."""
    return _face(
        "The rules of a token exchange, in order",
        (
            "No.",
            "About",
            "Rule",
            "Needs",
            "Who decides",
            "Error where it fails",
            "Source",
        ),
        [_rule(number, rule) for number, rule in enumerate(RULES, 1)],
        (5, 10, 25, 12, 11, 18, 19),
    )


def _rule(number: int, rule: Rule) -> tuple[Cell, ...]:
    needs = ", ".join(need.replace("_", " ") for need in rule.needs)
    if rule.advice_only.startswith("It never fails"):
        error: Cell = "none: it never fails"
    else:
        error = Markup("{} {}").format(code(rule.refuses.error), rule.description)
    source = rule.source.replace("{profile}", "in force")
    named = (str(number), rule.about, rule.statement)
    return (*named, needs, rule.decided_by, error, source)


def saved_files_reference() -> tuple[Face, Face]:
    """The members of a saved file, and the tables of a realm in it."""
    members = _face(
        "The members of a saved file, in order",
        ("Member", "What it is"),
        [(code(name), told) for name, told in MEMBERS.items()],
        (10, 70),
    )
    tables = _face(
        "The tables of a realm",
        ("Table", "What it holds", "Secret"),
        [(name, each.told, each.secret) for name, each in TABLES.items()],
        (24, 50, 26),
    )
    return members, tables


def profiles_reference() -> Face:
    """Every switch, with its value under each profile."""
    base, *others = PROFILES.values()
    return _face(
        "The switches of the profiles",
        ("Switch", "What it is about", *PROFILES),
        [
            (
                Markup("{} <br><small>{}</small>").format(said.label, code(name)),
                said.help,
                code(word(getattr(base, name))),
                *(_value(base, other, name) for other in others),
            )
            for name, said in switches().items()
        ],
        (26, 32, 14, 14, 14),
    )


def _value(base: Profile, other: Profile, name: str) -> Markup:
    value = getattr(other, name)
    if value == getattr(base, name):
        return code(word(value))
    return Markup("<b>{} {}</b>").format(OTHER, code(word(value)))


def settings_reference(owner: type) -> Face:
    """Every setting of a class, as AM's admin UI and AM's JSON have it.

    Args:
        owner: ``ProviderSettings``, ``Overrides``, ``Client`` or ``AIAgent``.
    """
    return _face(
        f"{owner.__name__}, in the order of AM's admin UI",
        (
            "Name, and over REST",
            "Label and tab",
            "Value",
            "What it is about",
            "Default",
        ),
        [_setting(row) for row in rows(owner)],
        (25, 19, 13, 21, 22),
    )


def _setting(row: SettingRow) -> tuple[Cell, ...]:
    value = f"one of {', '.join(row.choices)}" if row.choices else row.type
    name = code(row.name)
    if row.rest != row.name:
        rest = code(row.rest) if row.rest else "unknown over REST"
        name += Markup(" <br><small>{}</small>").format(rest)
    given_on = [
        *(["A client can override it."] if row.overridable else []),
        *(["A group can hand it on."] if row.inheritable else []),
    ]
    lacks = [f"Not on the bench: {row.unsupported}"] if row.unsupported else []
    about = " ".join([row.help, *given_on, *lacks])
    label = f"{row.label} ({row.tab})"
    return (name, label, value, about, _default(row.default))


def _default(value: Any) -> Cell:
    """A default as people say it; a list entry by entry, without AM's classes."""
    if not isinstance(value, list):
        return "none" if value in (None, "") else code(word(value))
    entries = [each.partition("|")[0].replace(URN, "…:") for each in value]
    return Markup(" <br>").join(map(code, entries)) or "empty"


def absent_reference() -> Face:
    """The settings of PingAM that are not there, which can only be their defaults."""
    return _face(
        "Settings of PingAM that the bench has not",
        ("Name", "The only value"),
        [(code(name), code(repr(value))) for name, value in NOT_HERE.items()],
        (40, 60),
    )


def found_since_reference() -> Face:
    """What was found of PingAM since the bench was first built, a row a fact."""
    return _face(
        "Found since the first version",
        ("What was found", "How it is known", "What the bench does", "Switch"),
        [
            (
                fact.fact,
                f"{fact.mark}: {fact.source}",
                fact.here,
                code(fact.switch) if fact.switch else "",
            )
            for fact in FOUND_SINCE
        ],
        (25, 28, 31, 16),
    )


def bindings_reference(context: str, version: str) -> Face:
    """What scripts of a context can name.

    Args:
        context: Without the version, such as ``OAUTH2_MAY_ACT``.
        version: The evaluator version, ``1.0`` (legacy) or ``2.0``.
    """
    names = {name.label: name for name in names_of(context, version)}
    return _face(
        f"Bindings of {context}, evaluator version {version}",
        ("Binding", "What it is", "Members"),
        [
            (code(name.label), _about(name), _members(name.members))
            for name in names.values()
        ],
        (20, 35, 45),
    )


def _about(name: Name) -> str:
    return ": ".join(part for part in (name.detail, name.info) if part)


def _members(members: Sequence[Name]) -> Markup:
    return Markup(" ").join(code(_called(member)) for member in members)


def _called(name: Name) -> str:
    return f"{name.label}{name.detail}" if name.detail.startswith("(") else name.label


def _face(
    caption: str,
    header: Sequence[str],
    entries: Iterable[Sequence[Cell]],
    widths: Sequence[int],
) -> Face:
    listed = [tuple(entry) for entry in entries]
    text = columns([header, *(tuple(map(_as_text, row)) for row in listed)])
    html = page(table(header, listed, caption=caption, widths=widths))
    return Face(html, f"{caption}\n{text}")


def _as_text(cell: Cell) -> str:
    return cell.striptags() if isinstance(cell, Markup) else cell
