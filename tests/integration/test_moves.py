"""Moves: one home's place is freed and another's taken, both or neither; and respite beside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from carers import create_app
from carers.db import db, set_viewer, transaction
from carers.domain import clock, placing
from carers.domain.capacity import TooFewVacantPlaces
from carers.domain.children import PlacementEnd, PlaceType, Purpose
from carers.domain.errors import Busy, NotFound, RuleBroken
from carers.domain.register import Approval
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.embedded import Addresses
from carers.models import AuditEntry, Placement
from carers.services import corrections, placements, terms_corrections
from tests import server
from tests.factories import Make

ROOT = Path(__file__).resolve().parents[2]
TODAY = clock.today()
HOW: dict[str, Any] = {
    "end_reason": PlacementEnd.CARPL,
    "place_type": PlaceType.U6,
    "purpose": Purpose.SHORT_TERM,
    "seen": None,
}


def moved(stay, to, by, on=TODAY, **given: Any) -> Placement:
    assert stay.household_id is not None
    with transaction():
        return placements.move(
            stay.household_id, stay.id, **HOW | {"to_id": to.id, "on": on} | given, by=by
        )


@pytest.fixture
def homes(make):
    home = make.household(places=2)
    other = make.household(home.service, places=1)
    stay = make.placement(home)
    return stay, other, make.viewer(Role.PLACEMENTS_OFFICER, works_for=home.service)


def test_a_child_leaves_one_home_and_lives_in_another_the_same_day(make, homes):
    stay, other, by = homes

    new = moved(stay, other, by)

    assert (stay.until_on, stay.end_reason) == (TODAY, PlacementEnd.CARPL)
    assert (new.household_id, new.from_on, new.until_on) == (other.id, TODAY, None)
    assert new.child_id == stay.child_id
    subjects = select(AuditEntry.subject_id).where(AuditEntry.record_type == "placement")
    assert {stay.household_id, other.id} == set(db.session.scalars(subjects))


def test_a_move_may_lie_ahead_and_frees_and_takes_from_that_day(make, homes):
    stay, other, by = homes
    monday = TODAY + timedelta(days=5)

    moved(stay, other, by, on=monday)

    db.session.expire_all()
    assert other.capacity_on(monday - timedelta(days=1)).vacant == 1
    assert other.capacity_on(monday).vacant == 0
    assert stay.household.capacity_on(monday).vacant == 2


def test_what_stands_in_the_way_of_a_move_leaves_the_child_where_they_are(make, homes):
    stay, other, by = homes
    ended = make.household(other.service, ended_on=TODAY)
    full = make.household(other.service, places=1)
    make.placement(full)

    for to, given, refusal, field in (
        (stay.household, {}, RuleBroken, "to_id"),
        (ended, {}, RuleBroken, "to_id"),
        (full, {}, TooFewVacantPlaces, "places"),
        (other, {"on": date(2025, 12, 31)}, RuleBroken, "on"),
        (other, {"on": date(2036, 5, 2)}, RuleBroken, "on"),  # they are 18
        (other, {"places": 2}, TooFewVacantPlaces, "places"),
    ):
        with pytest.raises(refusal) as refused:
            moved(stay, to, by, **given)
        assert getattr(refused.value, "field", None) == field
        assert stay.until_on is None
    with pytest.raises(NotFound):
        moved(stay, make.household(), by)


def test_a_child_who_has_left_is_not_moved(make, homes):
    stay, other, by = homes
    moved(stay, other, by)

    with pytest.raises(placing.AlreadyEnded):
        moved(stay, make.household(other.service), by)


def respite(child, home, by, **given: Any) -> Placement:
    with transaction():
        return placements.place(
            home.id,
            **{
                "child_ref": child.ref,
                "born_on": None,
                "from_on": TODAY,
                "until_on": TODAY + timedelta(days=3),
                "place_type": PlaceType.U6,
                "purpose": Purpose.RESPITE,
                "is_respite": True,
                "seen": None,
            }
            | given,
            by=by,
        )


def test_a_respite_stay_is_beside_the_main_placement(make, homes):
    stay, other, by = homes

    away = respite(stay.child, other, by)

    assert away.respite_of_id == stay.id
    db.session.expire_all()
    assert other.capacity_on(TODAY).filled == stay.household.capacity_on(TODAY).filled == 1
    assert other.capacity_on(TODAY + timedelta(days=3)).vacant == 1


def test_a_respite_stay_needs_a_main_placement_that_goes_on_in_another_home(make, homes):
    stay, other, by = homes
    lonely = make.child(other.service)
    leaving = make.placement(make.household(other.service), until_on=TODAY + timedelta(days=2))

    for child, home, field in (
        (lonely, other, "is_respite"),
        (stay.child, stay.household, "is_respite"),
        (leaving.child, other, "until_on"),
    ):
        with pytest.raises(RuleBroken) as refused:
            respite(child, home, by)
        assert refused.value.field == field


def test_a_child_whose_respite_stay_goes_on_neither_leaves_nor_moves(make, homes):
    stay, other, by = homes
    respite(stay.child, other, by)

    with pytest.raises(placing.RespiteGoesOn):
        moved(stay, make.household(other.service), by)
    with pytest.raises(placing.RespiteGoesOn), transaction():
        placements.end(
            stay.household_id,
            stay.id,
            until_on=TODAY,
            end_reason=PlacementEnd.CARPL,
            seen=None,
            by=by,
        )
    db.session.refresh(stay)
    assert stay.until_on is None


def test_a_respite_stay_where_the_child_lives_later_is_within_no_home_of_theirs_but_the_first(
    make, homes
):
    stay, other, by = homes
    away = respite(stay.child, other, by)
    away_until = TODAY + timedelta(days=3)

    moved(stay, other, by, on=away_until)

    assert away.respite_of_id == stay.id
    with pytest.raises(placing.RespiteGoesOn), transaction():
        corrections.remove_placement(stay.household_id, stay.id, seen=None, by=by)


def test_a_child_without_a_birth_date_is_corrected_like_any_other(make, homes):
    _, other, by = homes
    stay = make.placement(other, child=make.child(other.service, born_on=None))

    with transaction():
        new = corrections.correct_placement(
            other.id,
            stay.id,
            from_on=stay.from_on,
            until_on=None,
            end_reason=None,
            place_type=PlaceType.U4,
            purpose=Purpose.LONG_TERM,
            places=1,
            seen=None,
            by=by,
        )

    assert new.place_type is PlaceType.U4


def test_a_home_without_a_full_approval_needs_no_terms(make):
    host = make.household(approval=Approval.HOST)
    by = make.viewer(Role.TEAM_MANAGER, works_for=host.service)

    with transaction():
        terms_corrections.remove(host.id, host.terms[0].id, seen=None, by=by)

    assert host.terms_on(TODAY) is None


@pytest.fixture
def committed() -> Iterator[tuple[Flask, Addresses, dict[str, Any], Viewer]]:
    """Two homes of one place, a child in each, and a third with two; committed."""
    with server.own_database() as addresses:
        app = create_app(server.config_for(addresses).for_flask() | server.FOR_TESTS)
        with app.app_context():
            set_viewer([])
            one = Make.household(places=1)
            two = Make.household(one.service, places=1)
            free = Make.household(one.service, places=2)
            stays = Make.placement(one), Make.placement(two)
            by = Make.viewer(Role.PLACEMENTS_OFFICER, works_for=one.service)
            known = {"homes": (one.id, two.id, free.id), "stays": tuple(one.id for one in stays)}
            db.session.remove()
        yield app, addresses, known, by
        with app.app_context():
            db.engine.dispose()


def living(app: Flask, by: Viewer) -> list[tuple[UUID | None, date | None]]:
    with app.app_context():
        set_viewer(by.service_ids)
        query = select(Placement.household_id, Placement.until_on).order_by(Placement.created_at)
        return list(db.session.execute(query).tuples())


MOVE_AND_WAIT = """
import json, sys, time
from datetime import date
from uuid import UUID
from carers import create_app
from carers.db import set_viewer, settle, transaction
from carers.domain.roles import Role
from carers.domain.viewer import Viewer
from carers.embedded import Addresses
from carers.services import arrivals, placements, submissions
from tests import server

