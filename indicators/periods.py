"""Periods: any run of whole months, held as its first and last day.

'2017/18' is a label, never a key: one report uses it for six different twelve-months. A period is written
out in words that cannot be mistaken.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MONTHS = list(calendar.month_name)
ABBREVIATED = list(calendar.month_abbr)
# Beyond these a year is a slip of the pen, and arithmetic would leave the calendar.
FIRST_YEAR, LAST_YEAR = 1800, 2200


class NotAPeriod(ValueError):
    """The text or dates do not name a run of whole months. The message says what was expected."""


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A run of whole months, from the first day of one to the last day of the same or a later one."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start.day != 1:
            raise NotAPeriod(f"{self.start.isoformat()} is not the first day of a month.")
        if self.end != last_day(self.end.year, self.end.month):
            raise NotAPeriod(f"{self.end.isoformat()} is not the last day of a month.")
        if self.end < self.start:
            raise NotAPeriod(f"{self.end.isoformat()} is before {self.start.isoformat()}.")
        if self.start.year < FIRST_YEAR or self.end.year > LAST_YEAR:
            raise NotAPeriod(f"{self.start.year} to {self.end.year} is not within {FIRST_YEAR} to {LAST_YEAR}.")

    def __str__(self) -> str:
        return self.label

    @classmethod
    def of(cls, year: int, month: int, months: int = 1) -> "Period":
        """The run of `months` months that begins with the given one."""
        last = index(year, month) + months - 1
        return cls(date(year, month, 1), last_day(*divmod_month(last)))

    @classmethod
    def ending(cls, year: int, month: int, months: int = 12) -> "Period":
        """The run of `months` months that ends with the given one."""
        first_year, first_month = divmod_month(index(year, month) - months + 1)
        return cls.of(first_year, first_month, months)

    @property
    def months(self) -> int:
        """How many months long it is."""
        return index(self.end.year, self.end.month) - index(self.start.year, self.start.month) + 1

    def shifted(self, months: int) -> "Period":
        """The period of the same length that many months later (earlier when negative)."""
        year, month = divmod_month(index(self.start.year, self.start.month) + months)
        return Period.of(year, month, self.months)

    def overlaps(self, other: "Period") -> bool:
        return self.start <= other.end and other.start <= self.end

    def follows(self, other: "Period") -> bool:
        """Whether it begins the day after `other` ends."""
        return self.start == other.end + timedelta(days=1)

    def contains(self, other: "Period") -> bool:
        return self.start <= other.start and other.end <= self.end

    @property
    def label(self) -> str:
        """In words: 'December 2018', 'October to December 2018', '2018', 'year to January 2019', '2016 to 2018'."""
        start, end = self.start, self.end
        if self.months == 1:
            return f"{MONTHS[start.month]} {start.year}"
        if start.month == 1 and end.month == 12:
            return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
        if self.months == 12:
            return f"year to {MONTHS[end.month]} {end.year}"
        if start.year == end.year:
            return f"{MONTHS[start.month]} to {MONTHS[end.month]} {end.year}"
        return f"{MONTHS[start.month]} {start.year} to {MONTHS[end.month]} {end.year}"

    @property
    def span(self) -> str:
        """Its first and last month, always both: 'February 2018 to January 2019'."""
        first = f"{MONTHS[self.start.month]} {self.start.year}"
        return first if self.months == 1 else f"{first} to {MONTHS[self.end.month]} {self.end.year}"

    @property
    def in_words(self) -> str:
        """Its label where a sentence needs an article: 'the year to January 2019', '2018'."""
        return f"the {self.label}" if self.label.startswith("year to") else self.label

    @property
    def short(self) -> str:
        """For an axis or a narrow column: 'Dec 2018', 'Oct–Dec 2018', '2018', 'year to Jan 2019'."""
        text = self.label
        for name, short in zip(MONTHS[1:], ABBREVIATED[1:], strict=True):
            text = text.replace(name, short)
        return re.sub(r"^(\w{3}) to (\w{3}) ", r"\1–\2 ", text)


def index(year: int, month: int) -> int:
    return year * 12 + month - 1


def divmod_month(months: int) -> tuple[int, int]:
    year, month = divmod(months, 12)
    return year, month + 1


@lru_cache(maxsize=4096)
def last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


MONTH = r"([A-Za-z]{3,9})\.?"
YEAR = r"(\d{4})"
FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), form)
    for pattern, form in (
        (rf"{YEAR}", "year"),
        (rf"{YEAR} to {YEAR}", "years"),
        (rf"(?:the )?(?:year|12 months) (?:to|ending) {MONTH} {YEAR}", "year-to"),
        (rf"{MONTH} {YEAR}", "month"),
        (rf"{MONTH} to {MONTH} {YEAR}", "months"),
        (rf"{MONTH} {YEAR} to {MONTH} {YEAR}", "span"),
    )
)
EXPECTED = "Write it out, such as 'year to January 2019', '2018', 'December 2018' or 'October to December 2018'."


def parse(text: str) -> Period:
    """The period that a text writes out, in any of the forms that labels take.

    Raises NotAPeriod for anything else; '2017/18' is refused because it has many meanings.
    """
    plain = re.sub(r"\s+", " ", text.replace("–", " to ")).strip()
    if re.fullmatch(r"\d{4}\s?/\s?\d{2,4}", plain):
        raise NotAPeriod(f"'{plain}' has several meanings. {EXPECTED}")
    for pattern, form in FORMS:
        if match := pattern.fullmatch(plain):
            try:
                return build(form, match.groups())
            except NotAPeriod:
                raise
            except ValueError as wrong:
                raise NotAPeriod(f"'{plain}' is not a period. {EXPECTED}") from wrong
    raise NotAPeriod(f"'{plain}' is not a period. {EXPECTED}")


def build(form: str, parts: tuple[str, ...]) -> Period:
    match form, parts:
        case "year", (year,):
            return Period.of(int(year), 1, 12)
        case "years", (first, last):
            return Period(date(int(first), 1, 1), date(int(last), 12, 31))
        case "year-to", (month, year):
            return Period.ending(int(year), month_number(month))
        case "month", (month, year):
            return Period.of(int(year), month_number(month))
        case "months", (first, last, year):
            return Period(date(int(year), month_number(first), 1), last_day(int(year), month_number(last)))
        case _:
            first, first_year, last, last_year = parts
            start = date(int(first_year), month_number(first), 1)
            return Period(start, last_day(int(last_year), month_number(last)))


def month_number(name: str) -> int:
    """1 to 12 for a month's name or its first three letters ('Sept' too)."""
    short = name[:3].title()
    full = name.title()
    if short in ABBREVIATED[1:]:
        number = ABBREVIATED.index(short)
        if MONTHS[number].startswith(full) or (full == "Sept" and number == 9):
            return number
    raise NotAPeriod(f"'{name}' is not a month.")
