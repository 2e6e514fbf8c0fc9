"""The pages of a list, as the component that links them asks for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pages:
    """``total`` rows, ``per_page`` to a page, of which ``page`` is open."""

    total: int
    page: int
    per_page: int

    @classmethod
    def of(cls, total: int, asked: str, per_page: int) -> Pages:
        """What an address asks for; a page that is not there is the nearest one."""
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
        return cls(total, min(max(number, 1), max(-(-total // per_page), 1)), per_page)

    @property
    def pages(self) -> int:
        return max(-(-self.total // self.per_page), 1)

    @property
    def first(self) -> int:
        return (self.page - 1) * self.per_page

    @property
    def until(self) -> int:
        return self.first + self.per_page

    @property
    def has_next(self) -> bool:
        return self.page < self.pages

    @property
    def next_num(self) -> int:
        return self.page + 1

    def iter_pages(self, **_: int) -> list[int | None]:
        """The first, the last and those near; none for what is left out between."""
        near = {1, self.pages, *range(self.page - 2, self.page + 3)}
        shown: list[int | None] = []
        for number in sorted(one for one in near if 1 <= one <= self.pages):
            if shown and number - (shown[-1] or 0) > 1:
                shown.append(None)
            shown.append(number)
        return shown
