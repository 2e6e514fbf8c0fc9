"""What is wrong with one record by itself, whatever else there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from carers.domain.ages import AgeBands, BandsNotUnderstood
from carers.domain.graph import detail_fault
from carers.domain.recruitment import ServiceKind
from carers.domain.register import CarerType, PrimaryOffer
from carers.domain.segments import Segment, SegmentNotUnderstood
from carers.domain.standards import DEFAULTS
from carers.domain.targets import BUILT_MEASURES, BUILT_SHAPES
from carers.exchange import formats
from carers.exchange.columns import File
from carers.exchange.findings import Report
from carers.exchange.formats import not_a_code
from carers.exchange.records import Record, Records

Fault = tuple[str | None, str, str]  # column, what is wrong, what would be right
Check = Callable[[Record], Iterator[Fault]]

LARGEST_SETTING = 999


def check(records: Records, report: Report) -> None:
    """Every row of the folder; a void one is left out where it is not fit to be kept."""
    for record in records.taken():
        if not record.is_sound or record.row is None:
            continue
        found = list(faults(record))
        if record.is_void:
            record.is_left_out = record.is_new and (bool(found) or _lacks(record))
            continue
        for column, problem, expected in found:
            record.is_sound = False
            report.fault(record.row, column, problem, expected)


def faults(record: Record) -> Iterator[Fault]:
    yield from _ends(record.file, record)
    for one in CHECKS.get(record.file.name, ()):
        yield from one(record)


def _lacks(record: Record) -> bool:
    return any(
        column.is_required and record[column.attribute] is None for column in record.file.columns
    )


def _ends(file: File, record: Record) -> Iterator[Fault]:
    for start, end in file.ends:
        begins, ends = record[start], record[end]
        if begins is not None and ends is not None and ends < begins:
            first = formats.told(begins)
            yield end, f"before {start}, which is {first}", f"{first} or later"


def _exactly_one(one: str, other: str) -> Check:
    """Of two columns that refer to records."""

    def check_both(record: Record) -> Iterator[Fault]:
        given = [record[f"{name}_id"] is not None for name in (one, other)]
        if all(given):
            yield None, f"both {one} and {other}", f"exactly one of {one} and {other}"
        elif not any(given):
            yield None, f"neither {one} nor {other}", f"exactly one of {one} and {other}"

    return check_both


def _belongs(record: Record) -> Iterator[Fault]:
    if record["household_id"] is None and record["enquiry_id"] is None:
        yield None, "neither household nor enquiry", "household, enquiry or both"


def _parent(record: Record) -> Iterator[Fault]:
    parent = record["parent_id"]
    if parent is None:
        return
    if record["kind"] is ServiceKind.SHARED_SERVICE:
        yield "parent", "a shared service has no parent", "an empty cell"
    elif parent.is_sound and parent["kind"] is not ServiceKind.SHARED_SERVICE:
        yield "parent", "not a shared service", "the code of a shared_service"


def _offer(record: Record) -> Iterator[Fault]:
    """``family_and_friends`` goes with ``connected_person`` and only with it."""
    offer = record["primary_offer"]
    is_connected = record["carer_type"] is CarerType.CONNECTED_PERSON
    if offer is PrimaryOffer.FAMILY_AND_FRIENDS and not is_connected:
        yield (
            "primary_offer",
            "family_and_friends goes with the carer_type connected_person only",
            "another offer, or carer_type connected_person",
        )
    elif is_connected and offer not in (
        None,
        PrimaryOffer.FAMILY_AND_FRIENDS,
        PrimaryOffer.NOT_KNOWN,
    ):
        yield (
            "primary_offer",
            "not the offer of a connected_person",
            "family_and_friends, not_known or an empty cell",
        )


def _ages(record: Record) -> Iterator[Fault]:
    youngest, oldest = record["age_min"], record["age_max"]
    if youngest is not None and oldest is not None and youngest > oldest:
        yield "age_min", f"above age_max, which is {oldest}", f"{oldest} or less"


def _target(record: Record) -> Iterator[Fault]:
    measure, shape = record["measure"], record["shape"]
    if measure not in BUILT_MEASURES:
        yield "measure", "targets of this measure cannot be worked out yet", _one_of(BUILT_MEASURES)
    if shape not in BUILT_SHAPES:
        yield "shape", "targets of this shape cannot be worked out yet", _one_of(BUILT_SHAPES)
    try:
        Segment.parse(record["segment"], measure)
    except SegmentNotUnderstood as wrong:
        yield "segment", wrong.sentence, "parts NAME:CODE that apply to the measure, separated by ;"


def _one_of(codes: Any) -> str:
    return f"one of {', '.join(sorted(codes))}" if len(codes) > 1 else str(*codes)


def _setting(record: Record) -> Iterator[Fault]:
    key, value = record["key"], record["value"]
    if key not in DEFAULTS:
        yield "key", *not_a_code(key, list(DEFAULTS))
    elif value is None:
        return
    elif key == "age_bands":
        try:
            AgeBands.parse(value)
        except BandsNotUnderstood as wrong:
            yield "value", "not bands of ages", wrong.sentence
    elif not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= LARGEST_SETTING):
        expected = f"a whole number from 1 to {LARGEST_SETTING}, such as {DEFAULTS[key]}"
        yield "value", "not a whole number of that size", expected


def _detail(record: Record) -> Iterator[Fault]:
    wrong = detail_fault(record["event"], record["detail"])
    if wrong:
        yield "detail", *wrong


CHECKS: Mapping[str, tuple[Check, ...]] = {
    "services": (_parent,),
    "allocations": (_exactly_one("enquiry", "household"),),
    "settings": (_setting,),
    "targets": (_target,),
    "pipeline": (_detail,),
    "terms": (_offer, _ages),
    "people": (_belongs,),
    "placements": (_exactly_one("household", "provider"),),
}
