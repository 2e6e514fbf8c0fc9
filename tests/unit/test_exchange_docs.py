"""The page about files names every file that can be loaded, with its columns and key."""

import re
from pathlib import Path

import pytest

from carers.exchange.tables import FILES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "exchange.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)\.csv` \|(.*)\|$", PAGE, re.MULTILINE))


def test_every_file_is_on_the_page():
    assert set(ROWS) == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_column_of_a_file_is_on_the_page_and_bold_where_it_is_required(name):
    file = FILES[name]
    columns, known_by = (cell.strip() for cell in ROWS[name].split("|"))
    required = {column.name for column in file.columns if column.is_required}

    told = [f"**{one}**" if one in required else one for one in file.names if one != "service"]

    assert sorted(columns.split(", ")) == sorted(told)
    assert known_by == ", ".join(file.key)
