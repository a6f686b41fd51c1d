"""What scripts add to a decision: whether they ran, once all rules had passed.

Source: PingAM 8.1, scripting API. These are no part of ``RULES``: which scripts run is
known only when tokens are issued.
"""

from workbench.am.exchange.decision import REFUSED, REQUEST, SCRIPT, Check
from workbench.am.exchange.rules.scope import script_lets_pass
from workbench.am.scripts.script import ScriptOutcome
from workbench.errors import InvalidScope, OAuthError, ServerError

MAY_ACT = "may act script"
SCOPE_VALIDATION = "scope validation script"


def script_ran(outcome: ScriptOutcome) -> Check:
    """A script that ended without an error, with what it is good to know of it."""
    found, kind = outcome.remark, outcome.script.kind
    if outcome.token_name == "refresh_token":
        found = f"{found} This was for the refresh token."
    return _check(kind, passed=True, found=found, error=ServerError.error)


def script_failed(kind: str, failed: OAuthError) -> Check:
    """A script that failed, or refused the request.

    Args:
        kind: Which script, such as ``may act script``.
        failed: What goes over the wire; its hint says where the script failed.
    """
    return _check(
        kind,
        passed=False,
        found=failed.hint,
        error=failed.error,
        description=failed.description,
    )


def malformed_scope(problem: InvalidScope) -> Check:
    """What is asked for is no scope, so that no script is asked."""
    return Check(
        rule=script_lets_pass.statement,
        passed=False,
        expected="scopes as RFC 6749 has them",
        found=problem.hint,
        source="RFC 6749 section 3.3",
        decided_by=REQUEST,
        error=problem.error,
        description=problem.description,
    )


def _check(
    kind: str, *, passed: bool, found: str, error: str, description: str = REFUSED
) -> Check:
    return Check(
        rule=f"The acting client's {kind} runs",
        passed=passed,
        expected="a script that ends without an error",
        found=found,
        source="PingAM 8.1, scripting API",
        decided_by=SCRIPT,
        error=error,
        description=description,
    )
