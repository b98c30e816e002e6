"""Files between two stages: one JSON object a line, one line an item, in UTF-8.

They can be read with any tool, compared line by line, and outlive a renamed class. Decimals are
strings, so `521.0592` and `0.10` come back as printed; dates and times are ISO 8601.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from storage.atomic import replacing
from storage.errors import StageFileError

T = TypeVar("T")


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    """Building one takes milliseconds, using it microseconds."""
    return TypeAdapter(cast(Any, kind))


def write_stage(path: Path, items: Iterable[T]) -> int:
    """Write items of one dataclass of `pipeline.model`, one at a time, and say how many.

    The file appears whole or not at all; an error while `items` is read leaves the old file.

    Raises:
        StageFileError: an item does not fit its own declaration (a float where a Decimal belongs).
    """
    count = 0
    with replacing(path) as file:
        for count, item in enumerate(items, start=1):
            try:
                line = _adapter(cast(Hashable, type(item))).dump_json(item, warnings="error")
            except PydanticSerializationError as error:
                raise StageFileError(
                    f"{path}: item {count} is no valid {type(item).__name__} and was not written: "
                    f"{error}. The stage that made it must be mended; the old file stands."
                ) from error
            file.write(line)
            file.write(b"\n")
    return count


def read_stage(path: Path, kind: type[T]) -> Iterator[T]:
    """Read the items back, one at a time, equal to what was written.

    Raises:
        StageFileError: there is no such file, or a line is not an item of this kind.
    """
    adapter = _adapter(cast(Hashable, kind))
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise StageFileError(
            f"{path}: there is no such stage file; expected one {kind.__name__} a line. "
            "Run the stage before this one for the partition."
        ) from error
    with file:
        for number, line in enumerate(file, start=1):
            try:
                item: T = adapter.validate_json(line, extra="forbid")
            except ValidationError as error:
                raise _bad_line(path, number, kind, error) from error
            yield item


def _bad_line(path: Path, number: int, kind: type[Any], error: ValidationError) -> StageFileError:
    """Name the first thing that is wrong; a whole page of them helps nobody."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "the line"
    return StageFileError(
        f"{path}:{number}: expected a {kind.__name__} as JSON; {field}: {first['msg']} "
        f"({error.error_count()} in all). Write the file again with the stage that makes it."
    )
