"""Searches from files, and the places withheld that name one."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from carers.domain.clock import at
from carers.exchange.findings import Counts, Finding
from carers.models import AuditEntry, Child, Placement, Search, Unavailability
from tests import folders
from tests.folders import ask, changed, more

HEADER = "service,ref,children,opened_at,needed_by,needs,closed_at,outcome,placement,reason\n"
OPEN = "ELM,S-1,C-1;C-2,2021-05-01T09:30,2021-06-01,babies;sibling_groups,,,,\n"
CLOSED = "ELM,S-2,C-1,2021-03-01,,,2021-04-01,placed_in_house,P-1,\n"
RESERVED = changed("unavailability", "carer_break,,", "reserved_placement,S-1,")
FILES = {"searches": HEADER + OPEN + CLOSED, "unavailability": RESERVED}


def test_a_search_and_the_place_reserved_for_it_load_and_load_again_unchanged(loading, tmp_path):
    folder = folders.write(tmp_path, **FILES)

    outcome = folders.load(loading, folder)

    assert (outcome.faults, outcome.findings) == ((), ())
    assert outcome.files["searches.csv"] == Counts(added=2)
    refs = dict(ask(loading, select(Child.id, Child.ref)))
    [[first], [second]] = ask(loading, select(Search).order_by(Search.ref))
    assert [refs[one] for one in first.child_ids] == ["C-1", "C-2"]
    assert (first.opened_at, first.needed_by) == (
        at(date(2021, 5, 1)).replace(hour=9, minute=30),
        date(2021, 6, 1),
    )
    assert (first.needs, first.closed_at, first.outcome) == (
        ["babies", "sibling_groups"],
        None,
        None,
    )
    assert (second.closed_at, second.outcome) == (at(date(2021, 4, 1)), "placed_in_house")
    assert placement_of(loading, "S-2") == "P-1"
    assert search_of_hold(loading) == "S-1"
    again = folders.load(loading, folder)
    assert all(one.added == one.changed == 0 for one in again.files.values())


def placement_of(loading, ref: str) -> str:
    query = select(Placement.ref).join(Search, Search.placement_id == Placement.id)
    [[found]] = ask(loading, query.where(Search.ref == ref))
    return str(found)


def search_of_hold(loading) -> str:
    query = (
        select(Search.ref)
        .join(Unavailability, Unavailability.search_id == Search.id)
        .where(Unavailability.superseded_by_id.is_(None))
    )
    [[found]] = ask(loading, query)
    return str(found)


def test_a_changed_search_is_changed_where_it_stands_and_audited(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path, **FILES))
    closed = OPEN.replace(",,,,\n", ",2021-06-02T10:00,no_home_found,,skill\n")

    outcome = folders.load(
        loading, folders.write(tmp_path, **FILES | {"searches": HEADER + closed + CLOSED})
    )

    assert outcome.files["searches.csv"] == Counts(changed=1, unchanged=1)
    query = select(AuditEntry.action, AuditEntry.after).where(AuditEntry.record_type == "search")
    [after] = [told for action, told in ask(loading, query) if action == "changed by a load"]
    assert (after["outcome"], after["reason"]) == ("no_home_found", "skill")


def test_a_corrected_hold_keeps_its_search_and_a_corrected_placement_keeps_its(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path, **FILES))
    changes = {
        "placements": changed("placements", "H-1,,2021-04-01,,U6", "H-1,,2021-04-01,,U4"),
        "unavailability": "service,household,ref,expected_until_on\nELM,H-1,U-1,2021-07-30\n",
    }

    outcome = folders.load(loading, folders.write(tmp_path, **FILES | changes))

    assert outcome.files["unavailability.csv"] == Counts(changed=1)
    assert search_of_hold(loading) == "S-1"
    again = folders.load(loading, folders.write(tmp_path, **FILES | changes))
    assert all(one.added == one.changed == 0 for one in again.files.values())


def test_an_emptied_search_is_no_reservation_any_more(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path, **FILES))

    folders.load(loading, folders.write(tmp_path))

    query = select(Unavailability.search_id).where(Unavailability.superseded_by_id.is_(None))
    assert ask(loading, query) == [(None,)]


@pytest.mark.parametrize("reason", ["reserved_placement", "reserved_short_breaks", "carer_break"])
@pytest.mark.parametrize("search", ["", "S-1"])
def test_any_reason_goes_with_a_search_and_a_reserved_place_needs_none(
    loading, tmp_path, reason, search
):
    hold = changed("unavailability", "carer_break,,", f"{reason},{search},")

    outcome = folders.load(loading, folders.write(tmp_path, **FILES | {"unavailability": hold}))

    assert (outcome.written, outcome.findings) == (True, ())


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        (
            OPEN.replace("C-2", "C-9"),
            "children",
            "there is no row of children.csv with this ref in service ELM",
        ),
        (OPEN.replace("C-1;C-2", ""), "children", "empty, and required"),
        (OPEN.replace("C-1;C-2", ";"), "children", "empty, and required"),
        (OPEN.replace("2021-05-01T09:30", ""), "opened_at", "empty, and required"),
        (OPEN.replace("S-1", ""), "ref", "empty, and required"),
        (OPEN.replace("2021-06-01", "June"), "needed_by", "not a date"),
        (OPEN.replace("babies", "baby"), "needs", "“baby” is not a code of this column"),
        (
            CLOSED.replace("placed_in_house", "placed"),
            "outcome",
            "“placed” is not a code of this column",
        ),
        (CLOSED.replace("P-1,", "P-1,cost"), "reason", "“cost” is not a code of this column"),
        (
            CLOSED.replace("P-1", "P-9"),
            "placement",
            "there is no row of placements.csv with this ref in service ELM",
        ),
        (
            CLOSED.replace("2021-04-01", "2021-02-28T23:59"),
            "closed_at",
            "before opened_at, which is 2021-03-01T00:00+00:00",
        ),
        (OPEN + OPEN, "ref", "the same ref as in line 2"),
    ],
)
def test_what_is_wrong_with_a_search_is_a_fault(loading, tmp_path, row, column, problem):
    outcome = folders.load(loading, folders.write(tmp_path, searches=HEADER + row))

    [fault] = outcome.faults
    assert (fault.file, fault.column, fault.problem) == ("searches.csv", column, problem)


def test_a_search_closes_on_the_moment_it_was_opened_at_the_earliest(loading, tmp_path):
    row = CLOSED.replace("2021-04-01", "2021-03-01")

    assert folders.load(loading, folders.write(tmp_path, searches=HEADER + row)).written


def test_a_search_of_another_service_is_not_found(loading, tmp_path):
    outcome = folders.load(
        loading,
        folders.write(
            tmp_path,
            **FILES
            | {"searches": HEADER + CLOSED + OPEN.replace("ELM", "OAK").replace(";C-2", "")},
            services=more("services", "OAK,Oakshire,local_authority,,E10000098"),
            children=more("children", "OAK,C-1,,,,"),
        ),
    )

    [fault] = outcome.faults
    assert (fault.file, fault.column, fault.value) == ("unavailability.csv", "search", "S-1")
    assert fault.problem == "there is no row of searches.csv with this ref in service ELM"


def test_a_search_at_fault_does_not_blame_the_hold_that_names_it(loading, tmp_path):
    row = OPEN.replace("S-1,C-1", "S-1" + "1" * 200 + ",C-1")

    outcome = folders.load(loading, folders.write(tmp_path, **FILES | {"searches": HEADER + row}))

    assert [(one.file, one.column) for one in outcome.faults] == [("searches.csv", "ref")]


def test_a_search_closed_without_an_outcome_is_a_finding(loading, tmp_path):
    row = CLOSED.replace("placed_in_house", "")

    outcome = folders.load(loading, folders.write(tmp_path, searches=HEADER + OPEN + row))

    sentence = "search S-2 was closed without an outcome"
    assert outcome.findings == (Finding("searches.csv", 3, "outcome", "", sentence),)


VOID = changed("placements", "2021-04-01,,U6,,,\n", "2021-04-01,,U6,,,true\n")


def test_a_search_may_not_name_a_void_placement(loading, tmp_path):
    outcome = folders.load(loading, folders.write(tmp_path, **FILES, placements=VOID))

    [fault] = outcome.faults
    assert (fault.file, fault.line, fault.column) == ("searches.csv", 3, "placement")
    assert fault.problem == "placement P-1, which search S-2 names, is void"


def test_a_placement_that_a_known_search_names_may_not_be_voided(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path, **FILES))

    outcome = folders.load(loading, folders.write(tmp_path, placements=VOID))

    [fault] = outcome.faults
    assert (fault.file, fault.line, fault.column) == ("placements.csv", 2, None)
    assert fault.problem == "placement P-1, which search S-2 names, is void"


def test_a_hold_that_is_void_is_not_asked_for_its_search(loading, tmp_path):
    hold = changed(
        "unavailability",
        "carer_break,,W-2,2021-06-01,2021-06-30,,",
        "carer_break,S-9,W-2,2021-06-01,2021-06-30,,true",
    )

    assert folders.load(loading, folders.write(tmp_path, unavailability=hold)).written


def test_a_member_reserves_a_place_in_a_home_of_its_shared_service(loading, tmp_path):
    folder = folders.write(
        tmp_path,
        services="code,name,kind,parent\nTRI,Tri,shared_service,\nELM,Elmshire,local_authority,TRI\n",
        households=more("households", "TRI,H-8,The Elms,,,,EL8 8AA,3,2020-01-01,,"),
        terms=more("terms", "TRI,H-8,2020-01-01,,general,,2,,,,"),
        searches=HEADER + OPEN,
        unavailability=RESERVED.replace("H-1", "H-8"),
    )

    outcome = folders.load(loading, folder)

    assert (outcome.faults, search_of_hold(loading)) == ((), "S-1")
    again = folders.load(loading, folder)
    assert all(one.added == one.changed == 0 for one in again.files.values())
    [[reserved_in]] = ask(loading, select(Unavailability.service_id))
    [[searched_by]] = ask(loading, select(Search.service_id))
    assert reserved_in != searched_by
