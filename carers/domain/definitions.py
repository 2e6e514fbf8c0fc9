"""What each figure means, in one table: pages, downloads and the list of definitions read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """A figure's name and the sentence that says what it counts (METRICS)."""

    name: str
    sentence: str


DEFINITIONS: Mapping[str, Definition] = {
    "population": Definition(
        "Mainstream, connected persons, respite",
        "A home belongs to a population by the type in its terms of approval at the end of the "
        "day: general, specialist and early permanence are mainstream; respite and short breaks "
        "are respite. Only full approvals belong to any.",
    ),
    "opening": Definition(
        "At the start",
        "Homes approved at the end of the day before the period begins, and their places.",
    ),
    "approved": Definition(
        "Approved",
        "Homes whose approval falls inside the period, counted under their first terms, with the "
        "places they held on that day.",
    ),
    "ended": Definition(
        "Ended",
        "Homes whose approval ended inside the period, counted as they stood the day before, "
        "with the places they held then.",
    ),
    "terms_increased": Definition(
        "Terms increased",
        "Places added by new terms to homes that stay, on the day the new terms begin.",
    ),
    "terms_decreased": Definition(
        "Terms decreased",
        "Places taken away by new terms, or by a gap between terms, in homes that stay.",
    ),
    "recategorised": Definition(
        "Changed type, net",
        "Homes that came into the population by a change of type, less those that left it so. "
        "Each moves with the places it held the day before.",
    ),
    "closing": Definition(
        "At the end", "Homes approved at the end of the period’s last day, and their places."
    ),
    "net_gain": Definition(
        "Net gain",
        "Approved less ended. Changes of terms and of type are left out, so it may differ from "
        "the change between the two ends of the period.",
    ),
    "net_change": Definition(
        "Net change", "The stock at the end less the stock at the start, whatever moved it."
    ),
    "of_which_transferred_in": Definition(
        "Of which transferred in",
        "Of the homes approved, those that came from another authority or an agency.",
    ),
    "of_which_transferred_out": Definition(
        "Of which transferred out",
        "Of the homes ended, those whose ending was begun by a transfer to another authority or "
        "an agency.",
    ),
    "of_which_permanence": Definition(
        "Of which for permanence",
        "Of the homes ended, those whose carers adopted a child or became special guardians.",
    ),
    "turnover": Definition(
        "Turnover", "Homes ended in the period, as a share of those there at its start."
    ),
    "actual": Definition(
        "Actual",
        "What counts towards a target from its first day to the day asked about. For a stock, "
        "what there is at the end of that day.",
    ),
    "percent": Definition("Per cent", "The actual as a share of the target’s value."),
    "shortfall": Definition("Shortfall", "The target’s value less the actual, never below 0."),
    "state": Definition(
        "State",
        "Met once the actual reaches the value. Until then on track while it keeps the even pace "
        "of the days gone by, and behind when it does not.",
    ),
    "projected": Definition(
        "Projected",
        "The actual carried on at the pace so far to the target’s last day. It is not a forecast.",
    ),
    "last_year": Definition(
        "Last year, same point", "The same figure as it stood twelve months earlier."
    ),
    "in_house_share_of_placements": Definition(
        "In-house share of placements",
        "Of this service’s children’s fostering placements open in the period, those in its own "
        "homes, out of those in its own homes and with agencies. The type of home is that of the "
        "placement’s first day in the period.",
    ),
    "in_house_share_of_nights": Definition(
        "In-house share of nights",
        "The same counted in nights: one for each child in a home at midnight, so the first day "
        "counts and the last does not. The type of home is that of the night.",
    ),
    "connected": Definition(
        "With connected persons",
        "Homes of connected persons, temporary approvals among them, are left out of a share, "
        "or counted as the service’s own. Both are shown.",
    ),
    "assessment_time": Definition(
        "Assessment time",
        "Days from the day an application is received to the first decision to approve or not. "
        "The mean stands beside the share in time, the median and the longest, since a mean "
        "within six months can hide assessments that took longer.",
    ),
    "vacant": Definition(
        "Vacant",
        "Places in the terms in force that are neither filled nor withheld, never below 0.",
    ),
    "not_available": Definition(
        "Not available",
        "Places with no child in them that nobody can use for now, by reason.",
    ),
    "over": Definition(
        "Over",
        "Places used above the number approved, shown beside the others and never set against "
        "another home’s vacancy.",
    ),
    "capacity.approved": Definition(
        "Approved places",
        "Places in the terms in force at the end of the day. An exemption adds none: new terms do.",
    ),
    "filled": Definition(
        "Filled",
        "Places used by the placements open at the end of the day, respite stays among them. A "
        "parent and child use the places recorded for them.",
    ),
    "nights_approved": Definition(
        "Nights, approved places",
        "The approved places of each day’s end, added up over the days of the period: one place "
        "on one night is a place-night.",
    ),
    "nights_over": Definition(
        "Nights, over", "Places used above the number approved, added up night by night."
    ),
    "nights_filled": Definition(
        "Nights, filled",
        "Filled places, added up night by night. A parent and child on two places use two a night, "
        "and during a respite stay the main place and the respite place are both filled.",
    ),
    "nights_not_available": Definition(
        "Nights, not available",
        "Places that nobody could use, added up night by night and by reason: what is withheld is "
        "taken from what is left, the earliest hold first.",
    ),
    "nights_vacant": Definition(
        "Nights, vacant",
        "Vacant places, added up night by night. Approved and over together are filled, not "
        "available and vacant together, in every row.",
    ),
    "utilisation": Definition(
        "Filled of approved", "Nights filled as a share of the nights of approved places."
    ),
    "utilisation_available": Definition(
        "Filled of filled and vacant",
        "Nights filled as a share of those filled and vacant: places that nobody could use are "
        "left out.",
    ),
    "gap_in_terms": Definition(
        "Days without terms",
        "Days on which an approved home had no terms in force: it had no places then, and the type "
        "of the terms before.",
    ),
}
