"""What is known of agencies and places, and what versions say of each other."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import VARCHAR

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def ident(length: int = 64) -> sa.String:
    """An identifier, sorted by its bytes."""
    return sa.String(length).with_variant(VARCHAR(length, collation="C"), "postgresql")


def must(name: str, kind: sa.types.TypeEngine[Any], *more: sa.ForeignKey) -> sa.Column[Any]:
    """A column that always holds something."""
    return sa.Column(name, kind, *more, nullable=False)


def may(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    """A column that may be null."""
    return sa.Column(name, kind, nullable=True)


def of_report() -> sa.Column[Any]:
    """The version that a row belongs to, first part of its key."""
    return sa.Column("report_id", ident(24), sa.ForeignKey("report.id"), primary_key=True)


Columns = list[sa.Column[Any]]


def division() -> Columns:
    """Places of GB/T 2260, each under one name."""
    return [
        sa.Column("code", ident(6), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        must("level", ident(16)),
        may("parent", ident(6)),
        may("valid_from", sa.Integer()),
        may("valid_to", sa.Integer()),
        must("successors", sa.Text()),
    ]


def agency_site() -> Columns:
    """Hosts that show an agency's reports."""
    return [
        sa.Column("agency_id", sa.Text, sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("host", sa.Text, primary_key=True),
        may("site_code", ident(16)),
    ]


def agency_succession() -> Columns:
    """Agencies that ended in others."""
    return [
        sa.Column("before_id", sa.Text, sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("after_id", sa.Text, sa.ForeignKey("agency.id"), primary_key=True),
        must("year", sa.Integer()),
        must("kind", ident(16)),
        must("source", ident(16)),
    ]


def figure_change() -> Columns:
    """Cells that a correction changed."""
    return [
        of_report(),
        sa.Column("indicator_id", ident(), sa.ForeignKey("indicator.id"), primary_key=True),
        may("before_value", sa.Numeric()),
        may("before_raw", sa.Text()),
        may("before_state", ident(16)),
        may("after_value", sa.Numeric()),
        may("after_raw", sa.Text()),
        may("after_state", ident(16)),
    ]


def fact_change() -> Columns:
    """Figures of the prose that a correction states otherwise."""
    return [
        of_report(),
        sa.Column("number", sa.Integer, primary_key=True),
        must("fact", ident()),
        may("before_value", sa.Numeric()),
        must("before_raw", sa.Text()),
        may("after_value", sa.Numeric()),
        must("after_raw", sa.Text()),
        must("before_sentence", sa.Text()),
        must("after_sentence", sa.Text()),
    ]


def finding_across() -> Columns:
    """What a version says against another."""
    return [
        of_report(),
        sa.Column("number", sa.Integer, primary_key=True),
        must("other_report_id", ident(24), sa.ForeignKey("report.id")),
        must("code", ident()),
        must("severity", ident(8)),
        must("place", ident()),
        must("message_zh", sa.Text()),
        must("message_en", sa.Text()),
    ]


def copied_sentence() -> Columns:
    """Sentences that stood in the report of the year before."""
    return [
        of_report(),
        sa.Column("number", sa.Integer, primary_key=True),
        must("other_report_id", ident(24), sa.ForeignKey("report.id")),
        must("section", ident(32)),
        must("start_char", sa.Integer()),
        must("end_char", sa.Integer()),
        must("sentence", sa.Text()),
        must("other_section", ident(32)),
        must("other_start_char", sa.Integer()),
    ]


TABLES = (
    division,
    agency_site,
    agency_succession,
    figure_change,
    fact_change,
    finding_across,
    copied_sentence,
)


def upgrade() -> None:
    """Make the tables; there are no rows yet."""
    for table in TABLES:
        op.create_table(table.__name__, *table())


def downgrade() -> None:
    """Drop them."""
    for table in reversed(TABLES):
        op.drop_table(table.__name__)
