"""pytest plugin: the last line says how many end-to-end tests were skipped, and why.

With ``CARERS_E2E_REQUIRED=1``, as in CI, a skipped one fails the run.
"""

import os
from collections import Counter

import pytest


class EndToEndSummary:
    def __init__(self) -> None:
        self.passed_or_failed = 0
        self.skipped: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if "e2e" not in report.keywords:
            return
        if report.skipped:
            self.skipped[reason_of(report)] += 1
        elif report.when == "call":
            self.passed_or_failed += 1

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.skipped and required() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self, config: pytest.Config) -> None:
        if self.skipped or self.passed_or_failed:
            config.get_terminal_writer().line(self.sentence())

    def sentence(self) -> str:
        if not self.skipped:
            return f"End-to-end tests: {self.passed_or_failed} run, none skipped"
        total = sum(self.skipped.values())
        reasons = "; ".join(sorted(self.skipped))
        verdict = ", and so failed" if required() else ""
        return f"End-to-end tests: {total} skipped{verdict}: {reasons}"


def required() -> bool:
    return os.environ.get("CARERS_E2E_REQUIRED") == "1"


def reason_of(report: pytest.TestReport) -> str:
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return str(report.longrepr)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the controller hears of every worker's tests
        config.pluginmanager.register(EndToEndSummary(), "e2e-summary")
