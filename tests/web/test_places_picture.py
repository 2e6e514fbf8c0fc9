"""The picture of *Places over time*: waited for, shown while it is true, and never after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.roles import Role
from carers.models import Chart
from carers.services import audit
from tests.factories import as_worker

TODAY = datetime(2025, 11, 18, 9, 10, tzinfo=clock.LONDON)
PAGE = "/insight/places-over-time"
DRAWN = "<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def home(make):
    """Of three places, one filled since June and one on hold since October."""
    home = make.household(places=3)
    make.placement(home, from_on=date(2025, 6, 1))
    make.hold(home, from_on=date(2025, 10, 30))
    return home


@pytest.fixture
def head(make, home):
    return make.viewer(Role.HEAD_OF_SERVICE, works_for=home.service)


def chart() -> Chart:
    db.session.expire_all()
    return db.session.scalars(select(Chart)).one()


def drawn(**given: object) -> None:
    """As the worker leaves the one picture that was asked for."""
    found = chart()
    with as_worker():
        for name, value in ({"wide": DRAWN, "narrow": DRAWN, "drawn_at": TODAY} | given).items():
            setattr(found, name, value)
        db.session.flush()
    db.session.commit()


def test_the_picture_is_asked_for_once_and_the_page_says_that_it_is_being_drawn(
    sign_in, head, home
):
    browser = sign_in(head)
    browser.get(PAGE)
    page = browser.get(PAGE)

    assert "The picture is being drawn. The tables below have the same figures." in page.text
    assert "taking longer" not in page.text
    assert page.all("img") == []
    assert browser.get(page.link("Look again")).text == page.text
    found = chart()
    assert found.parameters == {
        "first": "2025-04-01",
        "last": "2025-11-18",
        "population": "mainstream",
    }
    assert browser.get(f"/insight/charts/{found.id}/wide.svg").status == 404


def test_a_picture_that_is_drawn_is_shown_at_its_own_address_with_words(sign_in, head, home):
    browser = sign_in(head)
    browser.get(PAGE)
    drawn()

    page = browser.get(PAGE)

    (image,) = page.all("img")
    (narrow,) = page.all("source")
    alt = str(image.get("alt"))
    assert alt.startswith("Filled places rose by 1 while approved places stayed at 3. ")
    assert "3 approved and 0 over, of which 1 filled, 1 not available and 1 vacant" in alt
    for address in (image.get("src"), narrow.get("srcset")):
        answer = browser.get(str(address)).response
        assert answer.mimetype == "image/svg+xml"
        assert answer.get_data(as_text=True) == DRAWN
        assert answer.headers["Cache-Control"] == "private, max-age=86400, immutable"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert browser.get(f"/insight/charts/{chart().id}/huge.svg").status == 404


def test_a_picture_is_not_shown_once_any_record_has_changed(sign_in, head, home):
    browser = sign_in(head)
    browser.get(PAGE)
    drawn()

    before = audit.values_of(home)
    home.bedrooms = 3
    audit.changed(home, before, by=head, action="counted the bedrooms")
    db.session.commit()
    page = browser.get(PAGE)

    assert page.all("img") == []
    assert "The picture is being drawn." in page.text


def test_a_picture_that_is_slow_or_failed_is_said_to_be(sign_in, head, home):
    browser = sign_in(head)
    browser.get(PAGE)
    with time_machine.travel(TODAY + timedelta(minutes=2), tick=False):
        late = browser.get(PAGE)
    drawn(wide=None, narrow=None, drawn_at=None, failed_at=TODAY)
    failed = browser.get(PAGE)

    assert "is being drawn, and is taking longer than usual." in late.text
    assert "The picture could not be drawn. The tables below have the same figures." in failed.text
