"""The Dagster shell stays thin, says what it does, and asks for the right partitions."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from pipeline.commands.places import Cell
from pipeline.definitions import defs
from pipeline.defs.assets import REGIONS
from pipeline.defs.partitions import range_tags
from pipeline.defs.schedule import read_what_was_kept
from storage.exports import EXPORTS

ROOT = Path(__file__).parent.parent
DEFS = ROOT / "pipeline" / "defs"
LONGEST_ASSET = 25
PATH = ["captures", "documents", "reports", "versions", "warehouse"]
GROUPS = dict(zip(PATH, ["crawl", "extract", "parse", "dedup", "load"], strict=True))
SLOW_TO_LOAD = ("scrapy", "twisted", "trafilatura", "alembic")


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    return defs


@pytest.fixture(scope="module")
def specs(definitions: dg.Definitions) -> list[dg.AssetSpec]:
    return list(definitions.resolve_all_asset_specs())


def assets_in_source() -> Iterator[ast.FunctionDef]:
    for path in DEFS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(
                "dg.asset" in ast.unparse(decorator) for decorator in node.decorator_list
            ):
                yield node


def test_no_asset_is_longer_than_25_lines_with_its_decorator() -> None:
    lengths = {
        node.name: (node.end_lineno or 0) - node.decorator_list[0].lineno + 1
        for node in assets_in_source()
    }

    assert len(lengths) == len(PATH) + 1
    assert {name: n for name, n in lengths.items() if n > LONGEST_ASSET} == {}


def test_definitions_load_and_every_job_resolves(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)

    assert {job.name for job in definitions.resolve_all_job_defs()} >= {"nianbao", "read_again"}


def test_the_path_is_one_chain_with_an_asset_per_export(specs: list[dg.AssetSpec]) -> None:
    parents = {
        spec.key.to_user_string(): [dep.asset_key.to_user_string() for dep in spec.deps]
        for spec in specs
    }

    chain = {name: [before] for before, name in pairwise(PATH)}
    exports = {f"export_{name}": ["warehouse"] for name in EXPORTS}
    assert parents == {"captures": [], **chain, **exports}


def test_every_asset_says_in_both_languages_what_it_is(specs: list[dg.AssetSpec]) -> None:
    for spec in specs:
        assert re.match(r"[一-鿿].* · [A-Z]", spec.description or ""), spec.key
        assert spec.group_name == GROUPS.get(spec.key.to_user_string(), "export")


def test_only_an_unanswered_site_stops_a_run(definitions: dg.Definitions) -> None:
    checks = [
        spec
        for asset in definitions.resolve_asset_graph().assets_defs
        for spec in asset.check_specs
    ]

    assert [spec.name for spec in checks if spec.blocking] == ["every_site_answered"]
    assert all(spec.description for spec in checks)


def test_the_crawl_is_not_retried_and_waits_its_turn(definitions: dg.Definitions) -> None:
    """A retry policy turns Terminate into a retry (dagster #15026)."""
    captures = definitions.resolve_assets_def("captures")

    assert captures.op.retry_policy is None
    assert captures.op.pool == "crawl"


@pytest.mark.parametrize(
    ("moment", "year"), [("2026-01-01T02:00", 2025), ("2026-12-31T02:00", 2025)]
)
def test_a_night_asks_for_the_current_year_of_all_regions_in_one_run(
    definitions: dg.Definitions, moment: str, year: int
) -> None:
    schedule = definitions.resolve_schedule_def("nightly")
    assert "2:00" in (schedule.description or "")
    at = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    with dg.build_schedule_context(scheduled_execution_time=at) as context:
        tick = schedule.evaluate_tick(context)

    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 2 * * *", "Asia/Shanghai")
    assert [
        (
            request.tags["dagster/asset_partition_range_start"],
            request.tags["dagster/asset_partition_range_end"],
        )
        for request in tick.run_requests or []
    ] == [(f"{REGIONS[0]}|{year}", f"{REGIONS[-1]}|{year}")]


def test_after_a_red_run_the_same_partitions_are_read_without_the_network() -> None:
    tags = range_tags(Cell(REGIONS[0], 2020), Cell(REGIONS[0], 2021))

    @dg.op
    def fails() -> None:
        raise dg.Failure("a site is down")

    @dg.job(name="nianbao")
    def red() -> None:
        fails()

    with dg.DagsterInstance.ephemeral() as instance:
        result = red.execute_in_process(
            instance=instance, raise_on_error=False, tags={**tags, "other": "1"}
        )
        context = dg.build_run_status_sensor_context(
            sensor_name="read_what_was_kept",
            dagster_event=result.get_run_failure_event(),
            dagster_instance=instance,
            dagster_run=result.dagster_run,
        ).for_run_failure()
        request = read_what_was_kept(context)

    assert isinstance(request, dg.RunRequest)
    assert request.tags == tags
    assert [job.name for job in read_what_was_kept.jobs] == ["read_again"]


def test_the_code_location_loads_without_what_is_slow() -> None:
    code = "import sys, pipeline.definitions; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", code],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": ""},
    )

    assert loaded.stderr == ""
    assert [name for name in SLOW_TO_LOAD if name in loaded.stdout.split()] == []


def test_the_steps_know_nothing_of_dagster() -> None:
    for name in ("steps", "grouping", "places", "results", "rows"):
        source = (ROOT / "pipeline" / "commands" / f"{name}.py").read_text("utf-8")
        imported = {
            alias.name.split(".")[0]
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Import)
            for alias in node.names
        } | {
            (node.module or "").split(".")[0]
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.ImportFrom)
        }
        assert "dagster" not in imported, name
