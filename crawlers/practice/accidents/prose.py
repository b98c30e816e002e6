"""Accidents of running text."""

from __future__ import annotations

from dataclasses import replace

from crawlers.practice.page import Block, Page, Prose


def word_spans(page: Page) -> Page:
    """Digits, 年, 月 and 日 each in a span of its own, as pasted from Word."""
    return replace(page, styles=page.styles | {"word_spans"})


def br_paragraphs(page: Page) -> Page:
    """Paragraphs and headings as bare text between line breaks, without a `<p>`."""
    return replace(page, styles=page.styles | {"br_paragraphs"})


def cut_sentence(page: Page, *, after: str) -> Page:
    """A page break inside a sentence: its two halves are paragraphs."""
    blocks: list[Block] = []
    for block in page.blocks:
        if isinstance(block, Prose) and after in block.text:
            head, tail = block.text.split(after, 1)
            blocks += [replace(block, text=head + after), replace(block, text=tail)]
        else:
            blocks.append(block)
    if len(blocks) == len(page.blocks):
        raise KeyError(f"no paragraph has {after!r} to be cut after")
    return replace(page, blocks=tuple(blocks))
