"""Rules about Java: classes out of reach, sets and strings that are Java's."""

from collections.abc import Iterator

from workbench.am.scripts.finding import NOT_EMULATED, Finding
from workbench.am.scripts.script import LEGACY
from workbench.sandbox.language.syntax import Node
from workbench.sandbox.lint import api
from workbench.sandbox.lint.code import finding, name_of, names, text_of

MUTABLE_MAPS = ("HashMap", "LinkedHashMap", "TreeMap")


def check_java(
    tree: Node, version: str, own: dict[str, list[Node]], *, ended: bool
) -> Iterator[Finding]:
    """Java where there is none, and JavaScript where there is Java.

    Args:
        tree: The script.
        version: Its evaluator version.
        own: The names that the script declares.
        ended: Whether a dry run came to the script's end.
    """
    yield from _check_classes(tree, version, own, ended)
    if version == LEGACY:
        yield from _check_scopes(tree, own)
        yield from _check_comparisons(tree)
        return
    for node in tree.walk():
        last = name_of(node)
        if last == "JsonValue":
            yield _legacy_java(node, last, "Hand token.setMayAct a plain object.")
        elif last in MUTABLE_MAPS and _is_java(node):
            yield _legacy_java(node, last, "Use a plain object instead.")


def _check_classes(
    tree: Node, version: str, own: dict[str, list[Node]], ended: bool
) -> Iterator[Finding]:
    """Java classes that are named in full and cannot be reached."""
    for node in tree.walk():
        name = _java_class(node)
        if name is None or name.split(".")[0] in own or name in api.CLASSES[version]:
            continue
        last = name.rsplit(".", 1)[-1]
        if version == LEGACY:
            unused = _only_imported(node, last, tree)
            if not (unused and ended):
                yield _not_emulated(node, name, harmless=unused or ended)
        elif last != "JsonValue" and last not in MUTABLE_MAPS:  # said already
            yield finding(
                node,
                "java-class",
                "error",
                f"A next-generation script cannot reach the Java class {name}.",
                "Do without it: lists, sets and the boxes of java.lang are reached.",
            )


def _only_imported(node: Node, name: str, tree: Node) -> bool:
    """Whether a class is handed to JavaImporter, and its short name never read."""
    call = node.parent
    if call is None or call.type not in ("CallExpression", "NewExpression"):
        return False
    importing = (call.callee.name, name_of(call.callee))
    if not {"JavaImporter", "importClass"} & set(importing):
        return False
    read = any(each.name == name for each in names(tree))
    return not read and not any(
        name_of(each) == name and _java_class(each) is None for each in tree.walk()
    )


def _not_emulated(node: Node, name: str, *, harmless: bool) -> Finding:
    return finding(
        node,
        NOT_EMULATED,
        "warning" if harmless else "error",
        f"Not emulated: the Java class {name}. "
        "AM has it only where its list for this context does.",
        "Do without it: JsonValue and the usual collections are here.",
    )


def _java_class(node: Node) -> str | None:
    """The class that ``java.util.List`` names: up to the first capital letter."""
    if node.type != "MemberExpression" or node.computed:
        return None
    path = node.code.removeprefix("Packages.").split(".")
    is_class = path[-1][:1].isupper() and not any(p[:1].isupper() for p in path[:-1])
    if not is_class or path[0] not in api.JAVA_ROOTS:
        return None
    return ".".join(path)


def _is_java(node: Node) -> bool:
    return node.code.startswith(("java.util", "Packages.java.util"))


def _legacy_java(node: Node, name: str, fix: str) -> Finding:
    return finding(
        node,
        "legacy-api",
        "error",
        f"A next-generation script cannot reach the Java class {name}.",
        fix,
    )


def _check_scopes(tree: Node, own: dict[str, list[Node]]) -> Iterator[Finding]:
    """In a legacy script ``scopes`` is a Java set: no index, no length."""
    for node in tree.walk():
        if node.type != "MemberExpression" or node.object.name != "scopes":
            continue
        name = name_of(node)
        if "scopes" not in own and (node.computed or name in ("length", "includes")):
            yield finding(
                node,
                "next-generation-api",
                "error",
                "In a legacy script scopes is a java.util.Set, not an array.",
                "Ask scopes.contains(name), or walk through scopes.iterator().",
            )


def _check_comparisons(tree: Node) -> Iterator[Finding]:
    """A Java string is never ``===`` a JavaScript one."""
    for node in tree.walk():
        if node.type != "BinaryExpression" or node.operator not in ("===", "!=="):
            continue
        sides = (node.left, node.right)
        if any(text_of(side) is not None for side in sides) and any(
            _gives_java(side) for side in sides
        ):
            yield finding(
                node,
                "java-string",
                "warning",
                f"{node.operator} compares a Java string with a JavaScript one: "
                "they are never the same.",
                f"Write {node.operator[:-1]}.",
            )


def _gives_java(node: Node) -> bool:
    if node.type == "CallExpression":
        return name_of(node.callee) in (
            *("get", "next", "getField", "getName", "getProperty", "asString"),
            *("getClientId", "getUniversalId", "toString"),
        ) and not _of_script(node)
    return node.type == "MemberExpression" and node.object.name in api.PROPERTIES


def _of_script(call: Node) -> bool:
    return call.callee.object.type in ("Literal", "ThisExpression")
