"""The cycle collector rests while a page is read, and is left as it was."""

from __future__ import annotations

import gc

import pytest

from pipeline.collecting import at_rest


def test_the_collector_rests_and_wakes_after_an_error_too() -> None:
    seen: list[bool] = []

    def read() -> None:
        with at_rest():
            seen.append(gc.isenabled())
            raise ValueError("a page that cannot be read")

    with pytest.raises(ValueError, match="cannot be read"):
        read()

    assert (seen, gc.isenabled()) == ([False], True)


def test_a_collector_that_was_off_before_stays_off() -> None:
    gc.disable()
    try:
        with at_rest():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
