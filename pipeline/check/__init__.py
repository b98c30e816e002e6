"""Report -> findings."""
