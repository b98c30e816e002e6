"""Reports -> versions."""
