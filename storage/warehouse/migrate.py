"""Bringing a database to the schema of this code, by Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from storage.errors import WarehouseError

MIGRATIONS = Path(__file__).parents[1] / "migrations"
LOCK = 0x6E69616E62616F
"""`nianbao` in ASCII: the number under which PostgreSQL holds our lock."""


def migrate(engine: Engine) -> None:
    """Upgrade to the newest schema, unless it is there already; one process at a time.

    Raises:
        WarehouseError: the database is newer than this code, or something else than a warehouse.
    """
    config = alembic_config()
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        if _revision(connection) == scripts.get_current_head():
            return
    with engine.execution_options(writes=True).begin() as connection:
        lock(connection)
        _refuse_strangers(connection, scripts)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def lock(connection: Connection) -> None:
    """Be alone with the schema and the code list until this transaction ends.

    On SQLite a transaction that means to write is alone anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def alembic_config() -> Config:
    """Alembic's settings for our migrations, wherever the package is installed."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_strangers(connection: Connection, scripts: ScriptDirectory) -> None:
    """Never add our tables to somebody else's database, never touch what we do not know."""
    found = _revision(connection)
    shown = connection.engine.url.render_as_string(hide_password=True)
    if found is None:
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
        if tables:
            raise WarehouseError(
                f"{shown} is not a warehouse: it holds the tables {', '.join(sorted(tables))} and "
                "no schema version; expected a database made by nianbao, or an empty one. "
                "Name another one in NIANBAO_WAREHOUSE."
            )
    elif found not in {script.revision for script in scripts.walk_revisions()}:
        raise WarehouseError(
            f"{shown} has the schema version {found!r}, which this nianbao does not know; "
            f"its newest is {scripts.get_current_head()!r}. The warehouse was written by a newer "
            "nianbao: update this one, or name another warehouse in NIANBAO_WAREHOUSE."
        )
