"""Correcting an entry: who may, and what a correction may not break."""

import pytest

from carers.domain.recording import (
    Actor,
    DecidedByRecommender,
    ForbiddenByGraph,
    ForbiddenByGuard,
    InTheFuture,
    NotByHand,
    NotTheSameEvent,
    NotYoursToRecord,
    check_correction,
)
from carers.domain.recording_details import DetailNotRight
from carers.domain.roles import Role
from tests.unit.histories import (
    TO_DECISION,
    TO_DETERMINATION,
    TO_PANEL,
    happening,
    history,
    instant,
)

NOW = instant("2021-12-01 10:00")


def actor(*roles, **facts):
    return Actor(frozenset(map(Role, roles)), **facts)


OFFICER = actor("recruitment_officer")
MANAGER = actor("team_manager")
PANEL = actor("panel_administrator")
DECIDER = actor("decision_maker")


def corrected(lines, mistaken, line, who):
    return check_correction(
        history(*lines),
        happening(mistaken),
        happening(line) if line else None,
        actor=who,
        now=NOW,
    )


def test_a_day_is_corrected_by_whoever_may_record_the_event():
    after = corrected(TO_PANEL, TO_PANEL[2], "application_received 2021-04-02T10:00", OFFICER)

    assert after.happenings[2] == happening("application_received 2021-04-02T10:00")
    assert len(after.happenings) == len(TO_PANEL)


def test_a_correction_may_not_break_what_follows():
    with pytest.raises(ForbiddenByGraph):
        corrected(TO_PANEL, TO_PANEL[2], "application_received 2021-04-02T10:01", OFFICER)
    with pytest.raises(ForbiddenByGuard, match="Record the application first"):
        corrected(TO_PANEL, TO_PANEL[2], None, OFFICER)


def test_what_was_already_broken_may_be_corrected_and_stay_so():
    loaded = (*TO_PANEL, "panel_recommended 2021-09-01 approve", "decided 2021-09-02 approve")

    assert corrected(loaded, "decided 2021-09-02 approve", "decided 2021-09-03 approve", DECIDER)


def test_an_entry_is_voided():
    assert corrected(TO_PANEL, TO_PANEL[-1], None, PANEL) == history(*TO_PANEL[:-1])


def test_an_entry_stays_the_event_it_is():
    with pytest.raises(NotTheSameEvent):
        corrected(TO_PANEL, TO_PANEL[0], "contact_attempted 2021-03-01T15:00", OFFICER)


def test_a_correction_is_as_timely_and_as_detailed_as_an_entry():
    with pytest.raises(InTheFuture):
        corrected(TO_PANEL, TO_PANEL[0], "contacted 2022-03-01", OFFICER)
    with pytest.raises(DetailNotRight):
        corrected(TO_PANEL, TO_PANEL[-1], "panel_booked 2021-08-01T10:00", PANEL)


def test_a_team_manager_corrects_any_entry_but_a_decision():
    decided = (*TO_DECISION, "decided 2021-09-08T12:00 approve")

    assert corrected(TO_PANEL, TO_PANEL[-1], None, MANAGER)
    with pytest.raises(NotYoursToRecord):
        corrected(decided, decided[-1], None, MANAGER)
    assert corrected(decided, decided[-1], None, DECIDER)
    with pytest.raises(DecidedByRecommender):
        corrected(decided, decided[-1], None, actor("decision_maker", has_recommended=True))


def test_a_determination_is_mended_only_by_a_team_manager():
    letter = TO_DETERMINATION[-1]

    with pytest.raises(NotYoursToRecord, match="Only a team manager"):
        corrected(TO_DETERMINATION, letter, "determination_sent 2021-09-11", PANEL)
    assert corrected(TO_DETERMINATION, letter, "determination_sent 2021-09-11", MANAGER)


def test_the_entry_in_the_register_is_not_corrected_here():
    approved = (*TO_DECISION, "decided 2021-09-08 approve", "approved 2021-09-08")

    with pytest.raises(NotByHand):
        corrected(approved, approved[-1], None, DECIDER)


def test_an_old_fault_does_not_stand_in_the_way():
    twice = ("stage1_started 2021-04-02", "stage1_started 2021-04-03", "contacted 2021-04-04")

    assert corrected(twice, "contacted 2021-04-04", None, OFFICER)
