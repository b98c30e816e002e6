"""The statutory forms as data: rows, columns, labels, identities."""

from pipeline.forms.load import load_forms, load_indicators

__all__ = ["load_forms", "load_indicators"]
