"""Whatever is recorded, in whatever order, a case never reaches what the graph forbids."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from carers.domain.cases import fold
from carers.domain.errors import RuleBroken
from carers.domain.findings import findings
from carers.domain.graph import faults
from carers.domain.guards import LAW, broken
from carers.domain.happenings import Happening, History
from carers.domain.order import ORDER
from carers.domain.recording import Actor, allowed, check, check_correction
from carers.domain.recording_details import details
from carers.domain.recruitment import Event
from carers.domain.roles import Role
from carers.domain.stages import Reported
from carers.domain.standards import Standards
from carers.domain.step_kinds import Takes
from carers.domain.steps import CLOSINGS, STEPS
from tests.unit.histories import RECEIVED, instant

STANDARDS = Standards.of({})
EVERYBODY = Actor(frozenset(Role), is_assessor=True)
START = instant(RECEIVED)
FAR = START + timedelta(days=4000)

calm = settings(deadline=None, max_examples=60)  # the machine may be busy
events = st.sampled_from(Event)
gaps = st.timedeltas(timedelta(0), timedelta(days=40))


@st.composite
def happenings(draw):
    """An event at some instant after receipt, with a detail that may be of it."""
    event = draw(events)
    at = START + draw(gaps)
    return Happening(event, at, draw(detail_of(event, at)))


def detail_of(event, at):
    asked = STEPS[event].detail
    codes = [code.value for kind in asked.codes for code in kind]
    if asked.takes is Takes.DAY:
        return st.integers(1, 60).map(lambda days: (at + timedelta(days=days)).date().isoformat())
    return st.sampled_from(codes) if codes else st.none()


@st.composite
def walks(draw):
    """A case recorded on pages: whatever is allowed, with a detail that is offered, is taken."""
    case, now = History.of(START), START
    for _ in range(draw(st.integers(0, 20))):
        now += draw(st.timedeltas(timedelta(minutes=1), timedelta(days=40)))
        possible = allowed(case, actor=EVERYBODY, now=now)
        if not possible:
            break
        event = draw(st.sampled_from(possible))
        offered = list(details(case, event))
        detail = draw(st.sampled_from(offered) if offered else plain_detail(event, now))
        case = check(case, Happening(event, now, detail), actor=EVERYBODY, now=now)
    return case


def plain_detail(event, at):
    if STEPS[event].detail.takes is Takes.SERVICE:
        return st.just("SOUTH")
    return detail_of(event, at) if STEPS[event].detail.takes is Takes.DAY else st.none()


@calm
@given(st.lists(happenings(), max_size=25))
def test_a5_random_events_never_reach_a_state_that_the_graph_forbids(tried):
    case = History.of(START)
    for happening in tried:
        try:
            case = check(case, happening, actor=EVERYBODY, now=FAR)
        except RuleBroken:
            continue
    assert_legal(case)


@calm
@given(walks())
def test_a5_a_walk_through_what_pages_allow_breaks_neither_graph_nor_guard(case):
    assert_legal(case)
    assert set(fold(case, STANDARDS).__dict__) >= {"stage", "waits_for"}


def assert_legal(case):
    assert faults(case) == []
    assert list(broken(case, (*LAW, *ORDER))) == []
    state = fold(case, STANDARDS)
    closed_with_more_after = [
        later.event
        for earlier, later in pairwise(case)
        if earlier.event in CLOSINGS | {Event.APPROVED}
        and later.event not in {Event.REOPENED, Event.TOLD_ORALLY, Event.NOTICE_SENT}
    ]
    assert closed_with_more_after == []
    assert state.is_open is (state.closed_on is None and state.approved_on is None)
    assert state.approved_on is None or state.decision == "approve"
    assert state.closed_by is not Event.NOT_APPROVED or state.decision == "not_approve"
    assert state.decided_at is None or case.has(Event.PANEL_RECOMMENDED)


@calm
@given(walks(), st.data())
def test_a5_a_correction_that_is_taken_leaves_a_case_that_the_graph_allows(case, data):
    if not case.happenings:
        return
    mistaken = data.draw(st.sampled_from(case.happenings))
    moved = mistaken.at + data.draw(st.timedeltas(-timedelta(days=60), timedelta(days=60)))
    corrected = data.draw(
        st.sampled_from([None, Happening(mistaken.event, moved, mistaken.detail)])
    )
    try:
        after = check_correction(case, mistaken, corrected, actor=EVERYBODY, now=FAR)
    except RuleBroken:
        return
    assert_legal(after)


@calm
@given(st.lists(happenings(), max_size=20))
def test_any_events_can_be_folded_and_looked_over(loaded):
    """A load may bring anything: what it amounts to is always defined."""
    case = History.of(START, loaded)
    state = fold(case, STANDARDS)

    assert findings(case) is not None
    assert all(fault.happening in case.happenings for fault in faults(case))
    reached = [getattr(state, f"{stage}_on") for stage in Reported]
    known = [day for day in reached if day is not None]
    assert known == sorted(known)
    assert None not in reached[: list(Reported).index(state.reported) + 1]


@calm
@given(st.lists(happenings(), max_size=20, unique_by=lambda one: one.at), st.randoms())
def test_the_fold_is_the_same_in_whatever_order_events_were_typed(loaded, random):
    shuffled = random.sample(loaded, len(loaded))

    assert fold(History.of(START, shuffled), STANDARDS) == fold(
        History.of(START, loaded), STANDARDS
    )


@calm
@given(walks())
def test_one_event_after_another_comes_to_the_same_state_as_all_at_once(case):
    grown = History.of(START)
    for happening in case:
        grown = grown.with_one_more(happening)

    assert fold(grown, STANDARDS) == fold(case, STANDARDS)
