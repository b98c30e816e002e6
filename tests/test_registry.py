"""The registry refuses what is wrong, with file and row named."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers.addresses import column_key
from crawlers.columns import Status
from crawlers.families import FAMILIES
from crawlers.hosts import allow_list, is_government
from crawlers.registry import (
    RegistryError,
    columns_of,
    default_registry,
    inspect_registry,
    load_registry,
)
from tests.shared_support import SHARED

SITES = SHARED / "sites"
ROW = {
    "id": '"qinghe_slj"',
    "agency": '"青禾县水利局"',
    "level": '"county_department"',
    "division": '"990702"',
    "family": '"dahe"',
    "list_url": '"https://slj.qinghe.gov.cn/nb/"',
    "first_year": "2019",
    "evidence": '"seen"',
    "source": '"looked at"',
}
OTHER = ROW | {"id": '"other"', "list_url": '"https://a.gov.cn/nb/"'}
PACKAGED = [c for region in load_registry(default_registry()).values() for c in region]


def write(folder: Path, *rows: dict[str, str], name: str = "99_qinghe") -> Path:
    tables = ("\n".join(["[[column]]", *(f"{k} = {v}" for k, v in row.items())]) for row in rows)
    (folder / f"{name}.toml").write_text("\n\n".join(tables), "utf-8")
    return folder


def test_the_packaged_registry_is_sound_and_stays_on_official_hosts() -> None:
    assert {column.family for column in PACKAGED} <= set(FAMILIES)
    assert all(is_government(c.host) or c.host_listed for c in PACKAGED)


def test_the_packaged_rows_say_where_they_are_from() -> None:
    assert all(c.evidence and c.source for c in PACKAGED)
    assert all(c.region.startswith((c.division or "00")[:2]) for c in PACKAGED)


@pytest.mark.skipif(not SITES.exists(), reason="the collected columns are not here")
def test_every_collected_column_has_its_row() -> None:
    """Of one province the newest report was collected in place of its column."""
    rows = {column_key(column.list_url) for column in PACKAGED}
    with (SITES / "columns.csv").open(encoding="utf-8") as stream:
        urls = [row["list_url"] for row in csv.DictReader(stream)]
    with (SITES / "province_columns.tsv").open(encoding="utf-8") as stream:
        named = (row["annual_report_column_url"] for row in csv.DictReader(stream, delimiter="\t"))
        urls += [url for url in named if url]

    assert len(urls) > 160
    assert [urlsplit(url).hostname for url in urls if column_key(url) not in rows] == [
        "www.qinghai.gov.cn"
    ]
    assert any(column.host == "www.qinghai.gov.cn" for column in PACKAGED)


def test_the_readme_counts_the_columns() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    provinces = {c.region for c in PACKAGED if c.division}
    central = sum(c.level == "central" for c in PACKAGED)

    assert (len(provinces), central) == (31, 4)
    assert f"exist: {len(PACKAGED)} of 31 provinces and four central" in readme


def test_the_ids_that_data_was_kept_under_stay() -> None:
    ids = {column.id for column in PACKAGED}

    assert ids >= {"anhui", "henan", "hainan", "hainan_to_2016", "sichuan_2025"}


def test_a_row_becomes_a_column_of_the_file_s_region(tmp_path: Path) -> None:
    (column,) = load_registry(write(tmp_path, ROW))["99_qinghe"]

    assert (column.region, column.id, column.host) == (
        "99_qinghe",
        "qinghe_slj",
        "slj.qinghe.gov.cn",
    )
    assert (column.status, column.owner, column.parent) == (Status.UNPROBED, "column", None)


WRONG: list[tuple[dict[str, str | None], str]] = [
    ({"family": '"wordpress"'}, "unknown family 'wordpress'; known: "),
    ({"list_url": '"https://slj.qinghe.example/nb/"'}, "is not below .gov.cn"),
    ({"list_url": '"https://gov.cn.evil.com/nb/"'}, "is not below .gov.cn"),
    ({"list_url": '"https://evilgov.cn/nb/"'}, "is not below .gov.cn"),
    ({"list_url": '"https://me@slj.qinghe.gov.cn/nb/"'}, "without a user name"),
    ({"list_url": '"ftp://slj.qinghe.gov.cn/nb/"'}, "expected an http or https address"),
    ({"list_url": '"http://1.2.3.4:8080/nb/"'}, "host_listed must say why"),
    ({"list_url": '"http://10.0.0.1/nb/"', "host_listed": '"ours"'}, "is not below .gov.cn"),
    ({"list_url": '"http://169.254.1.1/"', "host_listed": '"ours"'}, "is not below .gov.cn"),
    ({"links_to": '[".henan.example"]'}, "host 'henan.example' is not below .gov.cn"),
    ({"division": '"9907"'}, "division: String should match pattern"),
    ({"division": '"980702"'}, "GB/T 2260 has no province of this code"),
    ({"division": '"410102"'}, "division 410102 is not in 99_qinghe"),
    ({"division": '"990700"'}, "division 990700 is not that of a county"),
    ({"division": '"990702"', "level": '"prefecture"'}, "is not that of a prefecture"),
    ({"division": '"990700"', "level": '"province"'}, "is not that of a province"),
    ({"level": '"central"'}, "a central agency has no division"),
    ({"division": None}, "division is missing"),
    ({"level": '"village"'}, "level: Input should be 'central'"),
    ({"first_year": "2001"}, "first_year: Input should be greater than or equal to 2008"),
    ({"first_year": '"2019"'}, "first_year: Input should be a valid integer"),
    ({"cms": '"dahe"'}, "cms: Extra inputs are not permitted"),
    ({"region": '"41_henan"'}, "the file name gives it"),
    ({"last_year": "2021"}, "last_year needs a reason"),
    ({"last_year": "2018", "reason": '"merged"'}, "last_year 2018 is before first_year 2019"),
    ({"status": '"gone"'}, "status: Input should be 'unprobed'"),
    ({"status": '"working"'}, "status working needs a reason and the day"),
    ({"status": '"stopped"', "reason": '"merged"'}, "status stopped needs a reason and the day"),
    ({"status": '"stopped"', "as_of": '"2024"', "reason": '"merged"'}, "as_of: Input should be"),
    ({"evidence": None}, "evidence and source are missing"),
    ({"evidence": '"hearsay"'}, "evidence: Input should be 'seen'"),
    ({"parent": '"nobody"'}, "parent 'nobody' is no row of this file"),
    ({"parent": '"qinghe_slj"'}, "qinghe_slj -> qinghe_slj leads in a circle"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_wrong_row_is_refused_by_file_number_and_id(
    tmp_path: Path, change: dict[str, str | None], said: str
) -> None:
    row = {name: value for name, value in (ROW | change).items() if value is not None}
    folder = write(tmp_path, OTHER, row)

    with pytest.raises(RegistryError) as error:
        load_registry(folder)

    assert said in str(error.value)
    assert "99_qinghe.toml, [[column]] 2 (qinghe_slj)" in str(error.value)


def test_everything_that_is_wrong_is_found_at_once(tmp_path: Path) -> None:
    write(tmp_path, OTHER, ROW | {"family": '"x"'}, ROW | {"level": '"x"'}, {"id": "1"})
    write(tmp_path, ROW, name="98_nowhere")

    registry, problems = inspect_registry(tmp_path)

    assert [column.id for column in registry["99_qinghe"]] == ["other"]
    assert [(p.file, p.row, p.id) for p in problems] == [
        ("98_nowhere.toml", None, None),
        ("99_qinghe.toml", 2, "qinghe_slj"),
        ("99_qinghe.toml", 3, "qinghe_slj"),
        ("99_qinghe.toml", 4, None),
    ]
    with pytest.raises(RegistryError, match="And 3 more: nianbao sites check"):
        load_registry(tmp_path)


def test_central_agencies_have_no_division(tmp_path: Path) -> None:
    central = {k: v for k, v in (ROW | {"level": '"central"'}).items() if k != "division"}

    (column,) = load_registry(write(tmp_path, central, name="00_central"))["00_central"]

    assert column.division is None


def test_a_bare_address_is_accepted_with_its_reason(tmp_path: Path) -> None:
    listed = {"list_url": '"http://1.2.3.4:8080/nb/"', "host_listed": '"the city has no other"'}

    (column,) = load_registry(write(tmp_path, ROW | listed))["99_qinghe"]

    assert column.host == "1.2.3.4"


def test_a_department_of_a_county_without_a_prefecture_may_be_of_either_level(
    tmp_path: Path,
) -> None:
    row = ROW | {"division": '"999001"', "level": '"prefecture_department"'}

    assert load_registry(write(tmp_path, row))["99_qinghe"][0].division == "999001"


@pytest.mark.parametrize(
    "same",
    [
        {"id": OTHER["id"]},
        {"list_url": OTHER["list_url"]},
        {"list_url": '"http://www.a.gov.cn/nb/index.html"'},
        {"list_url": '"https://a.gov.cn/x/../nb/"'},
    ],
)
def test_a_column_has_one_row_in_all_files(tmp_path: Path, same: dict[str, str]) -> None:
    write(tmp_path, OTHER, name="99_other")
    write(tmp_path, ROW | same)

    with pytest.raises(RegistryError, match=r"99_qinghe.toml.*stands already in 99_other.toml"):
        load_registry(tmp_path)


def test_catalogues_of_one_platform_are_columns_of_their_own(tmp_path: Path) -> None:
    """`annualreport#2629`: the number after # is the catalogue."""
    platform = '"http://a.gov.cn/gkmlpt/annualreport#%d"'
    rows = (OTHER | {"list_url": platform % 1}, ROW | {"list_url": platform % 2})

    assert len(load_registry(write(tmp_path, *rows))["99_qinghe"]) == 2


