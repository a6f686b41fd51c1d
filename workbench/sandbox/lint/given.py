"""Whether a script gives AM what AM takes of scripts of its context."""

from collections.abc import Callable, Iterator, Mapping

from workbench.am.basics.validation import name_instead
from workbench.am.scripts.finding import Finding, Severity
from workbench.am.scripts.plugin import ACCESS, AUTHORIZATION, REFRESH
from workbench.am.scripts.script import REGISTRATION, ScriptOutcome
from workbench.sandbox.language.syntax import Node
from workbench.sandbox.lint import api
from workbench.sandbox.lint.bound import (
    CLAIMS,
    DATA,
    EVALUATION,
    MODIFICATION,
    VALIDATION,
)
from workbench.sandbox.lint.code import FUNCTIONS, calls, finding, name_of, text_of

CHANGING = ("set", "add", "remove")
"""How the members of a token or of a client that change it begin."""

ENTRIES = {
    AUTHORIZATION: "somebody asks /authorize",
    ACCESS: "a token is asked for",
    REFRESH: "a token is refreshed",
}
"""The functions of a scope validation script, and when AM calls each."""

Given = Iterator[Finding]


def check_given(tree: Node, family: str, outcome: ScriptOutcome | None) -> Given:
    """What is missing of what AM takes of the script.

    Args:
        tree: The script.
        family: Its context without the version.
        outcome: What a dry run did, or None.
    """
    rule = GIVEN.get(family, check_stamp)
    yield from rule(tree, outcome)


def check_stamp(tree: Node, outcome: ScriptOutcome | None) -> Given:
    """Whether the claim is stamped at all."""
    if (outcome and outcome.stamped) or any(calls(tree, "token", "setMayAct")):
        return
    returned = [node for node in tree.walk() if _returns_claim(node)]
    last = tree.body[-1] if tree.body else tree
    if returned:
        yield _returned(returned[0], "returns")
    elif last.type == "ExpressionStatement" and _is_claim(last.expression):
        yield _returned(last, "ends with")
    else:
        yield _nothing(
            tree,
            "no-set-may-act",
            "The script never calls token.setMayAct, so it stamps nothing.",
            "Call token.setMayAct with the claim.",
        )


def _nothing(
    tree: Node, code: str, message: str, fix: str, severity: Severity = "warning"
) -> Finding:
    at = tree.body[0] if tree.body else tree
    if not tree.body:
        message = message.replace("The script", "The script is comments alone: it", 1)
    return finding(at, code, severity, message, fix)


def _returns_claim(node: Node) -> bool:
    """A return of what may be a claim, or an arrow function called on the spot."""
    if node.type == "ReturnStatement":
        return _is_claim(node.argument)
    called = node.parent is not None and node.parent.callee is node
    return node.type == "ArrowFunctionExpression" and called and _is_claim(node.body)


def _returned(at: Node, how: str) -> Finding:
    return finding(
        at,
        "returned-claim",
        "error",
        f"The script {how} a value and never calls token.setMayAct; "
        "AM ignores return values.",
        "Call token.setMayAct with the claim.",
    )


def _is_claim(node: Node | None) -> bool:
    """An object, a variable, or something made by a call: not a mere constant."""
    if node is None:
        return False
    if node.type == "CallExpression":
        if name_of(node.callee) in ("put", "add"):
            named = text_of(node.arguments[0]) if len(node.arguments) == 2 else None
            return named in api.CLAIM_MEMBERS
        return name_of(node.callee) in ("json", "object")
    return node.type in ("ObjectExpression", "Identifier")


def _changed(tree: Node, outcome: ScriptOutcome | None) -> Given:
    """An access token modification script that touches no token."""
    if not _changing_calls(tree, "accessToken"):
        yield _nothing(
            tree,
            "changes-nothing",
            "The script calls nothing that changes accessToken, so it changes nothing.",
            'Call accessToken.setField("name", value) or another of its setters.',
        )


def _changing_calls(tree: Node, binding: str) -> list[Node]:
    """The members of a binding that change it, wherever they are named."""
    return [
        node
        for node in tree.walk()
        if (name_of(node) or "").startswith(CHANGING) and node.object.name == binding
    ]


