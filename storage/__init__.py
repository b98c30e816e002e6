"""BYTES AND ROWS AT REST: captures, stage files, the warehouse, its exports."""
