"""Where the stdout and stderr of Dagster's steps lie."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dagster._core.storage.local_compute_log_manager import LocalComputeLogManager
from dagster._serdes import ConfigurableClassData


class RunLogs(LocalComputeLogManager):
    """The local log store, a folder down: `dagster.yaml` can name a variable but not join a path.

    Without it, each run would put a folder of its own beside the captures and the warehouse.
    """

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> RunLogs:
        """Called by Dagster with the `config` of `compute_logs` in `dagster.yaml`."""
        base = Path(config_value["base_dir"]) / "run_logs"
        return cls(**{**config_value, "base_dir": str(base)}, inst_data=inst_data)
