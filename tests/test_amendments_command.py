"""`nianbao amendments`: each amendment with its standing; exit 1 where one no longer fits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.commands.places import Places
from pipeline.model import Report
from storage.warehouse.engine import open_warehouse
from storage.warehouse.load import load
from tests.practice_support import read
from tests.storage_support import NOW, version


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("NIANBAO_DATA", str(tmp_path))
    return Places.from_environment({"NIANBAO_DATA": str(tmp_path)})


def amended() -> Report:
    """The practice report that the packaged amendment is about."""
    return read("qinghe_yjglj", 2021)


def loaded(places: Places, report: Report) -> None:
    engine = open_warehouse(places.warehouse)
    known = version(report=report, agency=report.agency, report_year=report.report_year)
    assert load(engine, [known], loaded_at=NOW).refused == ()
    engine.dispose()


def test_one_that_fits_is_applied(places: Places) -> None:
    loaded(places, amended())

    result = CliRunner().invoke(app, ["amendments"])

    assert result.exit_code == 0
    assert "青禾区应急管理局" in result.stdout
    assert "applied" in result.stdout


def test_one_without_its_report_is_said_not_to_be_loaded(places: Places) -> None:
    result = CliRunner().invoke(app, ["amendments"])

    assert result.exit_code == 0
    assert "not loaded" in result.stdout


def test_one_that_was_refused_fails_the_command(places: Places) -> None:
    loaded(places, replace(amended(), amended=()))

    result = CliRunner().invoke(app, ["amendments"])

    assert result.exit_code == 1
    assert "refused" in result.stdout