def test_a_column_names_its_parent_in_the_same_file(tmp_path: Path) -> None:
    child = ROW | {"parent": OTHER["id"]}

    assert load_registry(write(tmp_path, OTHER, child))["99_qinghe"][1].parent == "other"

    write(tmp_path, child)
    write(tmp_path, OTHER, name="99_other")
    with pytest.raises(RegistryError, match="parent 'other' is no row of this file"):
        load_registry(tmp_path)


def test_loopback_hosts_are_for_practice_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path, ROW | {"list_url": '"http://127.99.0.1:8000/nb/"'})
    assert load_registry(folder)["99_qinghe"][0].host == "127.99.0.1"

    monkeypatch.setattr("crawlers.registry.default_registry", lambda: folder)
    with pytest.raises(RegistryError, match="not below"):
        load_registry(folder)


@pytest.mark.parametrize("content", ["", "column = 1", "[[column]\n", "[site]\nid = 1"])
def test_a_file_that_is_no_registry_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "99_qinghe.toml").write_text(content, "utf-8")

    with pytest.raises(RegistryError, match=r"99_qinghe\.toml"):
        load_registry(tmp_path)


@pytest.mark.parametrize("name", ["henan", "4_henan", "41-henan", "98_nowhere"])
def test_a_file_is_named_after_a_province(tmp_path: Path, name: str) -> None:
    with pytest.raises(RegistryError, match=rf"{name}\.toml"):
        load_registry(write(tmp_path, ROW, name=name))


