"""Texts for eval and Function that stand in the script as they are."""

from collections.abc import Iterator

from workbench.sandbox.language.syntax import Node

CALLS = ("CallExpression", "NewExpression")


def texts_for_eval(program: Node) -> Iterator[str]:
    """What the script will have compiled, as functions.js hands it over."""
    for node in program.walk():
        if node.type not in CALLS or node.callee.type != "Identifier":
            continue
        given = [_text(each) for each in node.arguments]
        texts = [each for each in given if each is not None]
        if len(texts) < len(given):
            continue
        if node.callee.name == "Function":
            body = texts.pop() if texts else ""
            yield f"(function anonymous({','.join(texts)}\n) {{\n{body}\n}})"
        elif node.callee.name == "eval" and node.type == "CallExpression" and texts:
            yield texts[0]


def _text(node: Node) -> str | None:
    """A text that means the same in Rhino as in the parser."""
    if node.type != "Literal" or not isinstance(node.value, str):
        return None
    return None if r"\u{" in node.raw else str(node.value)
