"""A process that does not outlive the one that started it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Sequence

TICK = 1.0
"""Seconds between two looks at the parent."""


def end_with(parent: int, graces: Sequence[float] = (15.0, 5.0)) -> None:
    """Start watching: once `parent` is gone, end this process and the group it heads.

    A worker that is killed with SIGKILL can end nobody; the kernel then gives its children to
    another parent, and that can be seen. The order is that of `ChildProcess`: interrupt, wait,
    interrupt, wait, kill.
    """
    threading.Thread(target=_watch, args=(parent, graces), daemon=True).start()


def _watch(parent: int, graces: Sequence[float]) -> None:
    while os.getppid() == parent:
        time.sleep(TICK)
    for seconds in graces:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(seconds)
    if os.getpgrp() == os.getpid():  # only a group of our own, never the shell's
        os.killpg(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
