"""What is wrong or doubtful about a script, beyond its syntax: one finding a cause.

| what | codes |
| --- | --- |
| nothing is stamped | ``returned-claim``, ``no-set-may-act`` |
| nothing is given otherwise | ``changes-nothing``, ``never-stored``, |
| | ``returns-nothing``, ``no-entry`` |
| an error was caught | ``caught-error`` |
| AM has no such name here | ``unknown-member``, ``add-may-act``, ``other-script`` |
| the name is the other generation's | ``legacy-api``, ``next-generation-api`` |
| a Java class cannot be reached | ``java-class``, ``not-emulated`` |
| it is not what it seems | ``shadowed-binding``, ``java-string`` |
| the claim's members | ``unknown-claim-member``, ``no-client-id``, |
| | ``typed-client-id``, ``unusable-client-id``, |
| | ``untyped-sub`` |
| what the claim amounts to | ``impersonation``, ``self-reference`` |
| the realm around it | ``unknown-client``, ``unknown-user``, |
| | ``no-exchange-grant``, ``unused-script`` |
| nobody could look | ``not-linted``, of an engine whose limit was passed |

Severity ``error``: on PingAM the script fails or its claim can never be used;
``warning``: probably a mistake; ``info``: what the claim amounts to.
"""

from collections.abc import Iterator
from typing import Any

from workbench.am.scripts.finding import Finding
from workbench.am.scripts.parties import Parties
from workbench.am.scripts.script import (
    NEXT_GENERATION,
    MayActScript,
    Script,
    ScriptOutcome,
)
from workbench.sandbox.language.reading import ReadScript
from workbench.sandbox.language.syntax import Node
from workbench.sandbox.lint.bound import MODIFICATION, bound_in
from workbench.sandbox.lint.causes import one_a_cause
from workbench.sandbox.lint.claim import Claim, claims, filled
from workbench.sandbox.lint.given import check_given
from workbench.sandbox.lint.names import check_names
from workbench.sandbox.lint.rules import check_claim, check_use


def lint(
    script: Script,
    reading: ReadScript,
    around: Parties | None = None,
    outcome: ScriptOutcome | None = None,
) -> tuple[Finding, ...]:
    """The findings about a script, in the order of the source.

    Args:
        script: The script; its context and evaluator version pick the rules.
        reading: Its tree, as the engine reads it.
        around: Who is in the realm; None leaves out the rules that need one.
        outcome: What a dry run did; the claim it stamped fills in what the text
            does not say.
    """
    ruled: list[Finding] = []
    if reading.tree is not None:
        ruled += _check(reading.tree, script, around, outcome)
    found = one_a_cause(reading.findings, ruled, outcome)
    return tuple(sorted(found, key=lambda each: (each.line, each.column)))


def _check(
    tree: Node, script: Script, around: Parties | None, outcome: ScriptOutcome | None
) -> Iterator[Finding]:
    family, version = script.family, script.evaluator_version
    ended = outcome is not None and outcome.error is None
    yield from check_given(tree, family, outcome)
    yield from check_names(tree, bound_in(family, version), ended=ended)
    if isinstance(script, MayActScript):
        yield from check_use(tree, around)
        stamped = outcome.may_act if outcome is not None else None
        yield from _check_claims(tree, version, around, stamped)
    elif family == MODIFICATION and version == NEXT_GENERATION:
        for claim in claims(tree, "accessToken"):
            yield from check_claim(claim, version, around)


def _check_claims(
    tree: Node, version: str, around: Parties | None, stamped: Any
) -> Iterator[Finding]:
    elsewhere = Claim(tree, (), whole=False, plain=None)  # by another name of token
    written = list(claims(tree)) or [elsewhere]
    for claim in written:
        known = filled(claim, stamped) if len(written) == 1 else claim
        yield from check_claim(known, version, around)
