"""The registry refuses what is wrong, with file and row named."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.families import FAMILIES
from crawlers.registry import RegistryError, columns_of, default_registry, load_registry

ROW = {
    "id": '"qinghe_slj"',
    "agency": '"青禾县水利局"',
    "level": '"county_department"',
    "division": '"990702"',
    "family": '"dahe"',
    "list_url": '"https://slj.qinghe.gov.cn/nb/"',
    "first_year": "2019",
}


def write(folder: Path, *rows: dict[str, str], name: str = "99_qinghe") -> Path:
    tables = ("\n".join(["[[column]]", *(f"{k} = {v}" for k, v in row.items())]) for row in rows)
    (folder / f"{name}.toml").write_text("\n\n".join(tables), "utf-8")
    return folder


def test_the_packaged_registry_is_sound_and_stays_on_government_hosts() -> None:
    columns = [c for region in load_registry(default_registry()).values() for c in region]

    assert {column.family for column in columns} <= set(FAMILIES)
    assert all(column.host.endswith(".gov.cn") for column in columns)


def test_a_row_becomes_a_column_of_the_file_s_region(tmp_path: Path) -> None:
    (column,) = load_registry(write(tmp_path, ROW))["99_qinghe"]

    assert (column.region, column.id, column.host) == (
        "99_qinghe",
        "qinghe_slj",
        "slj.qinghe.gov.cn",
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"family": '"wordpress"'}, "unknown family 'wordpress'; known: dahe"),
        ({"list_url": '"https://slj.qinghe.example/nb/"'}, "is not below .gov.cn"),
        ({"list_url": '"https://gov.cn.evil.com/nb/"'}, "is not below .gov.cn"),
        ({"list_url": '"https://me@slj.qinghe.gov.cn/nb/"'}, "without a user name"),
        ({"list_url": '"ftp://slj.qinghe.gov.cn/nb/"'}, "expected an http or https address"),
        ({"division": '"9907"'}, "division: String should match pattern"),
        ({"level": '"village"'}, "level: Input should be 'central'"),
        ({"first_year": "2001"}, "first_year: Input should be greater than or equal to 2008"),
        ({"first_year": '"2019"'}, "first_year: Input should be a valid integer"),
        ({"cms": '"dahe"'}, "cms: Extra inputs are not permitted"),
        ({"region": '"41_henan"'}, "the file name gives it"),
        ({"last_year": "2021"}, "last_year and stopped need a reason"),
        ({"last_year": "2018", "reason": '"merged"'}, "last_year 2018 is before first_year 2019"),
        ({"stopped": '"2024-13"', "reason": '"gone"'}, "stopped: String should match pattern"),
    ],
)
def test_a_wrong_row_is_refused_by_file_number_and_id(
    tmp_path: Path, change: dict[str, str], said: str
) -> None:
    other = ROW | {"id": '"other"', "list_url": '"https://a.gov.cn/"'}
    folder = write(tmp_path, other, ROW | change)

    with pytest.raises(RegistryError) as error:
        load_registry(folder)

    assert said in str(error.value)
    assert "99_qinghe.toml, [[column]] 2 (qinghe_slj)" in str(error.value)


def test_only_central_agencies_need_no_division(tmp_path: Path) -> None:
    without = {name: value for name, value in ROW.items() if name != "division"}

    with pytest.raises(RegistryError, match="division is missing"):
        load_registry(write(tmp_path, without))
    write(tmp_path, without | {"level": '"central"'})
    assert load_registry(tmp_path)["99_qinghe"][0].division is None


@pytest.mark.parametrize("same", ["id", "list_url"])
def test_a_column_has_one_row_in_all_files(tmp_path: Path, same: str) -> None:
    other = {"id": '"other"', "list_url": '"https://a.gov.cn/"'}
    write(tmp_path, ROW)
    write(tmp_path, ROW | {k: v for k, v in other.items() if k != same}, name="98_other")

    with pytest.raises(RegistryError, match=r"98_other.toml|99_qinghe.toml"):
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


def test_an_empty_folder_and_an_unknown_region_are_said(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="no registry there"):
        load_registry(tmp_path)
    with pytest.raises(RegistryError, match="there are: 99_qinghe"):
        columns_of(write(tmp_path, ROW), "41_henan")


def test_a_column_is_due_for_the_years_it_can_hold(tmp_path: Path) -> None:
    limits = {"last_year": "2022", "reason": '"merged"'}
    (column,) = load_registry(write(tmp_path, ROW | limits))["99_qinghe"]
    assert column.due({2018, 2019, 2022, 2023}) == {2019, 2022}

    gone = {"stopped": '"2024-03"', "reason": '"the column was removed"'}
    (column,) = load_registry(write(tmp_path, ROW | gone))["99_qinghe"]
    assert column.due({2019}) == set()
