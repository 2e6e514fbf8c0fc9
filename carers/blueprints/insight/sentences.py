"""What *Targets and net gain* finds, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from carers import filters
from carers.blueprints.insight.gathered import Gathered
from carers.blueprints.insight.presenters import number, with_sign
from carers.domain.period import Days
from carers.domain.shares import half_up
from carers.domain.targets import State


def finding(of: Gathered) -> str:
    """The one sentence at the top: the target first, then growth in both units."""
    approved = _beside_target(of, of.headline) if of.headline else _without_target(of)
    return f"{approved} {_growth(of)}"


def _without_target(of: Gathered) -> str:
    homes = of.this.figures["households"]
    approved = filters.count(homes["approved"], "household")
    return f"{approved} approved and {number(homes['ended'])} ended."


def _beside_target(of: Gathered, target: Mapping[str, Any]) -> str:
    said = f"{number(target['actual'])} of {number(target['target'])} households approved"
    if target["state"] is State.MET:
        return f"{said}: the target is met."
    if of.is_over:
        return f"{said}: {number(target['shortfall'])} short."
    pace = number(_pace(of, target))
    keeping = "behind" if target["state"] is State.BEHIND else "on or above"
    course = number(half_up(target["projected"], 0))
    return f"{said}: {keeping} the pace of {pace}, and on course for {course}."


def _pace(of: Gathered, target: Mapping[str, Any]) -> Any:
    whole = Days(target["first_day"], target["last_day"]).count
    return half_up(Fraction(target["target"]) * of.days.count / whole, 0)


def _growth(of: Gathered) -> str:
    homes = of.this.figures["households"]["net_gain"]
    places = of.this.figures["places"]["net_gain"]
    verb = "was" if of.is_over else "so far is"
    if homes > 0 and places > 0:
        but = "but only" if places < homes else "and"
        return f"Net gain {verb} {_so_many(homes, places, but)}."
    units = f"{with_sign(homes)} in households and {with_sign(places)} in places"
    return f"Net gain {verb} {units}."


def _so_many(homes: int, places: int, joined: str) -> str:
    return f"{filters.count(homes, 'household')} {joined} {filters.count(places, 'place')}"


def chart_title(of: Gathered) -> str:
    """What the year's line shows."""
    approved = of.this.figures["households"]["approved"]
    before = of.same_point.figures["households"]["approved"]
    target = of.headline
    if target is None:
        return f"{filters.count(approved, 'approval')}, {number(before)} at this point last year"
    planned = number(target["target"])
    if of.is_over:
        return f"{filters.count(approved, 'approval')} of the {planned} planned"
    course = filters.count(int(half_up(target["projected"], 0)), "approval")
    return f"On course for {course} of the {planned} planned"


def chart_line(of: Gathered) -> str:
    """What is drawn."""
    approved = of.this.figures["households"]["approved"]
    before = of.same_point.figures["households"]["approved"]
    first = f"{of.year.first.day} {of.year.first:%B}"
    when = "in the year" if of.is_over else "now"
    point = "the year before" if of.is_over else "at this point last year"
    return (
        f"Households approved since {first}, added up: {number(approved)} {when},"
        f" {number(before)} {point}"
    )


def bridge_title(of: Gathered) -> str:
    homes = of.this.figures["households"]["net_gain"]
    places = of.this.figures["places"]["net_gain"]
    return f"Net gain: {_more(homes, 'household')}, {_more(places, 'place')}"


def _more(by: int, unit: str) -> str:
    if by == 0:
        return f"as many {unit}s"
    return filters.count(abs(by), f"{'more' if by > 0 else 'fewer'} {unit}")


def sizes(of: Gathered) -> str:
    """How many places those that came and those that left held, on average."""
    homes, places = of.this.figures["households"], of.this.figures["places"]
    ended = _held(homes["ended"], places["ended"], "that ended held")
    approved = _held(homes["approved"], places["approved"], "approved hold")
    said = [one for one in (ended, approved) if one]
    return " ".join(said) or "No home was approved or ended in these dates."


def _held(homes: int, places: int, verb: str) -> str:
    if not homes:
        return ""
    each = half_up(Fraction(places, homes))
    if homes == 1:
        return f"The home {verb.replace('hold', 'holds')} {filters.count(places, 'place')}."
    return f"The {homes} homes {verb} {filters.count(places, 'place')}, {each} each."
