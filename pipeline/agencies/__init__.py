"""Whose report: divisions with their history, agencies with their names and successions."""
