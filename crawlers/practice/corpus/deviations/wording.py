"""Damage to running text and to the file: lost characters, doubled digits, odd code points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from crawlers.practice.corpus.edit import change_blocks, change_prose, styled
from crawlers.practice.corpus.model import Block, Draft, Grid, Heading, Prose, Step
from crawlers.practice.model import PracticeError


def damaged_dates(draft: Draft, random: Random) -> Draft:
    """自201911日起,至20191231日: 年 and 月 dropped; never a date, never a year."""
    year = draft.year
    broken = Prose(
        f"统计期限自{year}11日起,至{year}1231日止。"
        f"依据国办公开办函〔{year}32号和川办发〔{year - 1}5号编写，{year + 1}120印发。"
    )
    return replace(draft, blocks=(broken, *draft.blocks[1:]))


def doubled_year(draft: Draft, random: Random) -> Draft:
    """202020年: a run pasted twice."""
    year = str(draft.year)
    return replace(
        draft, blocks=(Prose(f"{year[:2]}{year}年，本单位照常公开各类信息。"), *draft.blocks)
    )


def misread(draft: Draft, random: Random, texts: Mapping[str, str]) -> Draft:
    """OCR: one character for another in the prose."""
    if not any(old in b.text for old in texts for b in draft.blocks if isinstance(b, Prose)):
        raise PracticeError(f"{draft.title}: the prose has none of {list(texts)}")

    def change(text: str) -> str:
        for old, new in texts.items():
            text = text.replace(old, new)
        return text

    return change_prose(draft, change)


def odd_characters(draft: Draft, random: Random, character: str = "\u200b") -> Draft:
    """A character that nobody sees between the letters of headings and paragraphs."""

    def strew(block: Block) -> tuple[Block, ...]:
        if isinstance(block, Heading):
            return (replace(block, text=character.join(block.text)),)
        if isinstance(block, Prose):
            return (Prose(block.text.replace("，", f"，{character}")),)
        return (block,)

    return change_blocks(draft, strew)


def other_notice(draft: Draft, random: Random) -> Draft:
    """The report names the notice of the other form."""
    code = "〔2019〕60" if draft.forms.get("t2") == "2021" else "〔2021〕30"
    return replace(
        draft,
        blocks=(
            *draft.blocks[:1],
            Prose(f"本报告的格式出自国办公开办函{code}号。"),
            *draft.blocks[1:],
        ),
    )


def bold_marks(draft: Draft, random: Random) -> Draft:
    """Markdown's ** in the text."""
    return change_prose(draft, lambda text: text.replace("。", "。**", 1).replace("，", "**，", 1))


def encoded(draft: Draft, random: Random, encoding: str, charset: str) -> Draft:
    """Bytes in one encoding under the label of the same or another one."""
    return styled(draft, encoding=encoding, charset=charset)


def line_ends(draft: Draft, random: Random, end: str = "\r\n", mark: str = "\ufeff") -> Draft:
    """Lines end as on Windows, a byte order mark before the first."""
    return replace(draft, around=(*draft.around, lambda text: mark + text.replace("\n", end)))


def page_numbers(draft: Draft, random: Random) -> Draft:
    """A footer with a page number between paragraphs: - 3 -."""
    blocks: list[Block] = []
    for number, block in enumerate(draft.blocks, start=1):
        blocks.append(block)
        if number % 4 == 0:
            blocks.append(Prose(f"- {number // 4} -"))
    return replace(draft, blocks=tuple(blocks))


def trimmed(draft: Draft, random: Random) -> Draft:
    """Nothing left of blanks and tabs at line ends."""

    def trim(text: str) -> str:
        return "\n".join(line.rstrip() for line in text.split("\n"))

    return replace(draft, around=(*draft.around, trim))


def text_twice(draft: Draft, random: Random) -> Draft:
    """The page as text: toolbar, report, the head of the print copy, the report again."""
    named = (f"发布时间: {draft.published}", f"来源: {draft.agency}", "字体:", "分享到:", "打印:")
    tools = "\n".join(f"  • {words}" for words in named)
    below = "上一篇：没有了\n\n相关链接\n\n网站声明 联系我们 主办单位:青禾市人民政府"

    def double(text: str) -> str:
        title, _, body = text.partition("\n")
        again = f"政府信息公开年报\n\n{title}\n\n发布时间:{draft.published}"
        return f"{title}\n\n{tools}\n{body}\n\n【编辑: 甲乙】\n\n{again}\n{body}\n\n{below}\n"

    return replace(draft, around=(*draft.around, double))


def table_names(draft: Draft, random: Random) -> Draft:
    """A line with the number of the table before each."""
    return change_blocks(
        draft,
        lambda b: (Prose(f"表{b.id[1:]}-1(1)"), b) if isinstance(b, Grid) else (b,),
    )


STEPS: dict[str, Step] = {
    f.__name__: f
    for f in (
        damaged_dates,
        doubled_year,
        misread,
        odd_characters,
        other_notice,
        bold_marks,
        encoded,
        line_ends,
        page_numbers,
        trimmed,
        text_twice,
        table_names,
    )
}
