"""What is wrong or doubtful about a may act script, beyond its syntax.

| what | codes |
| --- | --- |
| nothing is stamped | ``returned-claim``, ``no-set-may-act`` |
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

Severity ``error``: on PingAM the script fails or its claim can never be used;
``warning``: probably a mistake; ``info``: what the claim amounts to.
"""

from collections.abc import Iterator

from workbench.am.scripts.finding import Finding
from workbench.am.scripts.parties import Parties
from workbench.am.scripts.script import MayActScript, ScriptOutcome
from workbench.sandbox.language.reading import ReadScript
from workbench.sandbox.language.syntax import Node
from workbench.sandbox.lint.claim import Claim, claims, filled
from workbench.sandbox.lint.names import check_names, check_stamp
from workbench.sandbox.lint.rules import check_claim, check_use


def lint(
    script: MayActScript,
    reading: ReadScript,
    around: Parties | None = None,
    outcome: ScriptOutcome | None = None,
) -> tuple[Finding, ...]:
    """The findings about a script, in the order of the source.

    Args:
        script: The script; its evaluator version picks the rules.
        reading: Its tree, as the engine reads it.
        around: Who is in the realm; None leaves out the rules that need one.
        outcome: What a dry run did; the claim it stamped fills in what the text
            does not say.
    """
    found = list(reading.findings)
    if reading.tree is not None:
        found += _check(reading.tree, script.evaluator_version, around, outcome)
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda each: (each.line, each.column)))


def _check(
    tree: Node,
    version: str,
    around: Parties | None,
    outcome: ScriptOutcome | None,
) -> Iterator[Finding]:
    yield from check_use(tree, around)
    if outcome is None or not outcome.stamped:
        yield from check_stamp(tree)
    ended = outcome is not None and outcome.error is None
    yield from check_names(tree, version, ended=ended)
    stamped = outcome.may_act if outcome is not None else None
    elsewhere = Claim(tree, (), whole=False, plain=None)  # by another name of token
    written = list(claims(tree)) or [elsewhere]
    for claim in written:
        known = filled(claim, stamped) if len(written) == 1 else claim
        yield from check_claim(known, version, around)
