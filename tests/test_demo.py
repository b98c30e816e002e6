"""From the sites to the warehouse through Dagster: the same figures, once."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from crawlers.practice.library import load_site
from crawlers.practice.server import serve
from crawlers.practice.truth import truth
from tests.practice_support import REPORTS

ROOT = Path(__file__).parents[1]


@pytest.fixture
def rows(demo_data: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(demo_data / "warehouse.sqlite")) as connection:
        yield connection


def test_the_demo_ends_well_and_says_what_to_do_next(demo: Any) -> None:
    assert demo.first.status == 0, demo.first.stderr
    assert "rows changed" in demo.first.stdout
    assert "What to do next" in demo.first.stdout


def test_a_second_run_changes_no_row_and_says_so(demo: Any) -> None:
    assert demo.second.status == 0, demo.second.stderr
    assert "No row changed" in demo.second.stdout


@pytest.mark.parametrize(("column", "year"), REPORTS)
def test_the_warehouse_holds_the_cells_of_every_page(
    rows: sqlite3.Connection, column: str, year: int
) -> None:
    site = load_site(column)
    known = {k: v for k, v in truth(site.report(year))["cells"].items() if v is not None}  # type: ignore[attr-defined]

    found = rows.execute(
        "SELECT indicator_id, value FROM figure_current"
        " WHERE agency = ? AND report_year = ? AND state = 'reported'",
        (site.agency, year),
    ).fetchall()

    assert {id_: Decimal(str(value)) for id_, value in found} == {
        id_: Decimal(str(value)) for id_, value in known.items()
    }


def test_the_sichuan_report_is_there_once_without_tables_each_section_once(
    rows: sqlite3.Connection,
) -> None:
    reports = rows.execute(
        "SELECT report_id, form_t2, form_t3, form_t4, body_copies FROM report_current"
        " WHERE agency = '四川省应急管理厅'"
    ).fetchall()

    ((report, *forms, copies),) = reports
    assert (forms, copies) == ([None, None, None], 2)
    sections = rows.execute("SELECT section FROM section WHERE report_id = ?", (report,)).fetchall()
    assert len(sections) == len(set(sections)) > 4
    (figures,) = rows.execute(
        "SELECT count(*) FROM figure WHERE report_id = ? AND state = 'reported'", (report,)
    ).fetchone()
    assert figures == 0


def nianbao(data: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    program = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    env = {**os.environ, "NIANBAO_DATA": str(data)}
    return subprocess.run(
        [*program, *words], cwd=ROOT, env=env, capture_output=True, check=False, timeout=60
    )


def test_the_page_of_a_report_comes_back_with_the_bytes_that_its_row_names(
    rows: sqlite3.Connection, demo_data: Path
) -> None:
    query = "SELECT report_id, digest FROM report_current WHERE agency = ? AND report_year = 2021"
    id_, digest = rows.execute(query, ("青禾区应急管理局",)).fetchone()

    by_name = nianbao(demo_data, "captures", "page", "青禾区应急管理局", "2021")
    by_id = nianbao(demo_data, "captures", "page", id_)

    assert f"sha256:{sha256(by_name.stdout).hexdigest()}" == digest
    assert by_id.stdout == by_name.stdout


def test_a_report_that_is_not_there_has_no_page_and_the_command_says_what_to_give(
    demo_data: Path,
) -> None:
    run = nianbao(demo_data, "captures", "page", "青禾区应急管理局")

    assert (run.returncode, run.stdout) == (1, b"")
    assert "a year" in run.stderr.decode()


def test_a_port_of_the_ui_that_is_taken_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = nianbao(tmp_path, "dev", "--port", "0", "--ui-port", str(taken.getsockname()[1]))

    assert run.returncode == 1
    assert "--ui-port" in run.stderr.decode()
    assert not (tmp_path / "practice").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("crawl", "--region", "98_nowhere", "--year", "2024"),
        ("dev", "--registry", "crawlers/sites", "--ui-port", "0"),
    ],
)
def test_real_sites_are_not_crawled_into_the_folder_of_the_practice_province(
    words: tuple[str, ...], demo_data: Path
) -> None:
    """Its reports are invented, some of agencies that there are. No registry has the region."""
    run = nianbao(demo_data, *words)

    assert run.returncode == 1
    assert "holds the practice province" in run.stderr.decode()


def test_a_ui_started_in_the_background_ends_when_it_is_told_to(tmp_path: Path) -> None:
    """A shell without job control starts what stands before `&` with SIGINT ignored."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ignored = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
    code = f"{ignored}; from pipeline.cli import main; main()"
    ui = subprocess.Popen(
        [sys.executable, "-c", code, "dev", "--port", "0", "--ui-port", str(port)],
        env={**os.environ, "NIANBAO_DATA": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        asked_by = time.monotonic() + 60
        while time.monotonic() < asked_by and not _answers(port):
            time.sleep(0.2)
        ui.send_signal(signal.SIGTERM)
        ui.wait(timeout=30)
    finally:
        ui.kill()

    assert not _answers(port)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_status_says_what_is_doubtful(demo_data: Path) -> None:
    run = nianbao(demo_data, "status", "--region", "99_yunjiang", "--year", "2021")

    assert "青禾区应急管理局 t3.processed_total: “（七）总计”：总计为 10" in run.stdout.decode()


def test_a_table_in_a_pipe_is_whole(demo_data: Path) -> None:
    run = nianbao(demo_data, "sites", "list", "--region", "42")

    assert "…" not in run.stdout.decode()


def test_every_query_of_the_guide_runs(rows: sqlite3.Connection) -> None:
    guide = (ROOT / "storage" / "README.md").read_text("utf-8")
    queries = re.findall(r"```sql\n(.*?)```", guide, re.DOTALL)

    assert len(queries) > 4
    for query in (each for block in queries for each in re.split(r";\n", block) if each.strip()):
        assert rows.execute(query).description, query


def test_the_guide_shows_which_years_are_not_to_be_trusted_blindly(
    rows: sqlite3.Connection,
) -> None:
    query = "SELECT DISTINCT agency, report_year FROM figure_current WHERE doubt = 'error'"

    assert rows.execute(query).fetchall() == [("青禾区应急管理局", 2021)]


def test_nothing_was_written_into_our_own_packages(demo_data: Path) -> None:
    """Dagster's defaults would: pickles and logs into `storage/`."""
    status = subprocess.run(
        [
            "git",
            "status",
            "--porcelain",
            "--ignored",
            "--untracked-files=all",
            "--",
            "crawlers",
            "pipeline",
            "storage",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if status.returncode != 0:
        pytest.skip(f"not a git checkout: {status.stderr.strip()}")
    written = [line for line in status.stdout.splitlines() if "__pycache__" not in line]
    strange = [line for line in written if not line.endswith((".py", ".toml", ".md", ".mako"))]

    assert strange == []


def test_a_site_that_is_down_turns_the_run_red_and_the_other_pages_are_kept(tmp_path: Path) -> None:
    with serve(port=0, registry_folder=tmp_path) as province:
        province.stop("qinghe_yjglj")
        run = subprocess.run(
            [
                *(sys.executable, "-c", "from pipeline.cli import main; main()", "backfill"),
                *(
                    "--region",
                    "99_yunjiang",
                    "--year",
                    "2022",
                    "--registry",
                    str(province.registry),
                ),
            ],
            env={
                **os.environ,
                "NIANBAO_DATA": str(tmp_path / "data"),
                "NIANBAO_CRAWL_SETTINGS": json.dumps({"DOWNLOAD_DELAY": 0, "RETRY_TIMES": 0}),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    assert run.returncode == 1
    assert "qinghe_yjglj" in run.stderr
    assert "every_site_answered" in run.stderr
    assert "DagsterAssetCheckFailedError" not in run.stderr
    assert "nianbao backfill --read-again" in run.stderr
    index = tmp_path / "data" / "captures" / "index.sqlite"
    with closing(sqlite3.connect(index)) as connection:
        kept = {
            row[0]
            for row in connection.execute(
                "SELECT DISTINCT \"column\" FROM capture WHERE kind = 'report'"
            )
        }
    assert kept == {"yunjiang_sgj", "yunjiang_yjglt"}


def test_a_backfill_that_is_stopped_says_that_what_it_has_is_kept(tmp_path: Path) -> None:
    with serve(port=0, registry_folder=tmp_path) as province:
        province.fault("yunjiang_sgj", "slow", seconds=5)
        run = subprocess.Popen(
            [
                *(sys.executable, "-c", "from pipeline.cli import main; main()", "backfill"),
                *("--region", "99_yunjiang", "--year", "2022"),
                *("--registry", str(province.registry)),
            ],
            env={**os.environ, "NIANBAO_DATA": str(tmp_path / "data")},
            stderr=subprocess.PIPE,
            text=True,
        )
        asked_by = time.monotonic() + 60
        while not province.requests and time.monotonic() < asked_by:
            time.sleep(0.1)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)

    assert run.returncode == 130
    assert "stopped. What was fetched is kept" in said
    assert "Traceback" not in said
