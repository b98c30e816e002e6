"""First schema: code list, captures, versions of reports with their figures, two views."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import VARCHAR

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A migration is history: it repeats the schema of its day and imports nothing of ours.
metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
MOMENT = sa.DateTime(timezone=True)


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


sa.Table(
    "agency",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    must("name", sa.Text()),
    may("division", ident(6)),
    must("level", ident(32)),
    must("line", sa.Text()),
    may("credit_code", ident(18)),
    must("reviewed", sa.Boolean()),
    sa.Index(None, "division"),
)
sa.Table(
    "agency_name",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    must("agency_id", sa.Text(), sa.ForeignKey("agency.id")),
    must("region", ident()),
    sa.Index(None, "agency_id"),
    sa.Index(None, "region"),
)
sa.Table(
    "indicator",
    metadata,
    sa.Column("id", ident(), primary_key=True),
    must("position", sa.Integer()),
    must("form_table", ident(8)),
    must("form_row", ident()),
    must("form_column", ident()),
    *(must(name, sa.Text()) for name in ("row_label", "column_label")),
    must("unit", sa.Text()),
    may("article", sa.Text()),
    must("is_total", sa.Boolean()),
)
sa.Table(
    "indicator_form",
    metadata,
    sa.Column("indicator_id", ident(), sa.ForeignKey("indicator.id"), primary_key=True),
    sa.Column("form", ident(8), primary_key=True),
)
sa.Table(
    "capture",
    metadata,
    sa.Column("id", ident(24), primary_key=True),
    must("region", ident()),
    must("report_column", ident()),
    may("claimed_year", sa.Integer()),
    must("url", sa.Text()),
    must("kind", ident(16)),
    must("status", sa.Integer()),
    may("content_type", sa.Text()),
    must("digest", ident(80)),
    must("warc", sa.Text()),
    must("warc_offset", sa.BigInteger()),
    must("fetched_at", MOMENT),
    must("last_seen_at", MOMENT),
    may("vanished_at", MOMENT),
    sa.UniqueConstraint("report_column", "claimed_year", "url", "digest"),
)
sa.Table(
    "report",
    metadata,
    sa.Column("id", ident(24), primary_key=True),
    must("agency", sa.Text(), sa.ForeignKey("agency_name.name")),
    may("agency_by", ident(16)),
    must("report_year", sa.Integer()),
    must("scope", ident(8)),
    must("digest", ident(80)),
    must("kind", ident(16)),
    must("is_current", sa.Boolean()),
    may("retired_at", MOMENT),
    must("region", ident()),
    must("report_column", ident()),
    must("capture_id", ident(24), sa.ForeignKey("capture.id")),
    may("title", sa.Text()),
    may("published_on", sa.Date()),
    may("index_number", sa.Text()),
    may("document_number", sa.Text()),
    may("form_t2", ident(8)),
    may("form_t3", ident(8)),
    may("form_t4", ident(8)),
    may("form_s14", ident(8)),
    must("body_copies", sa.Integer()),
    must("figures_fingerprint", ident(80)),
    must("prose_fingerprint", ident(80)),
    must("first_seen_at", MOMENT),
    may("changed_after", MOMENT),
    must("last_seen_at", MOMENT),
    must("loaded_at", MOMENT),
    sa.UniqueConstraint("agency", "report_year", "scope", "digest"),
    sa.CheckConstraint("NOT (is_current AND retired_at IS NOT NULL)", name="retired_not_current"),
    sa.Index(None, "region", "report_year"),
    sa.Index(
        "uq_report_current",
        *("agency", "report_year", "scope"),
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    ),
)
sa.Table(
    "report_capture",
    metadata,
    sa.Column("capture_id", ident(24), sa.ForeignKey("capture.id"), primary_key=True),
    must("report_id", ident(24), sa.ForeignKey("report.id")),
    must("showing", ident(16)),
    sa.Index(None, "report_id"),
)
sa.Table(
    "figure",
    metadata,
    of_report(),
    sa.Column("indicator_id", ident(), sa.ForeignKey("indicator.id"), primary_key=True),
    may("value", sa.Numeric()),
    may("recomputed", sa.Numeric()),
    may("corrected", sa.Numeric()),
    may("raw", sa.Text()),
    must("state", ident(16)),
    may("doubt", ident(8)),
    *(may(f"page_{part}", sa.Integer()) for part in ("table", "row", "column", "line")),
    may("read_by", ident(16)),
    sa.CheckConstraint("(state = 'reported') = (value IS NOT NULL)", name="value_if_reported"),
    sqlite_with_rowid=False,
)
sa.Table(
    "amendment",
    metadata,
    of_report(),
    sa.Column("indicator_id", ident(), sa.ForeignKey("indicator.id"), primary_key=True),
    must("printed", sa.Text()),
    must("value", sa.Numeric()),
    must("reason", sa.Text()),
    must("evidence", sa.Text()),
    must("decided_on", ident(10)),
)
sa.Table(
    "local_figure",
    metadata,
    of_report(),
    sa.Column("number", sa.Integer, primary_key=True),
    must("local_id", ident()),
    must("form_table", ident(8)),
    must("label", sa.Text()),
    may("column_label", sa.Text()),
    may("unit", sa.Text()),
    may("value", sa.Numeric()),
    must("raw", sa.Text()),
    must("state", ident(16)),
    must("page_table", sa.Integer()),
    must("page_row", sa.Integer()),
    must("page_column", sa.Integer()),
    may("page_line", sa.Integer()),
)
sa.Table(
    "section",
    metadata,
    of_report(),
    sa.Column("number", sa.Integer, primary_key=True),
    must("section", ident(32)),
    must("heading", sa.Text()),
    must("content", sa.Text()),
)
sa.Table(
    "fact",
    metadata,
    of_report(),
    sa.Column("number", sa.Integer, primary_key=True),
    must("fact", ident()),
    may("value", sa.Numeric()),
    must("raw", sa.Text()),
    may("counter", sa.Text()),
    *(must(name, sa.Text()) for name in ("qualifier", "scope", "period")),
    must("section", ident(32)),
    must("sentence", sa.Text()),
    must("start_char", sa.Integer()),
    must("end_char", sa.Integer()),
)
sa.Table(
    "attachment",
    metadata,
    of_report(),
    sa.Column("number", sa.Integer, primary_key=True),
    *(must(name, sa.Text()) for name in ("url", "name")),
    must("media", ident(16)),
    must("size", sa.BigInteger()),
    must("digest", ident(80)),
    must("warc", sa.Text()),
    must("warc_offset", sa.BigInteger()),
)
sa.Table(
    "finding",
    metadata,
    of_report(),
    sa.Column("number", sa.Integer, primary_key=True),
    must("code", ident()),
    must("severity", ident(8)),
    must("place", ident()),
    *(must(f"message_{language}", sa.Text()) for language in ("zh", "en")),
)


REPORT_CURRENT = """
CREATE VIEW report_current AS
SELECT r.id AS report_id, r.agency, n.agency_id, r.report_year, r.scope, r.region,
       r.report_column, r.kind, r.title, r.published_on, r.index_number, r.document_number,
       r.form_t2, r.form_t3, r.form_t4, r.form_s14, r.body_copies,
       r.first_seen_at, r.last_seen_at, c.url, c.fetched_at, c.digest, c.warc, c.warc_offset,
       c.vanished_at
