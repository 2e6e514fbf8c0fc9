"""The last line of a run, and what CI makes of a skipped end-to-end test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MADE = """
import pytest

def test_other(): pass

@pytest.mark.e2e
def test_journey(): {journey}
"""
SKIPPED = "pytest.skip('Chromium is not installed')"


def run(folder: Path, journey: str, required: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_made.py").write_text(MADE.format(journey=journey))
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = e2e\n")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, "-p", "tests.e2e_summary", str(folder)],
        cwd=ROOT,
        env={**os.environ, "CARERS_E2E_REQUIRED": required, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("journey", "required", "exit_code", "last_line"),
    [
        (SKIPPED, "0", 0, "End-to-end tests: 1 skipped: Chromium is not installed"),
        (SKIPPED, "1", 1, "End-to-end tests: 1 skipped, and so failed: Chromium is not installed"),
        ("pass", "1", 0, "End-to-end tests: 1 run, none skipped"),
    ],
)
def test_the_last_line_counts_skipped_end_to_end_tests(
    tmp_path: Path, journey: str, required: str, exit_code: int, last_line: str
):
    made = run(tmp_path, journey, required)

    assert made.stdout.splitlines()[-1] == last_line
    assert made.returncode == exit_code
