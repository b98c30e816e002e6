"""Opening a warehouse brings it to the schema of the code, once, or says what is wrong."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config, main
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, inspect, text

from storage.errors import WarehouseError
from storage.warehouse.engine import open_warehouse
from storage.warehouse.load import load
from storage.warehouse.migrate import alembic_config
from storage.warehouse.models import Base
from storage.warehouse.views import VIEWS
from tests.storage_support import NOW, many
from tests.warehouse_support import postgresql_database

ROOT = Path(__file__).parents[1]
FORK = multiprocessing.get_context("fork")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return postgresql_database("migrate")
    return f"sqlite:///{tmp_path}/deep/warehouse.sqlite"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = open_warehouse(url)
    yield opened
    opened.dispose()


def test_the_migrations_make_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_constraints_and_indexes_have_the_names_of_the_models(engine: Engine) -> None:
    inspector = inspect(engine)
    for name, table in Base.metadata.tables.items():
        checks = {check["name"] for check in inspector.get_check_constraints(name)}
        indexes = {index["name"] for index in inspector.get_indexes(name)}
        declared = (c for c in table.constraints if isinstance(c, CheckConstraint))
        assert checks == {str(constraint.name) for constraint in declared}
        assert {str(index.name) for index in table.indexes} <= indexes
        assert inspector.get_pk_constraint(name)["name"] == f"pk_{name}"


def test_the_views_have_the_columns_that_are_documented(engine: Engine) -> None:
    inspector = inspect(engine)

    assert set(inspector.get_view_names()) == set(VIEWS.tables)
    for name, view in VIEWS.tables.items():
        assert [column["name"] for column in inspector.get_columns(name)] == view.columns.keys()


def test_no_name_needs_quotes_in_sql(url: str) -> None:
    """A column called `column`, `end` or `offset` would be a trap for everyone who writes SQL."""
    engine = open_warehouse(url)
    with engine.connect() as connection:
        for table in (*Base.metadata.tables.values(), *VIEWS.tables.values()):
            names = ", ".join(f"x.{c.name}, {c.name} AS a_{c.name}" for c in table.columns)
            connection.execute(text(f"SELECT {names} FROM {table.name} x"))
    engine.dispose()


def test_a_warehouse_can_be_taken_down_and_made_again(url: str) -> None:
    engine = open_warehouse(url)
    load(engine, many(1), loaded_at=NOW)
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    assert inspect(engine).get_view_names() == []
    engine.dispose()

    again = open_warehouse(url)
    assert load(again, many(1), loaded_at=NOW).tables["report"].inserted == 1
    again.dispose()


def test_opening_again_keeps_what_is_there(url: str) -> None:
    first = open_warehouse(url)
    load(first, many(2), loaded_at=NOW)
    first.dispose()

    second = open_warehouse(url)
    assert load(second, many(2), loaded_at=NOW).written == 0
    second.dispose()


def test_three_processes_may_open_a_new_warehouse_at_once(url: str) -> None:
    opening = [FORK.Process(target=open_warehouse, args=(url,)) for _ in range(3)]
    for process in opening:
        process.start()
    for process in opening:
        process.join(timeout=60)

    assert [process.exitcode for process in opening] == [0, 0, 0]
    engine = open_warehouse(url)
    with engine.connect() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).all()
    assert version == [("0002",)]
    engine.dispose()


def test_sqlite_is_opened_with_references_and_a_log_of_its_own(tmp_path: Path) -> None:
    engine = open_warehouse(f"sqlite:///{tmp_path}/warehouse.sqlite")
    with engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    engine.dispose()

    assert asked == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000}


def test_the_alembic_command_reads_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NIANBAO_WAREHOUSE", f"sqlite:///{tmp_path}/warehouse.sqlite")

    main(["upgrade", "head"])
    main(["check"])  # exits with an error when the models are ahead of the migrations

    with sqlite3.connect(tmp_path / "warehouse.sqlite") as made:
        assert made.execute("SELECT version_num FROM alembic_version").fetchall() == [("0002",)]


def test_alembic_without_a_warehouse_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NIANBAO_WAREHOUSE", raising=False)
    config = Config(toml_file=ROOT / "pyproject.toml")

    with pytest.raises(WarehouseError, match="NIANBAO_WAREHOUSE is not set"):
        command.upgrade(config, "head")


# --- what is wrong -------------------------------------------------------------------------------


def test_a_warehouse_of_a_newer_nianbao_is_left_alone(url: str) -> None:
    engine = open_warehouse(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(WarehouseError, match=r"'9999'.*newest is '0002'.*update this one"):
        open_warehouse(url)


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "photos.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE photo (id INTEGER)")

    with pytest.raises(WarehouseError, match="holds the tables photo"):
        open_warehouse(f"sqlite:///{path}")
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("photo",)]


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database at all\n" * 100, "utf-8")

    with pytest.raises(WarehouseError, match=r"is not a warehouse .*file is not a database"):
        open_warehouse(f"sqlite:///{path}")
    assert path.read_text("utf-8").startswith("not a database")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder", "utf-8")

    with pytest.raises(WarehouseError, match=r"the folder .*/data/warehouse cannot be made"):
        open_warehouse(f"sqlite:///{tmp_path}/data/warehouse/w.sqlite")


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match=r"cannot be opened .*Look at its permissions"):
        open_warehouse(f"sqlite:///{tmp_path}")


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")

    with pytest.raises(WarehouseError, match="cannot be reached") as caught:
        open_warehouse("postgresql+psycopg://reader:secret@127.0.0.1:1/nianbao")
    assert "reader:***@127.0.0.1" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "complaint"),
    [("warehouse.sqlite", "no database URL"), ("mysql://host/x", "'mysql' databases are not")],
)
def test_a_url_that_cannot_be_is_refused(url: str, complaint: str) -> None:
    with pytest.raises(WarehouseError, match=complaint):
        open_warehouse(url)
