"""Processes of our own: none outlives the one that started it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from carers.cli import processes

ROOT = Path(__file__).resolve().parents[2]
SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)"
STARTS_AND_WAITS = """
import os, sys, time
from pathlib import Path
from carers.cli import processes
child = processes.start(["sleep", "60"], folder=Path("/"), environment=dict(os.environ))
print(child.pid, flush=True)
time.sleep(60)
"""
WAITS_UNTIL_TOLD = """
import time
from carers.cli import processes
processes.stop_when_told()
try:
    print(flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("told", flush=True)
    time.sleep(0.5)
    print("done", flush=True)
"""


def run(script: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_ending_one_of_two_is_noticed_and_the_other_is_ended():
    one, other = (
        processes.start(SLEEPS, folder=ROOT, environment=dict(os.environ)) for _ in range(2)
    )
    one.terminate()

    processes.wait_for_any([one, other])
    processes.end([one, other])

    assert one.returncode == other.returncode == -signal.SIGTERM


def test_a_process_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(processes, "ENDS_WITHIN", 0.1)
    deaf = subprocess.Popen([sys.executable, "-c", DEAF], process_group=0, stdout=subprocess.PIPE)
    assert deaf.stdout is not None
    deaf.stdout.readline()

    processes.end([deaf])

    assert deaf.returncode == -signal.SIGKILL
    deaf.stdout.close()


def test_a_process_is_in_a_group_of_its_own():
    process = processes.start(SLEEPS, folder=ROOT, environment=dict(os.environ))

    assert os.getpgid(process.pid) == process.pid != os.getpgid(0)
    processes.end([process])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_process_ends_when_the_one_that_started_it_is_killed():
    parent = run(STARTS_AND_WAITS)
    child = psutil.Process(int(line_of(parent)))
    parent.kill()
    parent.communicate()

    child.wait(timeout=10)
    assert not child.is_running()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_stops_and_the_next_do_not_disturb_the_stopping(number: signal.Signals):
    process = run(WAITS_UNTIL_TOLD)
    line_of(process)

    process.send_signal(number)
    assert line_of(process) == "told"
    for again in (signal.SIGINT, signal.SIGTERM, number):
        process.send_signal(again)

    output, _ = process.communicate(timeout=10)
    assert output == "done\n"
    assert process.returncode == 0
