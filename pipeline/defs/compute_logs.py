"""Where the stdout and stderr of Dagster's steps lie."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster._core.execution.compute_logs import redirect_to_file
from dagster._core.storage.compute_log_manager import CapturedLogContext
from dagster._core.storage.local_compute_log_manager import LocalComputeLogManager
from dagster._serdes import ConfigurableClassData


class RunLogs(LocalComputeLogManager):
    """Dagster's local log store, differing in two things.

    It lies a folder down: `dagster.yaml` can name a variable but not join a path, and each run
    would put a folder of its own beside the captures. And it copies nothing to the terminal, where
    Scrapy's log would run through the progress bars; that copy costs four processes a run besides.
    """

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> RunLogs:
        """Called by Dagster with the `config` of `compute_logs` in `dagster.yaml`."""
        base = Path(config_value["base_dir"]) / "run_logs"
        return cls(**{**config_value, "base_dir": str(base)}, inst_data=inst_data)

    @contextmanager
    def capture_logs(self, log_key: Sequence[str]) -> Iterator[CapturedLogContext]:
        """Send stdout and stderr, those of child processes too, to the files the UI shows."""
        out, err, done = (self._file(log_key, kind) for kind in ("out", "err", "complete"))
        out.parent.mkdir(parents=True, exist_ok=True)
        with redirect_to_file(sys.stdout, str(out)), redirect_to_file(sys.stderr, str(err)):
            yield CapturedLogContext(log_key)
        done.touch()

    def _file(self, log_key: Sequence[str], kind: str) -> Path:
        return Path(self.get_captured_local_path(log_key, kind))
