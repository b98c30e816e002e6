"""Real runs of the whole path on the practice province, in the instance of `dagster.yaml`."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pytest

import pipeline.defs
from crawlers.practice.server import Province, serve
from pipeline.defs.runs import RunOutcome, UnknownPartitionError, open_instance, run_range
from tests.process_support import alive, until

ROOT = Path(__file__).parent.parent
HENAN, YUNJIANG = "41_henan", "99_yunjiang"
YEARS = [2019, 2020]
CELLS = [f"{region}|{year}" for region in (HENAN, YUNJIANG) for year in YEARS]
PARTITIONED = ["captures", "documents", "reports", "versions", "warehouse"]
HASTE = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}
OF_A_REGISTRY = [
    *((pipeline.defs, name) for name in ("assets", "exports", "schedule")),
    (pipeline, "definitions"),
]
"""Modules that read the registry when imported; other tests have imported them for another."""

MIDDLE = 6
"""Requests after which two sites have answered and the slow one has not."""

SOURCES = {".py", ".pyc", ".toml", ".md", ".html"}

ONE_RUN = """
import sys
from pathlib import Path
from pipeline.defs.runs import run_range
run_range(["99_yunjiang"], [int(sys.argv[2])], dagster_home=Path(sys.argv[1]))
"""


@dataclass(frozen=True)
class Workshop:
    """A practice province, a data folder of its own, and what runs left there."""

    province: Province
    data: Path

    def run(self, regions: list[str], years: list[int], job: str = "nianbao") -> RunOutcome:
        (outcome,) = run_range(regions, years, dagster_home=ROOT, job=job)
        return outcome

    def latest(self, asset: str, partition: str) -> dict[str, dg.MetadataValue]:
        """Metadata of the latest materialization of a partition."""
        wanted = dg.AssetRecordsFilter(dg.AssetKey(asset), asset_partitions=[partition])
        with open_instance(ROOT) as instance:
            (record,) = instance.fetch_materializations(wanted, limit=1).records
        assert record.asset_materialization is not None
        return dict(record.asset_materialization.metadata)

    def summaries(self, region: str) -> list[dict[str, object]]:
        """The crawls of a region, oldest first."""
        folder = self.data / "captures" / region
        return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]

    def query(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.data / "warehouse.sqlite")) as connection:
            return connection.execute(sql).fetchall()


def our_files() -> set[Path]:
    """Every file in the tree that a run might add; sources may be edited while tests run."""
    folders = [ROOT / name for name in ("crawlers", "pipeline", "storage", "history", "schedules")]
    files = [path for folder in folders for path in folder.rglob("*")] + list(ROOT.iterdir())
    return {path for path in files if path.is_file() and path.suffix not in SOURCES}


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """Code and instance as on a fresh clone, the registry that of the practice province."""
    data = tmp_path_factory.mktemp("workshop") / "data"
    with serve(regions=[HENAN, YUNJIANG]) as province, pytest.MonkeyPatch.context() as patch:
        patch.setenv("NIANBAO_DATA", str(data))
        patch.setenv("NIANBAO_REGISTRY", str(province.registry))
        patch.setenv("NIANBAO_CRAWL_SETTINGS", json.dumps(HASTE))
        patch.delenv("NIANBAO_WAREHOUSE", raising=False)
        for package, name in OF_A_REGISTRY:
            patch.delitem(sys.modules, f"{package.__name__}.{name}", raising=False)
            patch.delattr(package, name, raising=False)
        yield Workshop(province, data)


@pytest.fixture(scope="module")
def before(workshop: Workshop) -> set[Path]:
    return our_files()


@pytest.fixture(scope="module")
def first(workshop: Workshop, before: set[Path]) -> RunOutcome:
    """Two regions and two years from nothing."""
    return workshop.run([HENAN, YUNJIANG], YEARS)


def test_one_run_takes_the_whole_rectangle(workshop: Workshop, first: RunOutcome) -> None:
    assert first.success, first.errors
    assert [first.first, first.last] == [(HENAN, 2019), (YUNJIANG, 2020)]
    with open_instance(ROOT) as instance:
        assert [run.run_id for run in instance.get_runs()] == [first.run_id]
        for asset in PARTITIONED:
            assert instance.get_materialized_partitions(dg.AssetKey(asset)) == set(CELLS)


def test_a_run_writes_nothing_beside_its_data_folder(
    workshop: Workshop, first: RunOutcome, before: set[Path]
) -> None:
    written = {path.name for path in workshop.data.iterdir()}

    assert our_files() - before == set()
    assert {"captures", "stages", "exports", "warehouse.sqlite", "history", "run_logs"} <= written


def test_a_region_is_crawled_once_for_all_its_years(workshop: Workshop, first: RunOutcome) -> None:
    assert [crawl["years"] for crawl in workshop.summaries(HENAN)] == [YEARS]
    assert [crawl["years"] for crawl in workshop.summaries(YUNJIANG)] == [YEARS]


def test_every_report_of_the_cells_is_in_the_warehouse(
    workshop: Workshop, first: RunOutcome
) -> None:
    sites = [workshop.province.site(column) for column in workshop.province.columns]
    truth = {
        (site.agency, year)
        for site in sites
        if site.region in {HENAN, YUNJIANG}
        for year in YEARS
        if any(report.report_year == year for report in site.reports)
    }

    rows = workshop.query("select agency, report_year from report_current")
    assert set(rows) == truth


def test_each_partition_shows_its_own_agencies_and_figures(
    workshop: Workshop, first: RunOutcome
) -> None:
    shown = workshop.latest("reports", f"{HENAN}|2019")
    table = shown["table"]

    assert isinstance(table, dg.TableMetadataValue)
    assert {row.data["agency"] for row in table.records} == {
        "河南省应急管理厅",
        "河南省机关事务管理局",
    }
    assert shown["reports"] == dg.IntMetadataValue(2)
    assert all(row.data["新收"] for row in table.records)


def test_a_cell_with_nothing_in_it_says_so(workshop: Workshop, first: RunOutcome) -> None:
    shown = workshop.latest("documents", f"{HENAN}|2020")

    assert shown["documents"] == dg.IntMetadataValue(0)
    assert "note" in shown
    assert (workshop.data / "stages" / "documents" / HENAN / "2020.jsonl").read_bytes() == b""


def test_progress_of_the_crawl_is_in_the_log_of_the_run(
    workshop: Workshop, first: RunOutcome
) -> None:
    with open_instance(ROOT) as instance:
        log = [entry.user_message for entry in instance.all_logs(first.run_id)]

    assert any(line.startswith("columns=3/3 pages=") for line in log)


def test_reading_again_changes_no_row_and_asks_no_site(
    workshop: Workshop, first: RunOutcome
) -> None:
    asked = len(workshop.province.requests)

    again = workshop.run([HENAN, YUNJIANG], YEARS, job="read_again")

    assert again.success, again.errors
    assert len(workshop.province.requests) == asked
    shown = workshop.latest("warehouse", CELLS[0])
    assert shown["rows written"] == dg.IntMetadataValue(0)


def test_a_site_that_is_down_turns_the_run_red_and_the_others_are_kept(
    workshop: Workshop, first: RunOutcome
) -> None:
    workshop.province.stop("yunjiang_sgj")
    try:
        red = workshop.run([YUNJIANG], [2021])
    finally:
        workshop.province.start("yunjiang_sgj")

    (answered,) = [check for check in red.checks if check.name == "every_site_answered"]
    assert not red.success
    assert not answered.passed
    assert "yunjiang_sgj: unreached" in answered.description
    assert not (workshop.data / "stages" / "documents" / YUNJIANG / "2021.jsonl").exists()

    assert workshop.run([YUNJIANG], [2021], job="read_again").success
    rows = workshop.query("select count(*) from report_current where report_year = 2021")
    assert rows == [(2,)]


def test_a_region_or_year_without_partition_is_refused_by_name(workshop: Workshop) -> None:
    with pytest.raises(UnknownPartitionError, match="11_beijing"):
        workshop.run(["11_beijing"], [2019])
    with pytest.raises(UnknownPartitionError, match="2007"):
        workshop.run([HENAN], [2007])


def test_the_crawl_ends_when_its_run_is_cancelled(workshop: Workshop) -> None:
    """A mark in the instance and SIGINT to the worker are what Terminate in the UI does."""
    with in_the_middle(workshop, 2022) as (worker, crawl, run):
        with open_instance(ROOT) as instance:
            instance.report_run_canceling(run)
        worker.send_signal(signal.SIGINT)
        assert until(lambda: not alive(crawl))
        worker.wait(60)

    assert status_of(run) == "CANCELED"
    (log,) = (workshop.data / "run_logs" / run.run_id).rglob("*.err")
    assert "Spider opened" in log.read_text("utf-8")  # Scrapy's own log is the step's stderr


def test_the_crawl_ends_when_its_worker_is_killed_and_the_next_run_goes_on(
    workshop: Workshop,
) -> None:
    with in_the_middle(workshop, 2023) as (worker, crawl, run):
        worker.kill()
        assert until(lambda: not alive(crawl))
        worker.wait(60)

    assert workshop.run([YUNJIANG], [2023]).success
    assert status_of(run) == "FAILURE"  # swept up by the run after it, with its place in the pool
    assert workshop.summaries(YUNJIANG)[-1]["resumed"] is True


@contextmanager
def in_the_middle(
    workshop: Workshop, year: int
) -> Iterator[tuple[subprocess.Popen[bytes], int, dg.DagsterRun]]:
    """A worker of its own whose crawl waits for a slow site, the crawl's process, and the run."""
    province = workshop.province
    province.requests.clear()
    province.fault("yunjiang_sgj", "slow", seconds=4)
    worker = subprocess.Popen([sys.executable, "-c", ONE_RUN, str(ROOT), str(year)], cwd=ROOT)
    try:
        assert until(lambda: len(province.requests) > MIDDLE)
        (crawl,) = crawls_of(worker.pid)
        with open_instance(ROOT) as instance:
            (run,) = instance.get_runs(limit=1)
        yield worker, crawl, run
    finally:
        worker.kill()
        worker.wait()
        province.mend("yunjiang_sgj", "slow")


def status_of(run: dg.DagsterRun) -> str:
    with open_instance(ROOT) as instance:
        again = instance.get_run_by_id(run.run_id)
        assert again is not None
        return again.status.value


def crawls_of(worker: int) -> list[int]:
    """The crawl processes that a worker has started."""
    command = ["pgrep", "-f", f"pipeline.defs.crawl_process --parent {worker}"]
    found = subprocess.run(command, capture_output=True, check=False, text=True)
    return [int(pid) for pid in found.stdout.split()]
