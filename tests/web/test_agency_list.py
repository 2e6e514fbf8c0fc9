"""The list of children with agencies: who is in it, how it is narrowed, and its download."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest

from carers.db import db
from carers.domain import clock
from carers.domain.children import ProviderKind
from carers.models import Provider
from tests.statements import count_of

LIST = "/agency-placements"
TODAY = clock.today()


@pytest.fixture
def agency(make, home) -> Provider:
    made: Provider = make.provider(home.service, name="Larkfield", ref="A-0001")
    return made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["C-1", "C-2"]),
        ("q=c-1", ["C-1"]),
        ("q=%25", []),
        ("kind=residential", ["C-2"]),
        ("kind=ifa&q=2", []),
        ("state=coming", ["C-3"]),
        ("state=left", ["C-5", "C-4"]),
        ("state=x&kind=y&provider=z&page=w", ["C-1", "C-2"]),
    ],
)
def test_the_list_is_narrowed_and_searched(make, home, agency, officer, asked, found):
    lodge = make.provider(home.service, name="Larch Lodge", kind=ProviderKind.RESIDENTIAL)

    def stay(ref: str, provider: Provider = agency, **given: Any) -> None:
        make.placement(provider=provider, child=make.child(home.service, ref=ref), **given)

    agency.name = "A lark"
    db.session.commit()
    stay("C-1")
    stay("C-2", lodge)
    stay("C-3", from_on=TODAY + timedelta(days=3))
    stay("C-4", until_on=date(2026, 2, 1))
    stay("C-5", until_on=TODAY)
    make.placement(home)
    make.placement(provider=make.provider(make.service(), name="Zanzibar"))

    page = officer.get(f"{LIST}?{asked}")

    assert [row[0] for row in page.rows] == found
    if not found:
        assert page.link("Show all who live with one now") == LIST


def test_it_is_narrowed_by_the_agency_and_says_so(make, home, agency, officer):
    make.placement(provider=agency)
    make.placement(provider=make.provider(home.service, name="Wren House"))

    page = officer.get(f"{LIST}?provider={agency.id}")

    assert len(page.rows) == 1
    assert page.link("remove Larkfield") == LIST
    assert "another agency" in officer.get(f"{LIST}?provider={uuid4()}").text


def test_fifty_make_a_page_and_the_download_is_of_the_whole_filter(make, home, agency, officer):
    agency.name = "=Larkfield"
    db.session.commit()
    for number in range(51):
        child = make.child(home.service, ref=f"C-{number:03}", born_on=None)
        make.placement(provider=agency, child=child)

    assert len(officer.get(LIST).rows) == 50
    page = officer.get(f"{LIST}?page=2")
    assert page.rows[0][:2] == ["C-050", "not known"]
    download = officer.get(page.link("Download all 51 (CSV)"))

    rows = list(csv.DictReader(StringIO(download.html)))
    assert len(rows) == 51
    assert (rows[0]["child"], rows[0]["agency_name"]) == ("C-000", "'=Larkfield")
    assert (rows[0]["kind"], rows[0]["in_area"], rows[0]["respite"]) == ("ifa", "", "false")


def test_a8_the_list_takes_as_many_statements_for_40_as_for_3(make, home, agency, officer):
    def more(number: int) -> None:
        for _ in range(number):
            make.placement(provider=make.provider(home.service))

    more(3)
    officer.get(LIST)
    of_three = count_of(lambda: officer.get(LIST))
    more(37)

    assert count_of(lambda: officer.get(LIST)) == of_three
