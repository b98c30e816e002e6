"""Warehouses to load into, a PostgreSQL server of our own among them, and what tests read there."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select, text

from storage.warehouse.engine import open_warehouse
from storage.warehouse.models import Base
from storage.warehouse.views import figure_current

TABLES = Base.metadata.tables


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from _opened(request.param, tmp_path)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    yield from _opened("sqlite", tmp_path)


def _opened(kind: str, folder: Path) -> Iterator[Engine]:
    opened = open_warehouse(new_warehouse(kind, folder))
    yield opened
    opened.dispose()


def rows(engine: Engine, table: str) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(TABLES[table])).mappings()]


def content(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table, times included."""
    return {name: sorted(map(str, rows(engine, name))) for name in TABLES}


def traces(engine: Engine) -> Any:
    """What no write can leave as it is: PostgreSQL's row versions, the bytes of SQLite's files."""
    if engine.dialect.name == "sqlite":
        files = (Path(f"{engine.url.database}{end}") for end in ("", "-wal"))
        return [sha256(file.read_bytes()).hexdigest() for file in files]
    with engine.connect() as connection:
        query = " UNION ALL ".join(f"SELECT xmin::text, ctid::text FROM {t}" for t in TABLES)
        return sorted(map(tuple, connection.execute(text(query))))


def current(engine: Engine) -> list[str]:
    return [row["id"] for row in rows(engine, "report") if row["is_current"]]


def value(engine: Engine, cell: str) -> Decimal | None:
    view = figure_current.c
    with engine.connect() as connection:
        found: Decimal | None = connection.scalar(
            select(view.value).where(view.indicator_id == cell)
        )
        return found


def new_warehouse(kind: str, folder: Path) -> str:
    """The URL of an empty warehouse; PostgreSQL's is the same each time, emptied."""
    if kind == "postgresql":
        url = _postgresql_warehouse()
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {', '.join(Base.metadata.tables)}"))
        engine.dispose()
        return url
    shutil.copy(_sqlite_template(), folder / "warehouse.sqlite")
    return f"sqlite:///{folder}/warehouse.sqlite"


def postgresql_database(name: str) -> str:
    """The URL of a new, empty database on a PostgreSQL server of our own.

    Skips the test where Debian's package `postgresql` or Python's `psycopg` is missing.
    """
    psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    socket = _server()
    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name}")
    return f"postgresql+psycopg://postgres@/{name}?host={socket}"


@cache
def _postgresql_warehouse() -> str:
    url = postgresql_database("filled")
    open_warehouse(url).dispose()
    return url


@cache
def _sqlite_template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="nb-sqlite-"))
    atexit.register(shutil.rmtree, folder)
    open_warehouse(f"sqlite:///{folder}/empty.sqlite").dispose()
    return folder / "empty.sqlite"


@cache
def _server() -> str:
    """Start a server on a socket in a folder of its own; it ends with the tests."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not programs:
        pytest.skip("no /usr/lib/postgresql/*/bin/postgres: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="nb-pg-"))
    user = _unprivileged(folder)
    data = folder / "data"
    _initdb(programs[-1].with_name("initdb"), data, user)
    settings = ("listen_addresses=", f"unix_socket_directories={folder}", "fsync=off")
    options = [word for setting in settings for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs[-1], "-D", data, *options], stdout=log, stderr=log, user=user, cwd="/"
        )
    atexit.register(_stop, server, folder)
    _wait_for(folder / ".s.PGSQL.5432", server, folder / "log")
    return str(folder)


def _unprivileged(folder: Path) -> int | None:
    """PostgreSQL refuses to run as root: then it runs as the user of Debian's package."""
    if os.getuid() != 0:
        return None
    user = pwd.getpwnam("postgres").pw_uid
    os.chown(folder, user, -1)
    return user


def _initdb(program: Path, data: Path, user: int | None) -> None:
    """With Chinese collation by default: what must not depend on it shows itself here."""
    locale = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh-CN")
    words: list[str | Path] = [
        program,
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
        *locale,
    ]
    done = subprocess.run(words, capture_output=True, text=True, user=user, cwd="/", check=False)
    assert done.returncode == 0, done.stderr


def _wait_for(socket: Path, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while not socket.exists() or "ready to accept" not in log.read_text("utf-8"):
        assert server.poll() is None, log.read_text("utf-8")
        assert time.monotonic() < deadline, log.read_text("utf-8")
        time.sleep(0.02)


def _stop(server: subprocess.Popen[bytes], folder: Path) -> None:
    server.send_signal(signal.SIGINT)  # end now, whoever is still connected
    server.wait(timeout=60)
    shutil.rmtree(folder, ignore_errors=True)
