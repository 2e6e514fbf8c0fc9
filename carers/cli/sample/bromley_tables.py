"""Bromley's placements of 2021-22 by type and age, in nights (REQUIREMENTS, G-BR-08, G-BR-09).

The strategy prints placements, and weeks rounded to whole ones; the nights were found by integer
programming: every cell, line, column, group and the grand total divided by seven rounds, half up,
to what is printed, with in-house and agency nights exactly 4,518 and 4,724 weeks and connected
persons' 11,715 nights. The same search shared each cell's placements out by whether they began
before the year and went on after it, so that 328 children stand at its end and 43, 26 and 33
placements with agencies, children's homes and semi-independent providers are new (G-BR-14).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIRST_DAY = date(2021, 4, 1)
NIGHTS_IN_YEAR = 365

BANDS = ((0, 4), (5, 9), (10, 12), (13, 15), (16, 17))
NEW_TO_CARE = (12, 13, 13, 29, 26)  # children of each band whose first placement began in the year


@dataclass(frozen=True)
class Cell:
    """The placements of one type and age band: nights in the year, and how many there were."""

    nights: int
    whole: int  # from before the year until after it
    left: int  # from before the year, ended in it
    arrived: int  # began in the year, open at its end
    passed: int  # began and ended in it


@dataclass(frozen=True)
class Line:
    """A line of the printed tables: its SSDA903 place type and who provided it."""

    name: str
    place_type: str
    by: str  # in_house, connected, or the kind of provider
    cells: dict[int, Cell]  # by index of the band


LINES = (
    Line(
        "connected_long_term",
        "U1",
        "connected",
        {
            0: Cell(1139, 2, 0, 2, 0),
            1: Cell(1508, 3, 0, 2, 0),
            2: Cell(1540, 0, 0, 5, 0),
            3: Cell(991, 0, 0, 7, 0),
            4: Cell(332, 0, 0, 2, 0),
        },
    ),
    Line(
        "connected_not_long_term",
        "U3",
        "connected",
        {
            0: Cell(2194, 0, 1, 12, 10),
            1: Cell(955, 0, 3, 0, 10),
            2: Cell(1674, 0, 1, 12, 0),
            3: Cell(1070, 0, 5, 3, 0),
            4: Cell(312, 0, 0, 1, 0),
        },
    ),
    Line(
        "in_house_long_term",
        "U4",
        "in_house",
        {
            0: Cell(73, 0, 0, 0, 1),
            1: Cell(6797, 16, 0, 6, 0),
            2: Cell(4484, 11, 0, 3, 0),
            3: Cell(4211, 10, 0, 4, 0),
            4: Cell(812, 1, 0, 2, 0),
        },
    ),
    Line(
        "in_house_not_long_term",
        "U6",
        "in_house",
        {
            0: Cell(4070, 4, 0, 8, 20),
            1: Cell(3380, 0, 15, 7, 6),
            2: Cell(1569, 1, 3, 6, 0),
            3: Cell(3735, 0, 2, 19, 11),
            4: Cell(2495, 0, 3, 14, 2),
        },
    ),
    Line(
        "agency_long_term",
        "U4",
        "ifa",
        {
            0: Cell(445, 1, 0, 1, 0),
            1: Cell(4638, 12, 1, 0, 0),
            2: Cell(5735, 15, 2, 0, 0),
            3: Cell(4000, 10, 3, 0, 0),
            4: Cell(704, 0, 5, 0, 0),
        },
    ),
    Line(
        "agency_not_long_term",
        "U6",
        "ifa",
        {
            0: Cell(5095, 4, 15, 12, 0),
            1: Cell(2396, 0, 0, 17, 0),
            2: Cell(4176, 6, 12, 3, 0),
            3: Cell(4490, 0, 31, 2, 3),
            4: Cell(1389, 0, 5, 5, 0),
        },
    ),
    Line(
        "adoption",
        "A6",
        "other",
        {
            0: Cell(1877, 0, 14, 0, 0),
            1: Cell(1018, 2, 2, 0, 0),
        },
    ),
    Line(
        "childrens_home",
        "K2",
        "residential",
        {
            1: Cell(1475, 4, 0, 0, 1),
            2: Cell(2254, 2, 12, 0, 0),
            3: Cell(6072, 5, 7, 24, 0),
            4: Cell(1648, 4, 1, 0, 1),
        },
    ),
    Line(
        "family_centre",
        "R3",
        "other",
        {
            0: Cell(990, 0, 11, 0, 0),
            1: Cell(333, 0, 2, 0, 0),
        },
    ),
    Line(
        "independent_living",
        "P2",
        "other",
        {
            4: Cell(129, 0, 1, 0, 0),
        },
    ),
    Line(
        "medical",
        "R2",
        "other",
        {
            0: Cell(136, 0, 3, 0, 0),
        },
    ),
    Line(
        "other",
        "Z1",
        "other",
        {
            1: Cell(3, 0, 2, 0, 0),
            3: Cell(129, 0, 2, 0, 0),
        },
    ),
    Line(
        "own_parents",
        "P1",
        "other",
        {
            0: Cell(1522, 0, 13, 0, 0),
            1: Cell(857, 0, 9, 0, 0),
            2: Cell(221, 0, 2, 0, 0),
            3: Cell(725, 1, 3, 0, 0),
            4: Cell(1340, 1, 8, 0, 0),
        },
    ),
    Line(
        "residential_care",
        "R1",
        "residential",
        {
            3: Cell(396, 0, 2, 0, 0),
            4: Cell(277, 0, 1, 0, 0),
        },
    ),
    Line(
        "residential_school",
        "S1",
        "residential",
        {
            2: Cell(365, 1, 0, 0, 0),
            3: Cell(1068, 2, 2, 0, 0),
            4: Cell(209, 0, 1, 0, 0),
        },
    ),
    Line(
        "secure_childrens_home",
        "K1",
        "residential",
        {
            3: Cell(87, 0, 2, 0, 0),
            4: Cell(158, 0, 1, 0, 0),
        },
    ),
    Line(
        "supported_accommodation",
        "H5",
        "semi_independent",
        {
            3: Cell(872, 0, 4, 1, 3),
            4: Cell(7863, 1, 27, 29, 0),
        },
    ),
    Line(
        "youth_custody",
        "R5",
        "other",
        {
            4: Cell(312, 0, 2, 0, 0),
        },
    ),
)
