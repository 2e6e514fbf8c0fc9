"""Loads of services that share one: whose home a cell names, and whose account an email is."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from carers.exchange.findings import Counts
from carers.models import FosteringService, Membership, Placement, User
from tests import folders
from tests.folders import ask, more

SHARED = {
    "services": (
        "code,name,kind,parent\nTRI,Tri,shared_service,\nELM,Elmshire,local_authority,TRI\n"
        "OAK,Oakham,local_authority,TRI\nFAR,Farshire,local_authority,\n"
    ),
    "households": more(
        "households",
        "TRI,S-1,Shared,,,,,,2020-01-01,,",
        "OAK,O-1,Oak,,,,,,2020-01-01,,",
        "FAR,F-1,Far,,,,,,2020-01-01,,",
    ),
    "terms": more(
        "terms",
        "TRI,S-1,2020-01-01,,general,,3,,,,",
        "OAK,O-1,2020-01-01,,general,,3,,,,",
        "FAR,F-1,2020-01-01,,general,,3,,,,",
    ),
}


def test_a3_a_home_is_looked_up_in_the_service_then_its_parent_then_another_members(
    loading, tmp_path
):
    children = more("children", "ELM,C-3,,,,", "ELM,C-4,,,,")
    placements = more(
        "placements",
        "ELM,P-3,C-3,S-1,,2021-04-01,,U6,,,",
        "ELM,P-4,C-4,OAK/O-1,,2021-04-01,,U6,,,",
    )
    folder = folders.write(tmp_path, **SHARED, children=children, placements=placements)

    outcome = folders.load(loading, folder)

    assert outcome.faults == ()
    rows = ask(
        loading,
        select(Placement.ref, FosteringService.code)
        .join(FosteringService, FosteringService.id == Placement.household_service_id)
        .order_by(Placement.ref),
    )
    assert [tuple(row) for row in rows] == [("P-1", "ELM"), ("P-3", "TRI"), ("P-4", "OAK")]
    assert all(
        one.added == one.changed == 0 for one in folders.load(loading, folder).files.values()
    )


@pytest.mark.parametrize("home", ["O-1", "FAR/F-1", "OAK/O-9", "TRI/O-1"])
def test_another_services_home_is_not_found_and_nothing_of_it_is_told(loading, tmp_path, home):
    placements = more("placements", f"ELM,P-3,C-2,{home},,2021-10-01,,U6,,,")

    outcome = folders.load(loading, folders.write(tmp_path, **SHARED, placements=placements))

    (fault,) = outcome.faults
    assert (fault.file, fault.line, fault.column) == ("placements.csv", 4, "household")
    assert fault.problem == (
        "there is no row of households.csv with this ref in service ELM or in its shared service"
    )


def test_a_member_loads_alone_against_what_its_shared_service_has(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path, **SHARED))
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / "services.csv").write_text("code,name,kind\nOAK,Oakham,local_authority\n")
    (tmp_path / "children.csv").write_text("service,ref\nOAK,C-1\n")
    (tmp_path / "placements.csv").write_text(
        "service,ref,child,household,from_on,place_type\n"
        "OAK,P-1,C-1,ELM/H-1,2021-04-01,U6\nOAK,P-2,C-1,S-1,2020-06-01,U6\n"
    )

    outcome = folders.load(loading, tmp_path)

    assert [(one.file, one.line) for one in outcome.faults] == [("placements.csv", 2)]
    assert "child C-1 is in two places" in outcome.faults[0].problem


def test_what_is_wrong_with_another_services_home_is_said_without_quoting_it(loading, tmp_path):
    folders.load(loading, folders.write(tmp_path, **SHARED))
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / "services.csv").write_text("code,name,kind\nELM,Elmshire,local_authority\n")
    (tmp_path / "placements.csv").write_text(
        "service,ref,child,household,from_on,until_on,place_type\n"
        "ELM,P-9,C-2,S-1,2019-06-01,2019-07-01,U6\n"
    )
    (tmp_path / "terms.csv").write_text("service,household,from_on,until_on,carer_type,places\n")
    (tmp_path / "confirmations.csv").write_text(
        "service,household,at,vacant\nELM,S-1,2021-06-01,1\n"
    )

    (fault,) = folders.load(loading, tmp_path).faults
    (tmp_path / "placements.csv").unlink()
    (finding,) = folders.load(loading, tmp_path).findings

    assert fault.problem == "a child is there while household S-1 is not approved"
    assert fault.expected == "days on which it is approved"
    assert finding.finding == ("household S-1 has another number vacant by the records of that day")


def test_one_email_in_two_services_is_one_account_with_two_memberships(loading, tmp_path):
    users = more("users", "OAK,A-1,Ann Worker,Ann@Example.org,auditor")

    folders.load(loading, folders.write(tmp_path, **SHARED, users=users))

    rows = ask(loading, select(Membership.user_id, User.password_hash).join(Membership.user))
    assert len(rows) == 3
    assert len({row.user_id for row in rows}) == 2
    assert {row.password_hash for row in rows} == {None}


def test_an_email_that_changes_keeps_the_account_unless_it_is_used_elsewhere(loading, tmp_path):
    users = more("users", "OAK,A-1,Ann Worker,ann@example.org,auditor")
    folders.load(loading, folders.write(tmp_path, **SHARED, users=users))
    before = ask(loading, select(Membership.ref, Membership.user_id))
    moved = users.replace("bob@example.org", "rob@example.org").replace(
        "W-1,Ann Worker,ann@example.org", "W-1,Ann Worker,anne@example.org"
    )

    folders.load(loading, folders.write(tmp_path, **SHARED, users=moved))

    was = {row.ref: row.user_id for row in before}
    rows = ask(
        loading, select(Membership.ref, Membership.user_id, User.email).join(Membership.user)
    )
    now = {row.ref: (row.user_id, row.email) for row in rows}
    assert now["W-2"] == (was["W-2"], "rob@example.org")
    assert now["A-1"] == (was["A-1"], "ann@example.org")
    assert now["W-1"][1] == "anne@example.org"
    assert now["W-1"][0] != was["W-1"]
    assert folders.load(loading, tmp_path).files["users.csv"] == Counts(unchanged=3)


def test_both_of_a_persons_services_may_change_the_email_together(loading, tmp_path):
    users = more("users", "OAK,A-1,Ann Worker,ann@example.org,auditor")
    folders.load(loading, folders.write(tmp_path, **SHARED, users=users))
    moved = users.replace("ann@example.org", "anne@example.org")

    folders.load(loading, folders.write(tmp_path, **SHARED, users=moved))

    rows = ask(loading, select(User.email).order_by(User.email))
    assert [row.email for row in rows] == ["anne@example.org", "bob@example.org"]
