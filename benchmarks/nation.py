"""Which services there are in the benchmark's England, and how many records each has.

Real councils at their published sizes, and invented agencies for the rest. A service has the
same records however many others there are, so that its times can be held against one another.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from carers.domain.recruitment import ServiceKind

COUNCILS = Path(__file__).parent / "data" / "councils.csv"
COUNCILS_SHARE = 28_725 / 43_475  # of approved households, 31 March 2018 (Ofsted)
SPREAD = 0.9  # of agencies' sizes: a few are large


@dataclass(frozen=True)
class Sizes:
    """How much there is, over the five years up to the day of the run."""

    services: int = 450
    homes: int = 65_000
    placements: int = 400_000
    holds: int = 195_000
    confirmations: int = 1_300_000
    seed: int = 2026


@dataclass(frozen=True)
class ServicePlan:
    """One service, and how many records of each kind it has."""

    code: str
    name: str
    kind: ServiceKind
    homes: int
    placements: int
    holds: int
    confirmations: int


def plan(sizes: Sizes) -> list[ServicePlan]:
    """Every service, councils first, each kind from the largest to the smallest."""
    councils = _councils()[: round(sizes.services / 3)]
    agencies = _agencies(sizes.services - len(councils), random.Random(sizes.seed))  # noqa: S311
    share = sum(size for _, size in councils) / COUNCILS_SHARE * (1 - COUNCILS_SHARE)
    scale = share / sum(size for _, size in agencies)
    weights = [size for _, size in councils] + [size * scale for _, size in agencies]
    names = [name for name, _ in (*councils, *agencies)]
    counts = zip(
        shared_out(sizes.homes, weights),
        shared_out(sizes.placements, weights),
        shared_out(sizes.holds, weights),
        shared_out(sizes.confirmations, weights),
        strict=True,
    )
    kinds = [ServiceKind.LOCAL_AUTHORITY] * len(councils)
    kinds += [ServiceKind.INDEPENDENT_FOSTERING_AGENCY] * len(agencies)
    return [
        ServicePlan(f"s{number:03}", name, kind, *count)
        for number, (name, kind, count) in enumerate(zip(names, kinds, counts, strict=True), 1)
    ]


def one_in(few: int, services: Sequence[ServicePlan]) -> list[ServicePlan]:
    """Every so manieth service of each kind, the largest council among them."""
    return [one for kind in ServiceKind for one in [s for s in services if s.kind == kind][::few]]


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the total."""
    whole, so_far, given = sum(weights), 0.0, 0
    shares = []
    for weight in weights:
        so_far += weight
        shares.append(round(total * so_far / whole) - given)
        given += shares[-1]
    return shares


def _councils() -> list[tuple[str, float]]:
    with COUNCILS.open(encoding="utf-8", newline="") as file:
        sizes = [(row["name"], float(row["approved_households"])) for row in csv.DictReader(file)]
    return sorted(sizes, key=lambda council: -council[1])


def _agencies(count: int, rng: random.Random) -> list[tuple[str, float]]:
    sizes = sorted((rng.lognormvariate(0, SPREAD) for _ in range(count)), reverse=True)
    return [(f"Agency {number:03} (invented)", size) for number, size in enumerate(sizes, 1)]
