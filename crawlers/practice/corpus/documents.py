"""The corpus: `documents()` yields every document with its truth, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from crawlers.practice.corpus.catalogue import cases
from crawlers.practice.corpus.compose import compose
from crawlers.practice.corpus.families import page
from crawlers.practice.corpus.model import Case, CorpusDocument, Draft
from crawlers.practice.corpus.shapes import SHAPES


def documents() -> Iterator[CorpusDocument]:
    """Every document of the catalogue, in its order; nothing is kept."""
    return (document(case) for case in cases())


def document(case: Case) -> CorpusDocument:
    """The document of a case: bytes and truth come from the same draft."""
    draft = compose(case)
    suffix, shape = SHAPES[case.shape]
    text = shape(draft)
    if suffix == ".html":
        text = page(draft, text, case.family)
    else:
        for change in draft.around:
            text = change(text)
    return CorpusDocument(
        name=case.name,
        suffix=suffix,
        body=text.encode(draft.style.get("encoding", "utf-8")),
        truth=truth(case, draft),
        deviation=case.deviation,
        family=case.family,
        form=case.form,
        shape=case.shape,
    )


def truth(case: Case, draft: Draft) -> dict[str, object]:
    """The truth as JSON: `cells` by id, null where no number is printed."""
    return {
        "doc": {
            "title": draft.title,
            "agency": draft.agency,
            "report_year": draft.year,
            "form_version": case.form,
        },
        "cells": {id_: _json(draft.truth[id_]) for id_ in draft.truth if _printed(id_, draft)},
        "unscored": sorted(draft.unscored),
        "identity_violations": list(draft.violations),
        "deviation": case.deviation,
        "note": case.note,
        "family": case.family,
        "form": case.form,
        "shape": case.shape,
        "expects": list(draft.expects),
        "partial": draft.partial,
    }


def _printed(id_: str, draft: Draft) -> bool:
    """Whether the page has the cell's table."""
    return id_.partition(".")[0] in draft.forms


def _json(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