FROM report r
JOIN capture c ON c.id = r.capture_id
JOIN agency_name n ON n.name = r.agency
WHERE r.is_current
"""
# Every cell of the code list for each table that the page prints: a cell that only the other form
# has is a row too, so that "not on this form" is never mistaken for "not reported".
FIGURE_CURRENT = """
CREATE VIEW figure_current AS
SELECT t.report_id, t.agency, n.agency_id, t.report_year, t.scope, t.region, t.form,
       i.id AS indicator_id, i.position, i.form_table, i.row_label, i.column_label,
       i.unit, i.is_total, f.value, f.recomputed, f.corrected,
       CASE WHEN f.state IS NOT NULL THEN f.state
            WHEN x.form IS NOT NULL THEN 'absent'
            ELSE 'not_on_form' END AS state,
       f.raw, f.doubt, f.page_table, f.page_row, f.page_column, f.page_line, f.read_by
FROM (
    SELECT id AS report_id, agency, report_year, scope, region, 't2' AS form_table, form_t2 AS form
    FROM report WHERE is_current AND form_t2 IS NOT NULL
    UNION ALL
    SELECT id, agency, report_year, scope, region, 't3', form_t3
    FROM report WHERE is_current AND form_t3 IS NOT NULL
    UNION ALL
    SELECT id, agency, report_year, scope, region, 't4', form_t4
    FROM report WHERE is_current AND form_t4 IS NOT NULL
    UNION ALL
    SELECT id, agency, report_year, scope, region, 's14', form_s14
    FROM report WHERE is_current AND form_s14 IS NOT NULL
) t
JOIN agency_name n ON n.name = t.agency
JOIN indicator i ON i.form_table = t.form_table
LEFT JOIN indicator_form x ON x.indicator_id = i.id AND x.form = t.form
LEFT JOIN figure f ON f.report_id = t.report_id AND f.indicator_id = i.id
"""


def upgrade() -> None:
    """Make the tables and the views; there are no rows yet."""
    metadata.create_all(op.get_bind(), checkfirst=False)
    op.execute(REPORT_CURRENT)
    op.execute(FIGURE_CURRENT)


def downgrade() -> None:
    """Drop everything."""
    op.execute("DROP VIEW figure_current")
    op.execute("DROP VIEW report_current")
    metadata.drop_all(op.get_bind(), checkfirst=False)
