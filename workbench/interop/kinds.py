"""What a file is that is no JavaScript, so that a sentence can say so."""

import re
from dataclasses import dataclass

OCTETS = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive, or a document of an office program"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program for Linux"),
    (b"MZ", "a program for Windows"),
    (b"\xca\xfe\xba\xbe", "a compiled Java class"),
    (b"\xfe\xed\xfe\xed", "a Java key store"),
    (b"\xd0\xcf\x11\xe0", "a document of an older office program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
"""How files that are no text begin."""

UTF_16 = (b"\xff\xfe", b"\xfe\xff")

NAMES = {
    "groovy": "Groovy",
    "gvy": "Groovy",
    "py": "Python",
    "java": "Java",
    "yaml": "YAML",
    "yml": "YAML",
    "xml": "XML",
    "html": "an HTML page",
    "htm": "an HTML page",
    "md": "Markdown",
    "sh": "a shell script",
    "rb": "Ruby",
    "css": "a style sheet",
    "csv": "a table (CSV)",
    "properties": "a file of properties",
    "ini": "a file of settings",
    "toml": "TOML",
    "sql": "SQL",
    "log": "a log",
}
"""What the ending of a name says, where there is no doubt."""

GROOVY = "Groovy"

BEGINNINGS = (
    (r"<\?xml\b", "XML"),
    (r"<!doctype html|<html\b", "an HTML page"),
    (r"<[a-z!]", "XML or HTML"),
    (r"-----BEGIN [A-Z ]*KEY", "a key (PEM)"),
    (r"-----BEGIN ", "a certificate, or something else in PEM"),
    (r"\{\\rtf", "a document in RTF"),
    (r"#!", "a program of another kind: its first line names what runs it"),
    (r"%YAML|---\s*\n", "YAML"),
    (r"diff --git |--- a/", "a patch"),
    (r"\$?\s*curl\s+-?", "a curl command"),
    (r"#{1,3} \w|```", "Markdown"),
    (r"eyJ[\w-]+\.[\w-]+\.[\w-]*\s*\Z", "a token (JWT)"),
)
"""How texts begin that are surely no script of AM's."""

YAML_LINE = re.compile(r"\s*(?:- )?[\w.\"'/-]+:(?:\s+[^;{]*)?|\s*- [^;{]*")
KEYS = re.compile(r"[\w.-]+:\s")

LANGUAGES = (
    ("Python", r"(?:async )?def \w+\(.*\).*:$"),
    ("Python", r"from [\w.]+ import \w+|import [a-z_]\w*(?:, *\w+)*$"),
    ("Python", r"(?:elif|except|with|class) ?.*:$"),
    ("TypeScript", r"(?:export )?(?:interface|enum|declare|namespace|type) \w+.*[{=]"),
    ("TypeScript", r".*[\w)\]]\??: ?(?:string|number|boolean|any|void|unknown)\b"),
    ("TypeScript", r".*\bas (?:any|string|number|const|unknown)\b"),
    ("Java", r"(?:public|private|protected) (?:static |final |abstract )*[\w<>]+ \w+"),
    ("Java", r"package [\w.]+;"),
    (GROOVY, r"import (?:static )?\w+(?:\.\w+)+(?:\.\*)?(?: as \w+)?;?$"),
    (GROOVY, r"@[A-Z]\w*(?:\(.*\))?$"),
    (GROOVY, r"(?:final )?def\b.*"),
    (GROOVY, r"(?:String|List|Map|Set|int|boolean|Integer|Object)(?:<.*>)? \w+ ?=.*"),
    (GROOVY, r".*\{\s*(?:\w+(?: *, *\w+)*)? *->"),
    (GROOVY, r".*\.(?:each|collect|find|findAll|any|every|with|tap)\s*\{"),
    (GROOVY, r".*\[\s*(?::|\w+\s*:\s*[^\]]+|[\"'][\w.]+[\"']\s*:\s*[^\]]+)\]"),
    (GROOVY, r".*(?:\"\"\"|''')"),
    (GROOVY, r".*\bas (?:String|List|Map|Set|int|Integer|String\[\])\b"),
    (GROOVY, r"println\b.*"),
    (GROOVY, r".*(?:==~|=~|\?:|\*\.)"),
    (GROOVY, r".*\bnew \w+(?:\.\w+)*<.*>\("),
)
"""What a line looks like in languages that are taken for JavaScript; in this order."""

PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in LANGUAGES)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is, and how that is known: "by its name", "by its line 3 (def x)"."""

    what: str
    by: str


def kind_of_octets(octets: bytes) -> str:
    """What a file is that is no text; "" where that is not known."""
    for start, what in OCTETS:
        if octets.startswith(start):
            return what
    return ""


def kind_of_name(name: str) -> Kind | None:
    """What the ending of a file's name says."""
    what = NAMES.get(name.rsplit(".", 1)[-1].lower()) if "." in name else None
    return Kind(what, "by its name") if what else None


def kind_of_text(text: str) -> Kind | None:
    """What a text is that is surely no script, whether or not JavaScript reads it."""
    start = text.lstrip()
    for pattern, what in BEGINNINGS:
        if re.match(pattern, start, re.IGNORECASE):
            return Kind(what, "by how it begins")
    lines = [each for each in text.splitlines() if each.strip()]
    lines = [each for each in lines if not each.lstrip().startswith("#")]
    keys = sum(KEYS.match(each) is not None for each in lines)
    if keys > 1 and all(YAML_LINE.fullmatch(each) for each in lines):
        return Kind("YAML", "by its lines")
    return None


def language_of(text: str) -> Kind | None:
    """The language of a text that is no JavaScript, by its first line that tells."""
    for number, line in _code_lines(text):
        for name, pattern in PATTERNS:
            if pattern.match(line):
                return Kind(name, f"by its line {number} ({line[:60]})")
    return None


def _code_lines(text: str) -> list[tuple[int, str]]:
    """The lines without comments, by number."""
    bare = re.sub(
        r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL
    )
    lines = [re.sub(r"(?<![:\"'])//.*", "", each).strip() for each in bare.splitlines()]
    return [(number, line) for number, line in enumerate(lines, 1) if line]
