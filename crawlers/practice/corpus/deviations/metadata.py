"""Titles, names, years and dates that the page prints about itself."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from crawlers.practice.corpus.edit import styled
from crawlers.practice.corpus.model import Draft, Prose, Step

CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
READINGS = {"规": "guī", "数": "shù", "业": "yè", "处": "chǔ", "开": "kāi", "统": "tǒng"}
RADICALS = str.maketrans("工一二人行力民长立用", "⼯⼀⼆⼈⾏⼒⺠⻓⽴⽤")
PLACES = (
    "云江省",
    "青禾市",
    "青禾县",
    "南浦区",
    "双桥县",
    "枫溪市",
    "云台县",
    "柳湾镇",
    "石门坎乡",
    "白沙渡",
)


def titled(draft: Draft, random: Random, title: str) -> Draft:
    """Another wording: `{agency}`, `{bare}` of a place, `{year}`, `{chinese}`; `|` ends a line."""
    printed = title.format(
        agency=draft.agency,
        bare=_bare(draft.agency),
        year=draft.year,
        chinese=str(draft.year).translate(CHINESE_DIGITS),
    )
    plain = printed.replace("|", "")
    return replace(draft, title=plain, headline=printed.replace("|", "\n"))


def _bare(agency: str) -> str:
    for place in PLACES:
        agency = agency.removeprefix(place)
    return agency


def no_place_anywhere(draft: Draft, random: Random) -> Draft:
    """The title has no place; the page names the agency in full only as its source."""
    draft = titled(draft, random, "{bare}{year}年政府信息公开工作年度报告")
    return styled(draft, signed=_bare(draft.agency))


def head_title_cut(draft: Draft, random: Random, length: int = 14) -> Draft:
    """The title element stops in the middle."""
    return replace(draft, head_title=draft.title[:length])


def title_line_before(draft: Draft, random: Random, length: int = 14) -> Draft:
    """The body repeats the title, its first half first."""
    lines = (Prose(draft.title[:length]), Prose(draft.title))
    return replace(draft, blocks=(*lines, *draft.blocks))


def title_in_two_paragraphs(draft: Draft, random: Random) -> Draft:
    """The body repeats the title on two lines, the 年 of the year lost."""
    lines = (Prose(f"{draft.agency}{draft.year}"), Prose("政府信息公开工作年度报告"))
    return replace(draft, blocks=(*lines, *draft.blocks))


def other_year_in_body(draft: Draft, random: Random) -> Draft:
    """Last year's sentence left in: 2019年度主动公开 in the report on 2020."""
    sentence = Prose(f"{draft.year - 1}年度共主动公开各类信息{random.randint(100, 900)}条。")
    return replace(draft, blocks=(*draft.blocks[:3], sentence, *draft.blocks[3:]))


def other_name_in_body(draft: Draft, random: Random, name: str = "人力资源社会保障部") -> Draft:
    """Another body's name pasted into the text."""
    sentence = Prose(f"{name}全年接到公开申请{random.randint(2, 9)}件，都已回复。")
    return replace(draft, blocks=(*draft.blocks[:3], sentence, *draft.blocks[3:]))


def late(draft: Draft, random: Random, years: int = 3) -> Draft:
    """Published years after the year reported on, as after a migration."""
    return replace(draft, published=f"{draft.year + 1 + years}-07-{random.randint(10, 28)}")


def office_as_source(draft: Draft, random: Random, source: str = "局办公室") -> Draft:
    """来源 names an office, not the agency."""
    return styled(draft, source=source)


def named_in_opening(draft: Draft, random: Random, text: str) -> Draft:
    """No title on the page names the agency; its first sentence does."""
    draft = styled(titled(draft, random, "{year}年政府信息公开工作年度报告"), source="本站")
    opening = Prose(text.format(agency=draft.agency, year=draft.year))
    return replace(draft, blocks=(opening, *draft.blocks[1:]))


def site_bar_above(draft: Draft, random: Random) -> Draft:
    """A text copy begins with the site's bar, where one hangs, and a line of index fields."""
    bar = (
        "登录 |   注册\n\n您的位置:首页 > 政务公开 > 政府信息公开年报 > 部门年报\n"
        f"索 引 号 | 1199/{draft.year + 1}-0{random.randint(1000, 9999)} | 发文日期 | "
        f"{draft.published} |\n\n"
    )
    return replace(draft, around=(*draft.around, lambda body: bar + body))


def readings(draft: Draft, random: Random) -> Draft:
    """A copy with the reading behind some characters, tables and all: 数(shù)据(jù)."""

    def read_out(body: str) -> str:
        for character, reading in READINGS.items():
            body = body.replace(character, f"{character}({reading})")
        return body

    return replace(draft, around=(*draft.around, read_out))


def radicals(draft: Draft, random: Random) -> Draft:
    """Some characters printed as the radicals that they look like, tables and all."""
    return replace(draft, around=(*draft.around, lambda body: body.translate(RADICALS)))


STEPS: dict[str, Step] = {
    f.__name__: f
    for f in (
        titled,
        no_place_anywhere,
        head_title_cut,
        title_line_before,
        title_in_two_paragraphs,
        other_year_in_body,
        other_name_in_body,
        late,
        office_as_source,
        named_in_opening,
        site_bar_above,
        readings,
        radicals,
    )
}
