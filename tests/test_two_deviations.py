"""Two deviations of a page at once: what is read is right, or it is said what is not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from crawlers.practice.corpus.catalogue import cases
from crawlers.practice.corpus.documents import document
from crawlers.practice.corpus.model import Case
from crawlers.practice.model import PracticeError
from pipeline.read import read_page

ORDER = ("blanks.", "labels.", "structure.")
"""Steps change figures first, then words, then rows: each finds what it looks for."""

ALONE = {
    "structure.trimmed",  # of lines of text
    "structure.ghosts_and_blanks",  # two already
    "structure.page_around_text",
}
SWAPPED = "structure.columns_swapped"
"""Look for words that others have changed."""


def by_deviation(form: str) -> dict[str, Case]:
    return {
        case.deviation: case
        for case in cases()
        if case.form == form and case.deviation.startswith(ORDER) and case.shape == "table"
        if case.deviation not in ALONE and not case.deviation.startswith(SWAPPED)
    }


KNOWN = {form: by_deviation(form) for form in ("2019", "2021")}
PAIRS = st.sampled_from(sorted(KNOWN)).flatmap(
    lambda form: st.tuples(
        st.just(form),
        st.lists(st.sampled_from(sorted(KNOWN[form])), min_size=2, max_size=2, unique=True),
        st.sampled_from(["small", "middle", "large"]),
    )
)


@settings(max_examples=200, derandomize=True)
@given(PAIRS)
def test_no_figure_is_wrong_in_silence_under_two_deviations(
    pair: tuple[str, list[str], str],
) -> None:
    form, names, scale = pair
    both = [KNOWN[form][name] for name in sorted(names)]  # as in ORDER
    steps = tuple(step for case in both for step in case.steps)
    name = f"{form} {names} {scale}"
    try:
        own = document(replace(both[0], name=name, steps=steps, scale=scale, length=700))
    except (PracticeError, ValueError, LookupError, RuntimeError, StopIteration):
        reject()  # the first took away what the second changes

    report = read_page(own.body)
    read = {figure.id: figure.value for figure in report.figures}
    said = {finding.where for finding in report.findings}
    cells, unscored = own.truth["cells"], own.truth["unscored"]
    assert isinstance(cells, dict)
    assert isinstance(unscored, list)
    differ = {
        id_
        for id_, printed in cells.items()
        if id_ not in unscored
        if read.get(id_) != (None if printed is None else Decimal(str(printed)))
    }
    assert not [i for i in differ if not {i, i.rpartition(".")[0], i.partition(".")[0]} & said]