addresses, home, stay, to, service, member, point = json.loads(sys.argv[1])
settings = server.config_for(Addresses(**addresses)).for_flask()
by = Viewer("U-1", "Worker", UUID(service), (UUID(service),),
            frozenset({Role.PLACEMENTS_OFFICER}), UUID(member))

def stop():
    settle()
    print("reached", flush=True)
    time.sleep(60)

if point == "between":
    arrivals.begin = lambda *_, **__: stop()
with create_app(settings).app_context():
    set_viewer(by.service_ids)
    with transaction():
        submissions.once(UUID(int=7), by=by)
        placements.move(UUID(home), UUID(stay), to_id=UUID(to), on=date(2026, 3, 1),
                        end_reason="CARPL", place_type="U6", purpose="short_term",
                        seen=None, by=by)
        stop()
"""


@pytest.mark.parametrize("point", ["between", "before the commit"])
def test_b3_a_process_killed_inside_a_move_leaves_both_halves_or_neither(committed, point):
    app, addresses, known, by = committed
    before = living(app, by)
    (home, _, free), (stay, _) = known["homes"], known["stays"]
    ids = (home, stay, free, by.service_id, by.membership_id)
    told = [asdict(addresses), *map(str, ids), point]
    command = [sys.executable, "-c", MOVE_AND_WAIT, json.dumps(told)]

    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)

    assert said == "reached\n"
    assert living(app, by) == before
    with app.app_context():
        set_viewer(by.service_ids)
        with transaction():  # both homes are free: nothing waits for a lock
            placements.move(home, stay, **HOW | {"to_id": free, "on": date(2026, 3, 1)}, by=by)
    assert living(app, by) == [(home, date(2026, 3, 1)), before[1], (free, None)]


def test_moves_that_cross_wait_for_one_another_and_never_lock_up(committed):
    """Each child to the other's full home: neither fits, and neither is told that it is busy."""
    app, _, known, by = committed
    together = Barrier(2)
    (one, two, _), stays = known["homes"], known["stays"]

    def go(home: UUID, stay: UUID, to: UUID) -> str:
        with app.app_context():
            set_viewer(by.service_ids)
            try:
                with transaction():
                    together.wait(timeout=30)
                    placements.move(
                        home, stay, **HOW | {"to_id": to, "on": date(2026, 3, 1)}, by=by
                    )
            except Busy as busy:
                return busy.sentence
            except RuleBroken as refused:
                return type(refused).__name__
            return "moved"

    with ThreadPoolExecutor(2) as threads:
        told = list(threads.map(go, (one, two), stays, (two, one)))

    assert told == ["TooFewVacantPlaces"] * 2


