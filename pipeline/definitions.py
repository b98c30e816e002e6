"""The Dagster code location: assets, jobs, the nightly schedule and what they are given."""

from __future__ import annotations

import dagster as dg

from pipeline.defs import assets
from pipeline.defs.exports import export_assets
from pipeline.defs.resources import Home
from pipeline.defs.schedule import nianbao, nightly, read_again, read_what_was_kept

defs = dg.Definitions(
    assets=[*dg.load_assets_from_modules([assets]), *export_assets],
    jobs=[nianbao, read_again],
    schedules=[nightly],
    sensors=[read_what_was_kept],
    resources={"home": Home()},
    # A run is one process; the crawl inside it is another. A process per step would add 4 s each.
    executor=dg.in_process_executor,
)
