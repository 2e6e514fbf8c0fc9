"""Places reserved for a search, on the pages of a home: put on hold, shown, corrected, taken."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from carers.db import db
from carers.domain import clock
from carers.domain.capacity import UnavailableReason
from carers.domain.roles import Role
from carers.models import Unavailability
from tests.browser import words
from tests.statements import count_of
from tests.typed import blank, day, held, path, placed

RESERVED = UnavailableReason.RESERVED_PLACEMENT


@pytest.fixture
def child(make, home):
    return make.child(home.service, ref="C-0412")


@pytest.fixture
def search(make, child):
    return make.search(child, ref="S-0007", needed_by=date(2026, 12, 1))


def typed(by, **given: str) -> dict[str, str]:
    return held(owner_id=str(by.viewer.membership_id), reason="reserved_placement", **given)


def holds(home) -> list[Unavailability]:
    query = select(Unavailability).where(
        Unavailability.household_id == home.id, Unavailability.superseded_by_id.is_(None)
    )
    return list(db.session.scalars(query.order_by(Unavailability.ref)))


def test_a_place_is_reserved_for_an_open_search_and_says_for_whom(home, search, supervisor):
    there = path(home, "/record-unavailability")
    form = supervisor.get(there)
    assert "For which search? (optional)" in form.text
    assert "S-0007: C-0412, needed by 1 December 2026" in form.text

    page = supervisor.submit(there, typed(supervisor, search_id=str(search.id)))

    [hold] = holds(home)
    assert hold.search_id == search.id
    [block] = page.all("li", **{"class": "c-place c-place--not_available"})
    assert "Reserved for C-0412 (search S-0007), until" in words(block)
    assert page.text.count("Reserved for C-0412 (search S-0007)") >= 2
    assert "1 place put on hold: reserved for C-0412 (search S-0007)" in page.text
    back = supervisor.get(path(home, f"/holds/{hold.id}/bring-back"))
    assert "Reserved for C-0412 (search S-0007), on hold since" in back.text


def test_nothing_is_asked_where_no_search_is_open(make, home, child, supervisor):
    make.search(child, closed_at=clock.now())
    make.search(make.child())

    form = supervisor.get(path(home, "/record-unavailability"))

    assert "For which search" not in form.text
    page = supervisor.submit(path(home, "/record-unavailability"), typed(supervisor))
    assert "1 place put on hold" in page.text


def test_a_reserved_place_need_name_no_search(home, search, supervisor):
    supervisor.submit(path(home, "/record-unavailability"), typed(supervisor, search_id=""))

    assert [hold.search_id for hold in holds(home)] == [None]


@pytest.mark.parametrize("which", ["another reason", "closed", "another service's"])
def test_a_search_that_cannot_be_chosen_is_refused_beside_it(
    make, home, child, search, supervisor, which
):
    given = {"search_id": str(search.id)}
    if which == "another reason":
        given["reason"] = "carer_break"
    elif which == "closed":
        given["search_id"] = str(make.search(child, closed_at=clock.now()).id)
    else:
        given["search_id"] = str(make.search(make.child()).id)

    page = supervisor.submit(path(home, "/record-unavailability"), typed(supervisor) | given)

    sentence = "A search goes with a reserved place only" if "reason" in given else "Select an open"
    assert sentence in page.errors["search_id"]
    assert page.all("input", id="places")[0].get("value") == "1"
    assert holds(home) == []


def correction(by, **given: str) -> dict[str, str]:
    return (
        typed(by)
        | {"what": "right", **day("from_on", date(2026, 1, 1)), **blank("until_on")}
        | given
    )


def test_a_correction_keeps_the_search_though_it_is_closed_and_changes_it(
    make, home, child, search, supervisor
):
    closed = make.search(child, ref="S-0006", closed_at=clock.now())
    hold = make.hold(home, search_id=closed.id, reason=RESERVED)
    there = path(home, f"/holds/{hold.id}/correct")
    form = supervisor.get(there)
    [chosen] = [
        one
        for one in form.all("select", id="search_id")[0].iter("option")
        if "selected" in one.attrib
    ]
    assert (chosen.get("value"), words(chosen)) == (str(closed.id), "S-0006, closed: C-0412")

    supervisor.submit(there, correction(supervisor, search_id=str(closed.id)))
    [kept] = holds(home)
    assert kept.search_id == closed.id
    assert "(search S-0006, closed)" in supervisor.get(path(home)).text
    supervisor.submit(
        path(home, f"/holds/{kept.id}/correct"), correction(supervisor, search_id=str(search.id))
    )

    assert [one.search_id for one in holds(home)] == [search.id]


def test_a_search_of_another_service_is_told_without_its_children_and_kept(make, home, supervisor):
    other = make.search(make.child(ref="C-SECRET"), ref="S-SECRET")
    hold = make.hold(home, search_id=other.id, reason=RESERVED)

    page = supervisor.get(path(home))
    form = supervisor.get(path(home, f"/holds/{hold.id}/correct"))
    assert "Reserved for a child of another service" in page.text
    assert "A search of another service" in form.text
    assert "SECRET" not in page.text + form.text
    supervisor.submit(
        path(home, f"/holds/{hold.id}/correct"), correction(supervisor, search_id=str(other.id))
    )

    assert [one.search_id for one in holds(home)] == [other.id]


def test_the_child_takes_the_place_reserved_and_another_cannot(make, home, child, search, officer):
    make.hold(home, search_id=search.id, reason=RESERVED, places=3)
    other = make.child(home.service)
    there = path(home, "/place")

    refused = officer.submit(there, placed(child_ref=other.ref, **blank("born_on")))
    assert "No place is vacant on every one of these days" in refused.errors["places"]
    page = officer.submit(there, placed(child_ref=child.ref, **blank("born_on")))

    assert "Now 3 approved + 0 over = 1 filled + 0 not available + 2 vacant" in page.text
    assert [one.until_on for one in holds(home)] == [clock.today()]


def test_a_reservation_is_shown_in_as_many_statements_as_any_hold(make, home, child, supervisor):
    make.hold(home, search_id=make.search(child).id, reason=RESERVED)
    few = count_of(lambda: supervisor.get(path(home)))
    for _ in range(2):
        made = make.search(make.child(home.service))
        make.hold(home, search_id=made.id, reason=RESERVED)

    assert count_of(lambda: supervisor.get(path(home))) == few


def test_recruitment_staff_come_to_no_page_with_a_search(make, home, search, sign_in):
    make.hold(home, search_id=search.id, reason=RESERVED)
    recruiter = sign_in(make.viewer(Role.RECRUITMENT_OFFICER, works_for=home.service))

    for page in ("", "/record-unavailability"):
        assert recruiter.get(path(home, page)).status == 403
