"""What is left out of the GOV.UK and MOJ files, and what stays."""

from pathlib import Path

import pytest

from tools.assets import FILES, IMAGES, NotOurs, bring, ours

FONT = '@font-face{font-family:"GDS Transport";src:url(/assets/fonts/light-94a07e06a1-v2.woff2)}'


def test_the_font_is_dropped_and_arial_stays():
    body = ".govuk-body{font-family:GDS Transport,arial,sans-serif}"
    css = f"/*! Copyright (c) 2011 */{FONT}{FONT}{body}"

    assert ours(css) == ".govuk-body{font-family:arial,sans-serif}"


def test_rules_of_the_crest_and_the_crown_are_dropped_inside_a_media_query_too():
    crest = ".footer{background:url(/assets/images/govuk-crest.svg)}"
    css = "@media print{.a{color:red}" + crest + "}.crown{top:0}"

    assert ours(css) == "@media print{.a{color:red}}"


def test_addresses_become_relative():
    css = ".a{background:url(/assets/images/icon-document.svg)}"

    assert ours(css) == ".a{background:url(images/icon-document.svg)}"


@pytest.mark.parametrize(
    "text", ["run();//# sourceMappingURL=a.min.js.map", "run();/*# sourceMappingURL=a.css.map */"]
)
def test_source_maps_are_not_named(text: str):
    assert ours(text) == "run();"


def fetched(modules: Path, css: str) -> None:
    """What npm would have left, with one stylesheet as given and the other files empty."""
    for name in FILES:
        (modules / name).parent.mkdir(parents=True, exist_ok=True)
        (modules / name).write_text("")
    (modules / FILES[0]).write_text(css)
    (modules / IMAGES).mkdir(parents=True)
    (modules / IMAGES / "icon-document.svg").write_text("<svg/>")
    (modules / IMAGES / "moj-logotype-crest-2024.svg").write_text("<svg/>")


def test_only_the_icons_that_the_styles_name_come_along(tmp_path: Path):
    fetched(tmp_path / "modules", ".a{background:url(/assets/images/icon-document.svg)}")

    bring(tmp_path / "modules", tmp_path / "vendor")

    assert [icon.name for icon in (tmp_path / "vendor" / "images").iterdir()] == [
        "icon-document.svg"
    ]
    assert len([file for file in (tmp_path / "vendor").iterdir() if file.is_file()]) == len(FILES)


def test_what_is_not_ours_stops_everything(tmp_path: Path):
    fetched(tmp_path / "modules", "@media print{.a{content:'Calvert'}}")

    with pytest.raises(NotOurs, match=r"govuk-frontend.min.css still has: calvert"):
        bring(tmp_path / "modules", tmp_path / "vendor")

    assert not (tmp_path / "vendor").exists()
