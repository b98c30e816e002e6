"""The statutory forms as data: rows, columns, labels, identities."""

from pipeline.forms.load import every_table, forms_with, load_forms, load_indicators

__all__ = ["every_table", "forms_with", "load_forms", "load_indicators"]
