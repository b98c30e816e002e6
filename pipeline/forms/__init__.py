"""The statutory forms as data: rows, columns, labels, identities."""

from pipeline.forms.load import forms_with, load_forms, load_indicators

__all__ = ["forms_with", "load_forms", "load_indicators"]
