"""What an action delivers, in words."""

from datetime import date
from decimal import Decimal

import pytest

from actions.words import quantity, when


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "name", "said"),
    [
        (None, "people", "exact", "People trained", ""),
        (Decimal("1500.0000"), "pupils", "about", "Pupils at the event", "about 1,500"),
        (Decimal("45"), "per cent", "exact", "Referrals from the police", "45%"),
        (Decimal("37.5000"), "per cent", "over", "Abstinent", "over 37.5%"),
        (Decimal("700000"), "pounds", "exact", "Funding", "£700,000"),
        (Decimal("0"), "arrests", "exact", "Arrests", "0"),
        (Decimal("2"), "contractors", "exact", "Appointed in October", "2 contractors"),
    ],
)
def test_a_quantity_is_written_with_its_unit_where_the_name_does_not_say_it(
    value: Decimal | None, unit: str, qualifier: str, name: str, said: str
) -> None:
    assert quantity(value, unit=unit, qualifier=qualifier, name=name) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2017, 4, 1), date(2018, 3, 31), "year to March 2018"),
        (date(2018, 11, 28), date(2018, 11, 28), "28 November 2018"),
        (date(2019, 3, 4), date(2019, 3, 25), "4 to 25 March 2019"),
        (date(2019, 3, 30), date(2019, 4, 2), "30 March to 2 April 2019"),
        (date(2018, 12, 30), date(2019, 1, 2), "30 December 2018 to 2 January 2019"),
        (date(2017, 4, 1), None, "since April 2017"),
        (date(2017, 4, 5), None, "since 5 April 2017"),
        (None, date(2017, 4, 5), "to 5 April 2017"),
        (None, None, "not stated"),
    ],
)
def test_a_time_is_written_out(start: date | None, end: date | None, said: str) -> None:
    assert when(start, end) == said
