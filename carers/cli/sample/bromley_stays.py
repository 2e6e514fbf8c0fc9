"""Bromley's 453 children of 2021-22: one after another, where each stayed and on which nights."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random

from carers.cli.sample.bromley_tables import BANDS, LINES, NEW_TO_CARE, NIGHTS_IN_YEAR, Line

MOVES = 20_000
KEPT_BY_FAMILY = frozenset({"adoption"})  # a child placed for adoption is not moved again
SAME_HOME = {
    "in_house_not_long_term": "in_house_long_term",
    "connected_not_long_term": "connected_long_term",
}


@dataclass
class Chain:
    """One child's placements that follow each other without a night between.

    ``days`` are the nights of the year, from nought, on which each began, and the first night
    after the last of them. Nought, where it did not begin in the year, may be any day before.
    """

    band: int
    lines: list[Line]
    days: list[int]
    is_new: bool
    is_open: bool

    def nights(self, index: int) -> int:
        return self.days[index + 1] - self.days[index]

    def free(self) -> list[int]:
        """The days that may be moved: all but the year's own beginning and end."""
        return list(range(not self.is_new, len(self.days) - self.is_open))


def chains(random: Random) -> list[Chain]:
    """Every child's, with nights that add up to the table's in every cell."""
    found: list[Chain] = []
    for band in range(len(BANDS)):
        linked = _linked(random, band)
        while not _balance(random, band, linked):
            linked = _linked(random, band)
        found += linked
    return found


def _stays(random: Random, band: int, kind: str) -> list[Line]:
    """The lines of all a band's placements of one kind, shuffled."""
    lines = [
        line for line in LINES if band in line.cells for _ in range(getattr(line.cells[band], kind))
    ]
    random.shuffle(lines)
    return lines


def _linked(random: Random, band: int) -> list[Chain]:
    """The band's placements in the order that children had them, on days not yet settled."""
    whole, left, arrived, passed = (
        _stays(random, band, kind) for kind in ("whole", "left", "arrived", "passed")
    )
    new = max(NEW_TO_CARE[band] - len(arrived), NEW_TO_CARE[band] // 3, 0)
    new = min(new, len(passed))
    arrived_new = NEW_TO_CARE[band] - new
    chains = [Chain(band, [line], [], is_new=False, is_open=True) for line in whole]
    ended = [Chain(band, [line], [], is_new=False, is_open=False) for line in left]
    ended += [Chain(band, [line], [], is_new=True, is_open=False) for line in passed[:new]]
    chains += [Chain(band, [line], [], is_new=True, is_open=True) for line in arrived[:arrived_new]]
    for line in passed[new:]:
        _tail(random, ended, line).lines.append(line)
    for line in arrived[arrived_new:]:
        chain = _tail(random, ended, line)
        chain.lines.append(line)
        chain.is_open = True
        ended.remove(chain)
        chains.append(chain)
    chains += ended
    for chain in chains:
        _scatter(random, chain)
    return chains


def _tail(random: Random, ended: list[Chain], line: Line) -> Chain:
    """Whom the next placement is for: if anybody, a child whose home becomes the long-term one."""
    may = [chain for chain in ended if chain.lines[-1].name not in KEPT_BY_FAMILY]
    stayed = [chain for chain in may if SAME_HOME.get(chain.lines[-1].name) == line.name]
    return random.choice(stayed or may)


def _scatter(random: Random, chain: Chain) -> None:
    """Any days, in order."""
    moves = len(chain.lines) - 1 + chain.is_new + (not chain.is_open)
    days = sorted(random.sample(range(1, NIGHTS_IN_YEAR), moves))
    before = [] if chain.is_new else [0]
    chain.days = [*before, *days, *([NIGHTS_IN_YEAR] if chain.is_open else [])]


def _balance(random: Random, band: int, chains: list[Chain]) -> bool:
    """Move days until the nights of every line are the table's; whether they came out.

    Each move takes nights from one line for the next, or changes when a child came or left; one
    that would leave more nights out of place than before is not made.
    """
    wrong: Counter[str] = Counter()
    for line in LINES:
        if band in line.cells:
            wrong[line.name] = -line.cells[band].nights
    for chain in chains:
        for index, line in enumerate(chain.lines):
            wrong[line.name] += chain.nights(index)
    for _ in range(MOVES):
        if not any(wrong.values()):
            return True
        chain = random.choice(chains)
        if chain.free():
            _move(random, chain, random.choice(chain.free()), wrong)
    return False


def _move(random: Random, chain: Chain, index: int, wrong: Counter[str]) -> None:
    """Move one day earlier or later, unless the nights come out worse for it."""
    lowest = chain.days[index - 1] + 1 if index else 1
    highest = chain.days[index + 1] - 1 if index + 1 < len(chain.days) else NIGHTS_IN_YEAR - 1
    by = random.choice((-1, 1)) * random.choice((1, 1, 2, 5, 20, 60))
    if not lowest <= chain.days[index] + by <= highest:
        return
    change: Counter[str] = Counter()
    if index:
        change[chain.lines[index - 1].name] += by
    if index < len(chain.lines):
        change[chain.lines[index].name] -= by
    worse = sum(abs(wrong[name] + change[name]) - abs(wrong[name]) for name in change)
    if worse <= 0:
        chain.days[index] += by
        for name, nights in change.items():
            wrong[name] += nights
