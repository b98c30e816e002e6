"""Exports: each writes files into a folder and names them. To add one: a module, a line here."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Engine

from storage.exports.csv import export_csv

Export = Callable[[Engine, Path], list[Path]]

EXPORTS: Mapping[str, Export] = {"csv": export_csv}
"""By the name that the command and the assets use."""
