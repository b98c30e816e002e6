"""Pages made to be slow or large to read, each read in a process of its own; one JSON line a page.

Each process may take so much memory and processor time and no more.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable

from pipeline.read import read_page

MOST_MEMORY = 1_500 * 1024 * 1024
"""Bytes of address space of a process, the interpreter and its libraries included."""

MOST_SECONDS = 30

ONE = "<h2>一、总体情况</h2>"
TWO = "<h2>二、主动公开政府信息情况</h2>"


def between(middle: str) -> bytes:
    """A report's first section with the words in it."""
    return f"{ONE}{middle}{TWO}".encode()


def varied(count: int) -> str:
    """Prose in which every clause states a fact, no two alike."""
    return "".join(
        f"<p>全年主动公开政府信息{n}条，其中微信公众号{n + 7}条，网站{n + 9}条。"
        f"收到申请{n}件，答复{n + 1}件，均按时办结，未收到行政复议。</p>"
        for n in range(count)
    )


def row(cells: int) -> str:
    return f"<tr>{'<td>1</td>' * cells}</tr>"


PAGES: dict[str, Callable[[], bytes | str]] = {
    "a megabyte of nested tags": lambda: b"<div>" * 200_000,
    "nested inline tags": lambda: b"<p>" + b"<span>" * 170_000,
    "words below 5,000 levels": lambda: "<div>" * 5_000 + "<p>一、总体情况</p>",
    "tags that are none": lambda: b"</x><b " * 150_000,
    "a tag of 200,000 attributes": lambda: (
        f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>x</p>"
    ),
    "rows of 10,000 columns": lambda: f"<table>{row(10_000) * 10}</table>",
    "spans of a thousand million": lambda: (
        "<table>"
        + "<tr><td rowspan=1000000000 colspan=1000000000>a</td><td>1</td></tr>" * 5_000
        + "</table>"
    ),
    "rowspans in every cell": lambda: (
        f"<table>{row(50).replace('<td>', '<td rowspan=65534>') * 2_000}</table>"
    ),
    "20,000 tables in each other": lambda: "<table><tr><td>规章<td>1<td>".encode() * 20_000,
    "100,000 tiny tables": lambda: between(
        "<table><tr><td>规章</td><td>1</td></tr></table>" * 100_000
    ),
    "30,000 tables of a row": lambda: between(
        "<table><tr><td>（一）予以公开</td><td>1</td><td>2</td></tr></table>" * 30_000
    ),
    "a list of a million": lambda: b"<ul>" + "<li>一</li>".encode() * 1_000_000,
    "170,000 open paragraphs": lambda: "<p>一".encode() * 170_000,
    "50,000 headings": lambda: "<p>一、总体情况</p>".encode() * 50_000,
    "50,000 links": lambda: between("<p><a href=x>链接</a></p>" * 50_000),
    "100,000 pictures": lambda: between("<img src=x>" * 100_000),
    "20,000 headlines": lambda: "".join(
        f"<h1>{2008 + n % 9}年某{n}局政府信息公开工作年度报告</h1>" for n in range(20_000)
    ),
    "NUL bytes": lambda: b"<p>\x00" * 200_000 + ONE.encode() + b"\x00" * 500_000,
    "a megabyte of dense figures": lambda: between(varied(9_000)),
    "figures without words": lambda: between(f"<p>{'12,345.6万件' * 70_000}</p>"),
    "a figure of a million digits": lambda: between(f"<p>{'1' * 1_000_000}</p>"),
    "50,000 denials": lambda: between(f"<p>{'未收到申请，' * 50_000}</p>"),
    "a line of 5 MB": lambda: between(f"<p>{'政府信息公开' * 280_000}</p>"),
    "blanks alone": lambda: between(f"<p>{' 　' * 400_000}</p>"),
    "100,000 blank lines": lambda: between("<p>&nbsp;</p>" * 100_000),
    "lines in one element": lambda: between(f"<pre>{'规章 1 2 3' + chr(10)}</pre>" * 60_000),
    "30,000 rows of boxes": lambda: between("<div><div>1</div><div>2</div></div>" * 30_000),
    "quotes that nothing closes": lambda: b'"' + b'\\"' * 500_000,
    "labels that are none": lambda: between(
        "<table>"
        + "".join(f"<tr><td>行政许可某事项{n}</td><td>5</td><td>5</td></tr>" for n in range(6_000))
        + "</table>"
    ),
    "UTF-16": lambda: ("<p>一、总体情况</p>" * 50_000).encode("utf-16"),
    "bytes of no charset": lambda: random.Random(1).randbytes(1_000_000),
    "a byte order mark and no more": lambda: b"\xff\xfe\x00",
}

TEXTS: dict[str, Callable[[], bytes]] = {
    "text of pipes": lambda: b"|" * 1_000_000,
    "text of short lines": lambda: "一\n".encode() * 300_000,
    "text of tabs": lambda: "规章\t1\t2\n".encode() * 60_000,
    "text of torn cells": lambda: b"a\tb\nc\n" * 100_000,
    "text of rules": lambda: b"|---" * 250_000,
    "text of a line": lambda: "公开".encode() * 900_000,
}


def read_alone(name: str, body: bytes) -> int:
    """Read a page in this process, which ends with it; prints what it took."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    report = read_page(body, content_type="text/plain" if name in TEXTS else None)
    taken = {
        "name": name,
        "bytes": len(body),
        "seconds": time.process_time() - begun,
        "kilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before,
        "findings": sorted({finding.code for finding in report.findings}),
    }
    os.write(1, f"{json.dumps(taken, ensure_ascii=False)}\n".encode())
    return 0


def main() -> int:
    """Read every page; 1 if a process did not come to its end."""
    read_page(between("<p>收到申请5件。</p>"))  # words and patterns are loaded once, for all
    failed = 0
    for name, make in {**PAGES, **TEXTS}.items():
        child = os.fork()
        if not child:
            made = make()
            os._exit(read_alone(name, made.encode() if isinstance(made, str) else made))
        status = os.waitpid(child, 0)[1]
        if status:
            failed = 1
            sys.stderr.write(f"{name}: ended with status {status}\n")
    return failed


if __name__ == "__main__":
    sys.exit(main())
