"""Whatever a site answers, a family says what it found and never fails: cut, broken, absurd."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from crawlers.families import FAMILIES
from crawlers.families.base import Ask, Listing
from crawlers.families.literal import json_object, literal_at
from crawlers.families.recognise import first_reading, recognise
from tests.families_support import CASES, name_of, page_of

HOSTILE = (
    "http://[", "http://a:b/", "//", "", "\x00", "javascript:", "9" * 5000, "-1", "0", "null",
    "[" * 2000, "{}", '"', "'", "<![CDATA[", "&#0;", "�" * 50, "%", "#", "?", "\n",
)  # fmt: skip
TRIES = 15


def asked_of(case: Path) -> Ask:
    told = json.loads((case / "expected.json").read_text("utf-8"))["url"]
    if isinstance(told, str):
        return Ask(told)
    headers = tuple((name, value) for name, value in told.get("headers", ()))
    return Ask(told["url"], told.get("method", "GET"), told.get("body"), headers)


def broken(text: str, chance: random.Random) -> str:
    """The page with a part taken out, and something absurd in place of something else."""
    start = chance.randrange(len(text))
    end = min(len(text), start + chance.randrange(1, 200))
    place = chance.randrange(len(text))
    parts = text.split('"')
    parts[chance.randrange(len(parts))] = chance.choice(HOSTILE)
    ways = (
        text[:start],
        text[:start] + text[end:],
        text[:place] + chance.choice(HOSTILE) + text[place:],
        '"'.join(parts),
        text[start:end] * 30,
    )
    return chance.choice(ways)


def of_another_kind(value: Any, chance: random.Random) -> Any:
    """JSON with one value in it put in place of one of another kind."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        name = chance.choice(list(value))
        return value | {name: of_another_kind(value[name], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        return [of_another_kind(value[0], chance), *value[1:]]
    return chance.choice([None, [], {}, 0, -1, 10**30, 1e300, True, "", "http://[", [[]], [1]])


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_broken_answer_is_read_as_far_as_it_goes(case: Path) -> None:
    text, asked = page_of(case), asked_of(case)
    chance = random.Random(case.name)
    for _ in range(TRIES):
        hostile = broken(text, chance)
        if text.startswith("{"):
            hostile = json.dumps(of_another_kind(json.loads(text), chance))
        listing = FAMILIES[case.parent.name].listing(hostile, asked)
        assert len(listing.more) <= 201
        recognise(hostile, asked.url)


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nonsense_is_no_list(name: str, text: str) -> None:
    assert first_reading(name, text, Ask("https://a.gov.cn/nb/")).listing.links == ()


def test_links_that_are_no_addresses_are_no_rows() -> None:
    rows = "".join(f"<li><a href='{bad}'>某局2020年年报</a> 2021-01-20</li>" for bad in HOSTILE[:3])
    pager = "<a href='http://['>下一页</a>"

    assert FAMILIES["generic"].listing(rows + pager, Ask("https://a.gov.cn/nb/")) == Listing()


def test_what_is_nested_deeper_than_anybody_writes_is_nothing() -> None:
    assert json_object('{"a":' * 100_000) == {}
    assert json_object('{"a":' + "[" * 200_000 + "]" * 200_000 + "}") == {}
    assert literal_at("{a: 'it', b: {c: 1}} tail", 0) == {"a": "it", "b": {"c": 1}}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("generic", "<table><tr><td>" + "<a href='/x.html'>x</a>" * 3_000 + "2024-01-01</table>"),
        ("hanweb_jpage", "<record><![CDATA[x" * 3_000),
        ("hanweb_jpage", '$("#a").jpage({ totalRecord:9, ' * 2_000),
        ("lonsun", "pageCount: 1 " * 10_000),
        ("epoint", "/a" * 100_000),
    ],
    ids=["a frame of links", "open records", "open calls", "counts", "slashes"],
)
def test_an_absurd_page_takes_seconds_and_not_minutes(name: str, text: str) -> None:
    began = time.process_time()
    FAMILIES[name].listing(text, Ask("https://a.gov.cn/zfxxgknb/"))

    assert time.process_time() - began < 5
