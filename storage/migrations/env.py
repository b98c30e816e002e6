"""Run by Alembic: on the connection that `open_warehouse` hands over, or on NIANBAO_WAREHOUSE."""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import Connection, create_engine

from storage.errors import WarehouseError
from storage.warehouse.models import Base


def run(connection: Connection) -> None:
    """Migrate within one transaction, so that a failed migration leaves the old schema."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite changes a table by copying it
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_from_environment() -> None:
    """For the `alembic` command: `NIANBAO_WAREHOUSE=sqlite:///data/warehouse.sqlite alembic ...`.

    Raises:
        WarehouseError: NIANBAO_WAREHOUSE is not set.
    """
    url = os.environ.get("NIANBAO_WAREHOUSE")
    if not url:
        raise WarehouseError(
            "NIANBAO_WAREHOUSE is not set; expected the URL of the warehouse to migrate, "
            "such as sqlite:///data/warehouse.sqlite."
        )
    with create_engine(url).connect() as connection:
        run(connection)
        connection.commit()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    run_from_environment()
