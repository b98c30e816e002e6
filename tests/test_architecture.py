"""The house keeps its shape: who imports whom, how long things are, what is documented."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("crawlers", "pipeline", "storage")
SHELL = {"defs", "commands", "definitions.py", "cli.py", "demo.py", "backfill.py", "docs.py"}
FRAMEWORKS = {
    "scrapy",
    "twisted",
    "dagster",
    "sqlalchemy",
    "alembic",
    "warcio",
    "crawlers",
    "storage",
}
CLOCKS = {"logging", "time", "socket", "urllib.request", "requests", "random"}
"""What makes a function depend on more than its arguments."""

MODULES = sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py"))
CORE = [
    p for p in MODULES if p.is_relative_to(ROOT / "pipeline")
    and not SHELL & set(p.relative_to(ROOT / "pipeline").parts)
]  # fmt: skip

TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_MODULE = 300
"""Lines that are not blank: what a reader takes in at one sitting."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path) -> set[str]:
    """Modules imported at run time; what only the type checker sees does not count."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def functions(path: Path) -> Iterator[Function]:
    return (n for n in ast.walk(tree(path)) if isinstance(n, Function))


def public(body: list[ast.stmt]) -> Iterator[Function]:
    """Functions and methods that other modules may call; what a function hides is its own."""
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public(node.body)
        elif isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", CORE, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_core_is_functions_of_values(path: Path) -> None:
    tops = {name.split(".")[0] for name in imports(path)}

    assert not tops & FRAMEWORKS
    assert not imports(path) & CLOCKS


def test_only_extraction_imports_trafilatura_and_lxml() -> None:
    outside = [p for p in MODULES if not p.is_relative_to(ROOT / "pipeline" / "extract")]
    practice = ROOT / "crawlers" / "practice"

    for path in outside:
        tops = {name.split(".")[0] for name in imports(path)}
        assert "trafilatura" not in tops, path
        assert "lxml" not in tops or path.is_relative_to(practice), path


def test_sql_stays_in_storage_and_dagster_in_its_shell() -> None:
    for path in MODULES:
        tops = {name.split(".")[0] for name in imports(path)}
        if tops & {"sqlalchemy", "alembic"}:
            assert path.is_relative_to(ROOT / "storage"), path
        if "dagster" in tops:
            assert path.is_relative_to(ROOT / "pipeline"), path
            assert path not in CORE, path


def lines(path: Path) -> int:
    return sum(1 for line in path.read_text("utf-8").splitlines() if line.strip())


def test_no_module_is_long_tests_included() -> None:
    long = {p.name: lines(p) for p in (*MODULES, *TESTS) if lines(p) > LONGEST_MODULE}

    assert long == {}


def test_modules_and_functions_are_short() -> None:
    lengths = [length(node) for path in MODULES for node in functions(path)]

    assert median(lines(path) for path in MODULES) < 100
    assert max(lengths) <= 50
    assert median(lengths) <= 8


def test_everything_public_says_what_its_signature_cannot() -> None:
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in MODULES
        for node in public(tree(path).body)
        if not ast.get_docstring(node)
    ]

    assert silent == []


def test_every_module_has_a_charter() -> None:
    assert [p for p in MODULES if not ast.get_docstring(tree(p))] == []


def test_no_error_is_swallowed_whole() -> None:
    broad = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    ]

    assert broad == []


def test_no_file_of_the_repository_is_over_a_megabyte() -> None:
    folders = (*PACKAGES, "tests")
    large = [
        p
        for f in folders
        for p in (ROOT / f).rglob("*")
        if p.is_file() and p.stat().st_size > 2**20
    ]

    assert large == []
