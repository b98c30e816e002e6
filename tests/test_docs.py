"""Documents cannot drift: what follows from data is compared, what is a command is run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.models import CommandInfo
from typer.testing import CliRunner

from crawlers.practice.library import load_site
from crawlers.practice.render import render_report
from pipeline.cli import app
from pipeline.docs import checks_page, findings_page, with_glossary

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^\.venv/bin/(nianbao .*?)\s*(?:#.*)?$", README, re.MULTILINE)
TARGETS = re.findall(r"make (\w+)", README)
NEEDS_THE_WEB = {"crawl", "backfill", "dev"}
"""Named in the README for real sites; run on the practice province by other tests."""


def test_the_glossary_is_current() -> None:
    """To refresh it: `python -m pipeline.docs`."""
    readme = (ROOT / "pipeline" / "README.md").read_text("utf-8")

    assert readme == with_glossary(readme)


def test_the_page_of_findings_is_current() -> None:
    assert (ROOT / "pipeline" / "FINDINGS.md").read_text("utf-8") == findings_page()


def test_the_page_of_checks_is_current() -> None:
    assert (ROOT / "pipeline" / "CHECKS.md").read_text("utf-8") == checks_page()


@pytest.mark.parametrize("package", ["crawlers", "pipeline", "storage"])
def test_the_guide_of_a_package_is_short_enough_to_be_read(package: str) -> None:
    text = (ROOT / package / "README.md").read_text("utf-8")
    by_hand = re.sub("<!-- [a-z]+: written by .*?<!-- end[^>]*-->", "", text, flags=re.DOTALL)
    written = [line for line in by_hand.splitlines() if not line.startswith("| ")]

    assert len(written) <= 150


def test_the_readme_begins_with_the_two_commands() -> None:
    first = re.search(r"```sh\n(.*?)```", README, re.DOTALL)

    assert first is not None
    assert first[1].split("\n")[:2] == ["make demo", "make test"]


def test_every_target_the_readme_names_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")

    assert all(f"\n{target}:" in makefile for target in TARGETS)


def test_every_command_has_help_and_is_in_the_readme() -> None:
    for prefix, command in commands():
        name = prefix + (command.name or (command.callback.__name__ if command.callback else ""))
        assert command.callback is not None
        assert command.callback.__doc__, name
        assert f"nianbao {name}" in README or f"make {name}" in README, name


def commands() -> Iterator[tuple[str, CommandInfo]]:
    """Every command with the words before its own: none, or its group's."""
    yield from (("", command) for command in app.registered_commands)
    for group in app.registered_groups:
        assert group.typer_instance is not None
        for command in group.typer_instance.registered_commands:
            yield f"{group.name} ", command


@pytest.mark.parametrize(
    "line", [line for line in COMMANDS if line.split()[1] not in NEEDS_THE_WEB]
)
def test_every_command_of_the_readme_runs(
    line: str, demo_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = load_site("henan_yjglt")
    (tmp_path / "report.html").write_bytes(render_report(site.report(2019), site))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NIANBAO_DATA", str(demo_data))

    result = CliRunner().invoke(app, shlex.split(line)[1:])

    assert result.exit_code == 0, result.output
    assert result.output.strip()


@pytest.mark.parametrize("readme", ["README.md", "pipeline/README.md"])
def test_the_python_of_a_readme_runs(readme: str, tmp_path: Path) -> None:
    site = load_site("henan_sgj")
    (tmp_path / "report.html").write_bytes(render_report(site.report(2019), site))

    for code in re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text("utf-8"), re.DOTALL):
        subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)


def test_links_between_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *ROOT.glob("*/README.md"), *ROOT.glob("*/*/README.md")]:
        if ".venv" in page.parts:
            continue
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page}: {link}"