def _stored(tree: Node, outcome: ScriptOutcome | None) -> Given:
    """A registration script whose changes are lost."""
    if any(name_of(each) == "store" for each in tree.walk()):
        return
    changing = _changing_calls(tree, "clientIdentity")
    fix = "Call clientIdentity.store() once the values are set."
    if changing:
        message = "The script never calls clientIdentity.store(): this is lost."
        yield finding(changing[0], "never-stored", "error", message, fix)
    else:
        message = "The script never calls clientIdentity.store(): no client changes."
        yield _nothing(tree, "never-stored", message, fix)


def _ended(taken: str, example: str) -> Callable[[Node, ScriptOutcome | None], Given]:
    """The rule for scripts whose last value AM takes."""

    def rule(tree: Node, outcome: ScriptOutcome | None) -> Given:
        error = outcome.error if outcome else None
        worked = outcome is not None and error is None
        if worked or (error and error.line is not None) or ends_with_value(tree):
            return
        yield finding(
            tree.body[-1] if tree.body else tree,
            "returns-nothing",
            "error",
            f"The script's last value is not what AM takes it as: {taken}.",
            f"Let the last statement be the value, such as {example}",
        )

    return rule


def ends_with_value(tree: Node) -> bool:
    """Whether the last value of a script may be what somebody wants of it."""
    ends = [each for each in tree.body if each.type != "EmptyStatement"]
    while ends and ends[-1].type in ("FunctionDeclaration", "VariableDeclaration"):
        ends.pop()
    if not ends:
        return False
    last = ends[-1].expression if ends[-1].type == "ExpressionStatement" else None
    if last is None:
        return True  # an if, a try, a loop: nobody knows
    if last.type == "CallExpression" and last.callee.type in FUNCTIONS:
        return _gives_back(last.callee)
    if last.type == "CallExpression":
        owner = last.callee.object
        return owner is None or owner.name not in ("logger", "accessToken", "identity")
    return last.type not in ("Literal", "UnaryExpression")


def _gives_back(function: Node) -> bool:
    if function.body.type != "BlockStatement":
        return True
    returns = (node for node in function.walk() if node.type == "ReturnStatement")
    return any(node.argument is not None for node in returns)


def _entries(tree: Node, outcome: ScriptOutcome | None) -> Given:
    """The functions of a scope validation script."""
    named = _functions(tree)
    missing = [each for each in ENTRIES if each not in named]
    if len(missing) < len(ENTRIES):
        if missing:
            when = ", and ".join(f"{each} where {ENTRIES[each]}" for each in missing)
            yield _nothing(
                tree,
                "no-entry",
                f"AM calls {when}; the script has no such function, so that this "
                "fails.",
                f"Add function {missing[0]}() {{ ... }}.",
            )
        return
    near = sorted(name for name in named if name.startswith("validate"))
    instead = name_instead(near[0], ENTRIES) if near else ""
    yield _nothing(
        tree,
        "no-entry",
        "The script has none of the functions that AM calls: "
        f"{', '.join(ENTRIES)}; so every request for scopes fails.",
        instead or f"Write function {ACCESS}() {{ ... }} and the others.",
        "error",
    )


def _functions(tree: Node) -> set[str]:
    """The names that the script gives to functions, or to anything else."""
    found = set()
    for node in tree.walk():
        if node.type in ("FunctionDeclaration", "VariableDeclarator"):
            found.add(node.id.name)
        elif node.type == "AssignmentExpression":
            found.add(node.left.name or name_of(node.left))
    return {name for name in found if name}


GIVEN: Mapping[str, Callable[[Node, ScriptOutcome | None], Given]] = {
    MODIFICATION: _changed,
    VALIDATION: _entries,
    EVALUATION: _ended("the map that /tokeninfo tells", '({"name": value}).'),
    DATA: _ended("the map that /authorize sends", '({"name": "text"}).'),
    CLAIMS: _ended(
        "the claims", "({values: {...}, compositeScopes: {...}}) or UserInfoClaims."
    ),
    REGISTRATION: _stored,
    "LIBRARY": lambda tree, outcome: iter(()),
}
"""The rule of each context; a may act script has its own."""

NOTHING_GIVEN = frozenset(
    {"no-set-may-act", "changes-nothing", "never-stored", "returns-nothing", "no-entry"}
)
"""Codes that say of a script that it gives nothing, which may have a cause."""
