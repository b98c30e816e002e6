"""CAPTURE -> CHECKED, GROUPED REPORT: extract, parse, check, dedup; `read` is the path."""