@pytest.mark.parametrize("change", ["correct", "remove"])
def test_a_correction_waits_for_a_respite_stay_that_is_being_placed(committed, change):
    """In another home, which it does not lock."""
    app, _, known, by = committed
    (home, _, free), (stay, _) = known["homes"], known["stays"]
    first = date(2026, 3, 1)
    shorter = HOW | {"from_on": date(2026, 1, 1), "until_on": first, "places": 1}

    def put_right() -> str:
        with app.app_context():
            set_viewer(by.service_ids)
            try:
                with transaction():
                    if change == "correct":
                        corrections.correct_placement(home, stay, **shorter, by=by)
                    else:
                        corrections.remove_placement(home, stay, seen=None, by=by)
            except RuleBroken as refused:
                return type(refused).__name__
            return "done"

    with app.app_context(), ThreadPoolExecutor(1) as thread:
        set_viewer(by.service_ids)
        child = db.session.get_one(Placement, stay).child
        with transaction():
            placements.place(
                free,
                child_ref=child.ref,
                born_on=None,
                from_on=first,
                until_on=date(2026, 3, 4),
                place_type=PlaceType.U6,
                purpose=Purpose.RESPITE,
                is_respite=True,
                seen=None,
                by=by,
            )
            told = thread.submit(put_right)
            with pytest.raises(TimeoutError):
                told.result(timeout=1)
        assert told.result(timeout=30) == "RespiteGoesOn"
