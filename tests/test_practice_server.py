"""The practice sites as servers: HTTP, faults, the log, the command."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawlers.practice.faults import DOWN
from crawlers.practice.generated.faults import FAULTS
from crawlers.practice.listener import Asked
from crawlers.practice.model import PracticeError, Site
from crawlers.practice.render import render_list, render_report
from crawlers.practice.server import Province, serve
from crawlers.practice.site_faults import SITE_FAULTS
from pipeline.cli import app
from pipeline.errors import NianbaoError
from tests.practice_support import cells


@pytest.fixture(scope="module")
def province() -> Iterator[Province]:
    with serve() as served:
        yield served


def ask(
    province: Province, column: str, path: str, headers: Mapping[str, str] | None = None
) -> tuple[int, Mapping[str, str], bytes]:
    site: Site = province.site(column)
    connection = http.client.HTTPConnection(site.host, province.port, timeout=60)
    try:
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_every_list_and_report_is_served_as_rendered(province: Province) -> None:
    for column in province.columns:
        site = province.site(column)
        status, headers, body = ask(
            province, column, province.url(column).split(str(province.port))[1]
        )
        assert (status, body) == (200, render_list(site, 1))
        assert headers["Content-Type"] == f"text/html; charset={site.charset}"
        for report in site.reports:
            status, headers, body = ask(province, column, report.path)
            assert (status, body) == (200, render_report(report, site))
            assert int(headers["Content-Length"]) == len(body)


def test_second_list_pages_and_first_ones_without_a_number_are_served(province: Province) -> None:
    second = "/public/column/6600001?type=4&catId=7700011&action=list&nav=3&pageIndex=2"
    first = "/public/column/6600001?action=list&catId=7700011&type=4&nav=3"
    assert ask(province, "qinghe_yjglj", second)[2] == render_list(province.site("qinghe_yjglj"), 2)
    assert ask(province, "qinghe_yjglj", first)[2] == render_list(province.site("qinghe_yjglj"), 1)
    assert ask(province, "yunjiang_sgj", "/zwgk/zfxxgk/zfxxgknb/index_2.html")[0] == 200
    assert ask(province, "yunjiang_sgj", "/zwgk/zfxxgk/zfxxgknb/index_9.html")[0] == 404
    assert ask(province, "yunjiang_yjglt", "/yjyjt/xxgkgzndbg/common_list_2.shtml")[0] == 200


def test_an_unchanged_page_is_304_by_tag_and_by_date(province: Province) -> None:
    path = province.site("henan_sgj").report(2019).path
    _, headers, _ = ask(province, "henan_sgj", path)
    assert ask(province, "henan_sgj", path, {"If-None-Match": headers["ETag"]})[0] == 304
    since = {"If-Modified-Since": headers["Last-Modified"]}
    assert ask(province, "henan_sgj", path, since)[::2] == (304, b"")
    assert ask(province, "henan_sgj", path, since | {"If-None-Match": '"other"'})[0] == 200


def test_a_connection_is_kept_for_several_requests(province: Province) -> None:
    site = province.site("henan_sgj")
    connection = http.client.HTTPConnection(site.host, province.port, timeout=60)
    connection.connect()
    kept = connection.sock
    for path in ("/robots.txt", "/", "/nowhere"):
        connection.request("GET", path)
        connection.getresponse().read()
        assert connection.sock is kept
    connection.close()


def test_robots_pictures_and_the_404_page_are_served(province: Province) -> None:
    assert b"Disallow: /admin/" in ask(province, "henan_sgj", "/robots.txt")[2]
    folder = province.site("sichuan_yjglt").report(2019).path.rpartition("/")[0]
    status, headers, body = ask(province, "sichuan_yjglt", f"{folder}/W020200120598312410001.png")
    assert (status, headers["Content-Type"], body[:4]) == (200, "image/png", b"\x89PNG")
    assert ask(province, "sichuan_yjglt", "/nowhere")[0] == 404


def test_the_log_names_host_path_agent_and_status(province: Province) -> None:
    ask(province, "henan_yjglt", "/nowhere?x=1", {"User-Agent": "test of the log"})
    last: Asked = province.requests[-1]
    assert (last.host, last.method, last.path) == ("127.41.0.1", "GET", "/nowhere?x=1")
    assert (last.user_agent, last.status) == ("test of the log", 404)
    assert last.time.utcoffset() is not None


def test_a_stopped_site_refuses_even_on_open_connections_and_starts_again() -> None:
    with serve(regions=["41_henan"]) as province:
        site = province.site("henan_sgj")
        connection = http.client.HTTPConnection(site.host, province.port, timeout=60)
        connection.request("GET", "/")
        connection.getresponse().read()
        province.stop("henan_sgj")
        assert connection.sock.recv(1) == b"", "the open connection is cut, not answered"
        connection.close()
        with pytest.raises(ConnectionRefusedError):
            ask(province, "henan_sgj", "/")
        assert ask(province, "henan_yjglt", "/")[0] == 200
        province.start("henan_sgj")
        assert ask(province, "henan_sgj", "/")[0] == 200


@pytest.fixture
def yunjiang() -> Iterator[Province]:
    with serve(regions=["99_yunjiang"], faults={"qinghe_yjglj": {DOWN: {}}}) as served:
        yield served


def test_a_site_may_be_down_from_the_start_and_come_back(yunjiang: Province) -> None:
    with pytest.raises(ConnectionRefusedError):
        ask(yunjiang, "qinghe_yjglj", "/")
    yunjiang.mend("qinghe_yjglj", DOWN)
    assert ask(yunjiang, "qinghe_yjglj", "/")[0] == 200
    yunjiang.fault("qinghe_yjglj", DOWN)
    with pytest.raises(ConnectionRefusedError):
        ask(yunjiang, "qinghe_yjglj", "/")


def test_a_correction_changes_page_tag_date_and_truth_until_mended(yunjiang: Province) -> None:
    column, year = "yunjiang_sgj", 2020
    path = yunjiang.site(column).report(year).path
    before = ask(yunjiang, column, path)
    yunjiang.fault(column, "correct", year=year, cell="t3.new_received.total", value=4321)
    status, headers, body = ask(yunjiang, column, path, {"If-None-Match": before[1]["ETag"]})
    assert status == 200
    assert b"4321" in body
    assert headers["Last-Modified"] != before[1]["Last-Modified"]
    assert cells(yunjiang.site(column).report(year))["t3.new_received.total"] == 4321
    yunjiang.mend(column, "correct")
    assert ask(yunjiang, column, path)[2] == before[2]


def test_a_republication_and_a_click_counter_change_no_figure(yunjiang: Province) -> None:
    column, year = "yunjiang_yjglt", 2020
    path = yunjiang.site(column).report(year).path
    figures = cells(yunjiang.site(column).report(year))
    before = ask(yunjiang, column, path)[2]
    yunjiang.fault(column, "reword", year=year, old="组织自查", new="开展自查")
    assert ask(yunjiang, column, path)[2] == before.replace("组织自".encode(), "开展自".encode())
    yunjiang.fault(column, "click_counter")
    assert ask(yunjiang, column, path)[2] != ask(yunjiang, column, path)[2]
    assert cells(yunjiang.site(column).report(year)) == figures


def test_lists_robots_errors_and_delays_are_faults_of_their_own(yunjiang: Province) -> None:
    column, site = "yunjiang_sgj", yunjiang.site("yunjiang_sgj")
    yunjiang.fault(column, "robots_disallow_all")
    assert ask(yunjiang, column, "/robots.txt")[2].endswith(b"Disallow: /\n")
    yunjiang.fault(column, "empty_list")
    status, _, body = ask(yunjiang, column, site.column)
    assert status == 200
    assert "年政府信息公开工作年度报告" not in body.decode()
    yunjiang.fault(column, "http_500", path=site.column)
    assert ask(yunjiang, column, site.column)[0] == 500
    assert ask(yunjiang, column, "/robots.txt")[0] == 200
    yunjiang.fault(column, "slow", seconds=0.3)
    started = time.monotonic()
    ask(yunjiang, column, "/")
    assert time.monotonic() - started >= 0.3


def test_every_fault_of_a_site_s_data_has_a_test_here() -> None:
    tested = {"empty_list", "robots_disallow_all", "correct", "reword", "click_counter"}
    assert tested == set(SITE_FAULTS)
    # Faults of answers are one table for both provinces: tests/test_practice_faults.py.


def test_an_unknown_fault_site_or_region_is_refused_by_name() -> None:
    with serve(regions=["51_sichuan"]) as province:
        with pytest.raises(PracticeError, match="no fault 'flood'"):
            province.fault("sichuan_yjglt", "flood")
        with pytest.raises(PracticeError, match="fault slow"):
            province.fault("sichuan_yjglt", "slow", minutes=1)
        with pytest.raises(PracticeError, match="no site 'henan_sgj'"):
            province.stop("henan_sgj")
    with pytest.raises(PracticeError, match="99_yunjiang"):
        serve(regions=["00_nowhere"])


def test_a_port_in_use_is_refused_with_the_way_out(province: Province) -> None:
    with pytest.raises(PracticeError, match="name another with --port"):
        serve(port=province.port)


def test_the_registry_has_the_agreed_keys_for_every_site(tmp_path: Path) -> None:
    with serve(registry_folder=tmp_path) as province:
        rows = [
            (path.stem, row)
            for path in province.registry.glob("*.toml")
            for row in tomllib.loads(path.read_text("utf-8"))["column"]
        ]
        assert {row["id"] for _, row in rows} == set(province.columns)
        for region, row in rows:
            required = {"id", "agency", "level", "division", "family", "list_url", "first_year"}
            assert required <= set(row) <= required | {"last_year", "reason"}
            assert row["list_url"] == province.url(row["id"])
            assert province.site(row["id"]).region == region
            assert f":{province.port}/" in row["list_url"]


def test_the_command_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    command = [
        *(sys.executable, "-c", "from pipeline.cli import main; main()"),
        *("practice", "serve", "--port", "0", "--size", "16", "--registry", str(tmp_path)),
        *("--fault", "vsb slow seconds=0.5", "--fault", "yunjiang_sgj down"),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines: list[str] = []
    while not lines or not lines[-1].startswith("registry:"):
        lines.append(process.stdout.readline())
        assert lines[-1], lines
    assert any("yunjiang_sgj" in line and "down" in line for line in lines)
    url = next(line.split()[-1] for line in lines if "99_hengchuan" in line and "slow" in line)
    started = time.monotonic()
    with urllib.request.urlopen(url) as answer:
        assert answer.status == 200
    assert time.monotonic() - started >= 0.5
    assert {path.stem for path in tmp_path.glob("*.toml")} >= {"41_henan", "99_hengchuan"}
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    process.stdout.close()


def test_the_command_lists_every_fault() -> None:
    result = CliRunner().invoke(app, ["practice", "faults"])
    assert all(name in result.stdout for name in (*FAULTS, *SITE_FAULTS))


@pytest.mark.parametrize("words", ["vsb flood", "nowhere slow", "vsb slow seconds", "vsb"])
def test_the_command_refuses_a_fault_that_it_cannot_switch_on(words: str) -> None:
    result = CliRunner().invoke(app, ["practice", "serve", "--port", "0", "--fault", words])
    assert isinstance(result.exception, NianbaoError)
