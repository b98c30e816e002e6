"""What stops a stage. One bad cell or page never does: it becomes a finding."""

from __future__ import annotations


class NianbaoError(Exception):
    """Base of every error this project raises on purpose; its text is meant for people."""
