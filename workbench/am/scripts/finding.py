"""What is wrong or doubtful about a may act script, as values to show and compare."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]

NOT_EMULATED = "not-emulated"
"""The code of what AM runs and this workbench cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark about one place in a script."""

    code: str  # such as "let" or "not-emulated"; stable, for programs
    severity: Severity  # error: AM, or this workbench, would not run it
    line: int  # 1 is the first
    column: int  # 1 is the first; in characters
    message: str  # one sentence: what is there, and why it matters
    fix: str  # one sentence: what to write instead
