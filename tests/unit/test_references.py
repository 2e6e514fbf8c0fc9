"""The next reference of a service's own."""

import pytest

from carers.domain.references import Kind, next_reference


@pytest.mark.parametrize(
    ("in_use", "expected"),
    [
        ([], "E-0001"),
        (["E-0001", "E-0007", "E-0003"], "E-0008"),
        (["E-9999"], "E-10000"),
        (["H-0042", "E-", "E-7a", "E-٣", "enquiry 12", "X-E-0009", "E-0002"], "E-0003"),
    ],
)
def test_the_next_reference_is_one_more_than_the_highest_in_use(in_use, expected):
    assert next_reference(Kind.ENQUIRY, in_use) == expected


def test_each_kind_has_its_own_letter():
    given = [next_reference(kind, ["H-0001"]) for kind in Kind]

    assert given == ["E-0001", "H-0002", "C-0001", "P-0001", "PL-0001", "N-0001", "A-0001"]
