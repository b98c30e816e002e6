"""`nianbao practice`: sites of our own to crawl, with the faults of real ones."""

from __future__ import annotations

import inspect
import json
import shlex
import signal
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import NianbaoError

if TYPE_CHECKING:
    from rich.table import Table

    from crawlers.practice.generated.server import Generated
    from crawlers.practice.server import Province

app = typer.Typer(help="Agency sites of our own on loopback, with the faults of real ones.")

SHOWN_SITES = 60
"""Generated sites in the table; a province of a thousand agencies has more."""

Fault = Annotated[
    list[str] | None,
    typer.Option("--fault", help='"SITE NAME [OPTION=VALUE ...]"; repeatable; see `faults`'),
]


@app.command()
def serve(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Of all sites, each at an address of its own.")
    ] = 8741,
    size: Annotated[
        int, typer.Option(min=0, help="Agencies of the generated province; 0: none.")
    ] = 48,
    seed: Annotated[int, typer.Option(help="Of the generated figures.")] = 1,
    fault: Fault = None,
    registry: Annotated[
        Path | None, typer.Option(help="Where registry files go; default: a temporary folder.")
    ] = None,
) -> None:
    """Serve the practice sites until Ctrl-C: those written by hand, and a generated province."""
    from crawlers.practice.generated.model import Plan  # noqa: PLC0415
    from crawlers.practice.generated.server import serve_generated  # noqa: PLC0415
    from crawlers.practice.server import serve as serve_written  # noqa: PLC0415
    from pipeline.commands.show import console  # noqa: PLC0415

    with ExitStack() as running:
        written = running.enter_context(serve_written(port, registry_folder=registry))
        generated = None
        if size:
            plan = Plan(size=size, seed=seed, port=written.port)
            generated = running.enter_context(serve_generated(plan, written.registry))
        for words in fault or ():
            _switch_on(words, written, generated)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        console().print(_table(written, generated))
        typer.echo(f"registry: {written.registry}\nCtrl-C stops.")
        sys.stdout.flush()
        stop.wait()


@app.command()
def faults() -> None:
    """List every fault that a site can have, with its options."""
    from crawlers.practice.generated.faults import FAULTS  # noqa: PLC0415
    from crawlers.practice.site_faults import SITE_FAULTS  # noqa: PLC0415
    from pipeline.commands.show import console, plain_table  # noqa: PLC0415

    table = plain_table("fault", "options", "what the site does")
    for name, function in {**FAULTS, **SITE_FAULTS}.items():
        takes = inspect.signature(function).parameters.values()
        options = ", ".join(p.name for p in takes if p.kind is p.KEYWORD_ONLY)
        table.add_row(name, options, (inspect.getdoc(function) or "").split("\n")[0])
    console().print(table)


def _switch_on(words: str, written: Province, generated: Generated | None) -> None:
    """`trs slow seconds=2`: a generated site by its id, a written one by its column."""
    parts = shlex.split(words)
    if len(parts) < 2:
        raise NianbaoError(f"{words!r} is no fault: write SITE NAME [OPTION=VALUE ...]")
    site, name, *options = parts
    values = dict(map(_option, options))
    if generated is not None and site in {s.id for s in generated.sites}:
        generated.fault(site, name, **values)
    else:
        written.fault(site, name, **values)


def _option(text: str) -> tuple[str, object]:
    key, equals, value = text.partition("=")
    if not equals:
        raise NianbaoError(f"{text!r} is no option of a fault: write NAME=VALUE, as in seconds=2")
    try:
        return key, json.loads(value)
    except ValueError:
        return key, value


def _table(written: Province, generated: Generated | None) -> Table:
    from crawlers.practice.generated.layouts import layout_of, list_path  # noqa: PLC0415
    from crawlers.practice.generated.sites import columns  # noqa: PLC0415
    from pipeline.commands.show import plain_table  # noqa: PLC0415

    table = plain_table("region", "site", "family", "columns", "faults", "list")
    for name in written.columns:
        site = written.site(name)
        faulty = " ".join(written.faults(name))
        table.add_row(site.region, name, site.family, "1", faulty, written.url(name))
    for place in generated.sites[:SHOWN_SITES] if generated else ():
        first = next(columns(place))
        url = place.base_url + list_path(first)
        cells = (place.id, layout_of(first).family, str(len(place.agencies)))
        faulty = " ".join(generated.faults(place.id)) if generated else ""
        table.add_row(generated.region if generated else "", *cells, faulty, url)
    return table
