"""`make screens`: every page at 1280 and 390 pixels, with an index, from a demonstration."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "screens"
WIDTHS = (1280, 390)
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
PORT = 8765


@dataclass(frozen=True)
class Screen:
    """One page: its name, whose it is, where it starts and which links lead to it from there."""

    name: str
    role: str
    path: str
    clicks: tuple[str, ...] = ()  # CSS selectors, the first match of each
    service: str = "Elmshire"
    media: Literal["screen", "print"] = "screen"


SCREENS = (
    Screen("01-today", "Recruitment officer", "/today"),
    Screen("01-today-supervising", "Supervising social worker", "/today"),
    Screen("01-today-manager", "Team manager", "/today"),
    Screen("02-enquiries", "Recruitment officer", "/enquiries"),
    Screen("02-enquiries-none", "Recruitment officer", "/enquiries?q=nobody-of-this-name"),
    Screen("02-enquiry-add", "Recruitment officer", "/enquiries/add"),
    Screen(
        "03-case-before", "Recruitment officer", "/enquiries", ("tbody a[href*='/enquiries/']",)
    ),
    Screen(
        "03-case",
        "Team manager",
        "/pipeline?view=table&stage=stage2",
        ("tbody a[href*='/enquiries/']",),
    ),
    Screen("04-pipeline-board", "Team manager", "/pipeline"),
    Screen("04-pipeline-table", "Team manager", "/pipeline?view=table"),
    Screen("04-panel", "Panel administrator", "/panel"),
    Screen("04-panel-decide", "Decision maker", "/panel", ("main a[href*='/panel/']",)),
    Screen(
        "05-household", "Supervising social worker", "/my-carers", ("main a[href*='/households/']",)
    ),
    Screen("05-all-homes", "Team manager", "/households"),
    Screen("05-add-home", "Team manager", "/households/add"),
    Screen(
        "05-extension",
        "Team manager",
        "/today",
        ("a:has-text('Extend the temporary approval')", "a[href$='/temporary-approval/extend']"),
    ),
    *(
        Screen(
            f"05-{name}",
            "Supervising social worker",
            "/my-carers",
            ("main a[href*='/households/']", f"a[href$='/{path}']"),
        )
        for name, path in (
            ("edit", "edit"),
            ("address", "address"),
            ("skill", "skills/add"),
            ("change-terms", "change-terms"),
            ("end-approval", "end-approval"),
            ("exemption", "exemptions/record"),
        )
    ),
    Screen(
        "05-cover",
        "Team manager",
        "/households",
        ("tbody a[href*='/households/']", "a[href$='/cover']"),
    ),
    Screen(
        "05-correct-approval",
        "Team manager",
        "/households",
        (
            "tbody a[href*='/households/']",
            "a[href*='history=all']",
            "a[href$='/approval/correct']",
        ),
    ),
    Screen("06-my-carers", "Supervising social worker", "/my-carers"),
    Screen(
        "06-hold",
        "Supervising social worker",
        "/my-carers",
        ("a[href$='/record-unavailability']",),
    ),
    Screen("07-vacancies", "Placements officer", "/vacancies"),
    Screen("07-on-hold", "Team manager", "/on-hold"),
    Screen("07-with-agencies", "Placements officer", "/agency-placements"),
    *(
        Screen(f"07-{name}", "Placements officer", "/agency-placements", clicks)
        for name, clicks in (
            ("place-with-agency", ("a[href$='/agency-placements/place']",)),
            ("move-from-agency", ("tbody a[href$='/move']",)),
            ("move-to-agency", ("tbody a[href$='/move']", "main a[href$='/move-to-agency']")),
            ("end-with-agency", ("tbody a[href$='/end']",)),
            ("correct-with-agency", ("tbody a[href$='/correct']",)),
        )
    ),
    Screen("07-add-agency", "Placements officer", "/agencies/add"),
    Screen("07-tonight", "Placements officer", "/vacancies/tonight"),
    Screen("07-tonight-print", "Placements officer", "/vacancies/tonight", media="print"),
    Screen(
        "07-place",
        "Placements officer",
        "/vacancies",
        ("tbody a[href*='/households/']", "a[href$='/place']"),
    ),
    Screen("09-targets", "Head of service", "/insight/targets"),
    Screen(
        "09-targets-bromley",
        "Head of service",
        "/insight/targets?year=2021-22",
        service="Bromley",
    ),
    Screen("10-places-over-time", "Head of service", "/insight/places-over-time"),
    Screen(
        "10-places-over-time-years",
        "Head of service",
        "/insight/places-over-time?first-day=1&first-month=4&first-year=2021"
        "&last-day=31&last-month=3&last-year=2025",
    ),
    Screen("12-sign-in", "", "/sign-in"),
    Screen("12-change-password", "Team manager", "/change-password"),
)


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with demonstration() as address, sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        for width in WIDTHS:
            for screen in SCREENS:
                page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
                visit(page, address, screen)
                page.emulate_media(media=screen.media)
                page.screenshot(path=FOLDER / f"{screen.name}-{width}.png", full_page=True)
                page.context.close()
        browser.close()
    write_index()
    print(f"{len(SCREENS) * len(WIDTHS)} pictures in {FOLDER.relative_to(ROOT)}/index.html")


def visit(page: Page, address: str, screen: Screen) -> None:
    page.goto(f"{address}/sign-in")
    if screen.role:
        whose = re.compile(f", {screen.role.lower()}, .*{screen.service}", re.IGNORECASE)
        page.get_by_role("button", name=whose).first.click()
    page.goto(f"{address}{screen.path}")
    for selector in screen.clicks:
        page.locator(selector).first.click()
    while (again := page.get_by_role("link", name="Look again", exact=True)).count():
        page.wait_for_timeout(500)  # the worker draws its picture
        again.click()
    page.wait_for_load_state("networkidle")


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration in a folder of its own, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="carers-screens-") as folder:
        settings = {
            "CARERS_MODE": "demonstration",
            "CARERS_INSTANCE": folder,
            "CARERS_PORT": str(PORT),
        }
        process = subprocess.Popen(  # our own command
            [sys.executable, "-m", "flask", "demo"],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            for line in process.stdout or ():
                if "Serving on" in line:
                    break
            yield f"http://127.0.0.1:{PORT}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def write_index() -> None:
    rows = "".join(
        f"<h2>{html.escape(screen.name)}</h2>"
        + "".join(f'<img src="{screen.name}-{width}.png" width="{width // 2}">' for width in WIDTHS)
        for screen in SCREENS
    )
    page = f"<!DOCTYPE html><meta charset=utf-8><title>Screens</title>{rows}"
    (FOLDER / "index.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
