"""Join the draw into one file that needs nothing but Python: ``tools/verify_draw.py``.

python -m lessons.domain.dealing.bundle > tools/verify_draw.py
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

PACKAGE = "lessons.domain.dealing"
PARTS = (
    "shapes",
    "table",
    "paths",
    "spread",
    "group",
    "later",
    "files",
    "report",
    "sentences",
    "replay",
)
HEAD = '''#!/usr/bin/env python3
"""{docstring}"""

# Made from the package lessons/domain/dealing by its module bundle; do not edit here.
'''


def program() -> bytes:
    """The source of the published program: every part, its imports gathered at the top.

    Raises: ValueError when two parts use the same name.
    """
    folder, bodies, docstring = Path(__file__).parent, [], ""
    names: dict[str, set[str]] = {}
    defined: list[str] = []
    for part in PARTS:
        text = (folder / f"{part}.py").read_text(encoding="utf-8")
        tree = ast.parse(text)
        docstring = ast.get_docstring(tree, clean=False) or ""
        body = text.splitlines()[_gather_imports(tree, names) :]
        bodies.append("\n".join([f"# {part}: {docstring.partition(chr(10))[0]}", *body]).strip())
        defined += _defined(tree)
    if twice := {name for name in defined if defined.count(name) > 1}:
        raise ValueError(f"used in two parts: {sorted(twice)}")
    parts = [HEAD.format(docstring=docstring), *_import_lines(names)]
    return ("\n".join(parts) + "\n\n" + "\n\n\n".join(bodies) + "\n").encode()


def _gather_imports(tree: ast.Module, names: dict[str, set[str]]) -> int:
    """Note what is imported from outside the package. Returns: the last line of the imports."""
    last = 0
    for node in tree.body:
        if isinstance(node, ast.Import):
            names.update((alias.name, set()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if not (node.module or "").startswith(PACKAGE):
                names.setdefault(node.module or "", set()).update(one.name for one in node.names)
        else:
            continue
        last = node.end_lineno or 0
    return last


def _import_lines(names: dict[str, set[str]]) -> list[str]:
    def line(module: str) -> str:
        chosen = ", ".join(sorted(names[module], key=str.swapcase))
        return f"from {module} import {chosen}" if chosen else f"import {module}"

    future = "__future__"
    modules = sorted(names.keys() - {future}, key=lambda module: (bool(names[module]), module))
    return [line(future), "", *map(line, modules)]


def _defined(tree: ast.Module) -> list[str]:
    """Names that a module gives at its top."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.append(node.name)
        elif isinstance(node, ast.Assign):
            found += [one.id for one in node.targets if isinstance(one, ast.Name)]
    return found


if __name__ == "__main__":
    sys.stdout.buffer.write(program())
