"""What makes two pictures the same one."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from carers.domain.charts import ChartKey, Recorded

ASKED = {"first": "2025-04-01", "last": "2025-11-18", "population": "mainstream"}
KEY = ChartKey(UUID(int=1), "occupancy", ASKED, Recorded(7, 5))


def test_the_order_of_what_was_asked_does_not_matter():
    turned = dict(reversed(ASKED.items()))

    assert replace(KEY, parameters=turned).id == KEY.id


@pytest.mark.parametrize(
    "other",
    [
        {"service_id": UUID(int=2)},
        {"report": "capacity"},
        {"parameters": ASKED | {"population": "all"}},
        {"recorded": Recorded(8, 5)},
        {"recorded": Recorded(7, 6)},
    ],
    ids=["service", "report", "parameters", "number", "entries"],
)
def test_anything_else_asks_for_another_picture(other):
    assert replace(KEY, **other).id != KEY.id
