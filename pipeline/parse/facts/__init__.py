"""Figures stated in the prose of a report, each with its sentence and its place."""