def test_an_empty_folder_and_an_unknown_region_are_said(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="no registry there"):
        load_registry(tmp_path)
    with pytest.raises(RegistryError, match="there are: 99_qinghe"):
        columns_of(write(tmp_path, ROW), "41_henan")


def test_a_column_is_due_for_the_years_it_can_hold(tmp_path: Path) -> None:
    limits = {"last_year": "2022", "reason": '"merged"'}
    (column,) = load_registry(write(tmp_path, ROW | limits))["99_qinghe"]

    assert column.due({2018, 2019, 2022, 2023}) == {2019, 2022}


@pytest.mark.parametrize(
    ("status", "due"), [("stopped", set()), ("moved", set()), ("blocked", {2019})]
)
def test_what_is_gone_is_not_asked_and_what_is_blocked_is(
    tmp_path: Path, status: str, due: set[int]
) -> None:
    """A block depends on the network it was met from."""
    standing = {"status": f'"{status}"', "as_of": "2024-03-01", "reason": '"as found"'}
    (column,) = load_registry(write(tmp_path, ROW | standing))["99_qinghe"]

    assert column.due({2019}) == due


def hosts(names: Iterable[str], asked: Iterable[str]) -> list[bool]:
    return [host in allow_list(names) for host in asked]


def test_a_row_may_speak_for_other_hosts_or_a_whole_domain() -> None:
    names = ["www.henan.gov.cn", ".henan.gov.cn", "a.gov.cn"]
    asked = ["yjglt.henan.gov.cn", "a.gov.cn", "b.a.gov.cn", "xhenan.gov.cn", "henan.gov.cn.x.cn"]

    assert hosts(names, asked) == [True, True, False, False, False]
