"""Opening a warehouse by its URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from storage.errors import WarehouseError
from storage.warehouse.migrate import migrate

DIALECTS = ("sqlite", "postgresql")
BUSY_SECONDS = 30
"""How long a writer waits for another; a report takes milliseconds, a migration seconds."""
CONNECT_SECONDS = 10
PRAGMAS = (
    "foreign_keys = ON",
    "journal_mode = WAL",
    "synchronous = NORMAL",  # with WAL a power cut loses the last reports, never breaks the file
    "cache_size = -65536",  # 64 MB: loading is a fifth faster than with the 2 MB of old
)


def open_warehouse(url: str) -> Engine:
    """Open a warehouse, made or brought up to date first; two processes may do so at once.

    Args:
        url: `sqlite:///data/warehouse.sqlite` or `postgresql+psycopg://user@host/name`.

    Raises:
        WarehouseError: the URL, file, folder or server is unusable, or newer than this code.
    """
    engine = _engine(_parsed(url))
    try:
        migrate(engine)
    except OperationalError as error:
        engine.dispose()
        raise WarehouseError(_unreachable(engine.url, error)) from error
    except DatabaseError as error:
        engine.dispose()
        raise WarehouseError(_not_a_warehouse(engine.url, error)) from error
    except WarehouseError:
        engine.dispose()
        raise
    return engine


@contextmanager
def warehouse_at(url: str) -> Iterator[Engine]:
    """What `open_warehouse` opens, for the length of a `with`: connections are closed behind it."""
    engine = open_warehouse(url)
    try:
        yield engine
    finally:
        engine.dispose()


def writer(engine: Engine) -> Connection:
    """A connection whose transactions mean to write: on SQLite they wait their turn at BEGIN.

    A transaction that reads first and writes later would fail at once had another written between.
    """
    return engine.execution_options(writes=True).connect()


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise WarehouseError(
            f"no database URL (it starts with {url.partition(':')[0]!r}); expected something like "
            "sqlite:///data/warehouse.sqlite or postgresql+psycopg://user@host/nianbao. "
            "Look at NIANBAO_WAREHOUSE."
        ) from error
    if parsed.get_backend_name() not in DIALECTS:
        raise WarehouseError(
            f"{parsed.get_backend_name()!r} databases are not supported; expected one of "
            f"{', '.join(DIALECTS)}. Look at NIANBAO_WAREHOUSE."
        )
    return parsed


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        _make_folder(url)
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS}
        )
    except ModuleNotFoundError as error:
        raise WarehouseError(
            f"{_shown(url)} needs the Python package {error.name!r}, which is not installed. "
            "Install nianbao with its extra: pip install 'nianbao[postgres]'."
        ) from error


def _make_folder(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        return
    folder = Path(url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(
            f"{_shown(url)}: the folder {folder} cannot be made ({error.strerror}). "
            "Make it by hand, or name another place in NIANBAO_WAREHOUSE."
        ) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers never wait for the writer (WAL), references hold, transactions are ours to begin."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """The sqlite3 module would begin only before the first write; see `writer`."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _unreachable(url: URL, error: OperationalError) -> str:
    if url.get_backend_name() == "sqlite":
        return (
            f"{_shown(url)} cannot be opened ({error.orig}); expected a file in a folder that may "
            "be written. Look at its permissions, or name another place in NIANBAO_WAREHOUSE."
        )
    return (
        f"{_shown(url)} cannot be reached ({error.orig}). Look whether the server runs, whether "
        "the database exists and whether user and password are right."
    )


def _not_a_warehouse(url: URL, error: DatabaseError) -> str:
    return (
        f"{_shown(url)} is not a warehouse ({error.orig}); expected a database made by nianbao. "
        "Move the file away or name another place in NIANBAO_WAREHOUSE."
    )
