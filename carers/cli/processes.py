"""Our own processes: started together, and ended together whatever happens to this one."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

ENDS_WITHIN = 10  # seconds, before it is killed
LOOKS_EVERY = 0.1  # seconds
PR_SET_PDEATHSIG = 1


def stop_when_told() -> None:
    """Make the first SIGINT or SIGTERM a KeyboardInterrupt, and further ones nothing.

    Both are set, since a shell's background job starts with SIGINT ignored.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _told)


def start(
    arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """A process in a group of its own, so that the terminal's Ctrl-C reaches only us."""
    return subprocess.Popen(
        arguments,
        cwd=folder,
        env=environment,
        process_group=0,
        preexec_fn=_ending_with(os.getpid()) if sys.platform == "linux" else None,
    )


def wait_for_any(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    while all(process.poll() is None for process in processes):
        time.sleep(LOOKS_EVERY)


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask each to end, and kill the group of any that does not."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _told(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _ending_with(parent: int) -> Callable[[], None]:
    """Have the kernel end the child when this process dies, even if it is killed."""
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return ask
