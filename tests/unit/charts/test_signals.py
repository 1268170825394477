"""The small pictures of the four signals: indicators/charts/signals.py"""

from xml.etree import ElementTree

import pytest

from indicators.analysis.signals import SpecialCause, signals
from indicators.charts.signals import LIMITS, RULES, signal_pictures

CAUSES = (SpecialCause.ABOVE, SpecialCause.SHIFT_UP, SpecialCause.RISING, SpecialCause.NEAR_UPPER)


@pytest.mark.parametrize(("rule", "cause"), list(zip(RULES, CAUSES, strict=True)), ids=CAUSES)
def test_the_values_of_a_picture_meet_its_rule_and_no_other(
    rule: tuple[str, str, tuple[float, ...]], cause: SpecialCause
) -> None:
    assert set(signals(rule[2], LIMITS)) == {SpecialCause.NONE, cause}


def test_each_picture_marks_what_stands_out_by_shape_and_stays_within_its_size() -> None:
    for picture, (title, words, values) in zip(signal_pictures(), RULES, strict=True):
        drawn = ElementTree.fromstring(picture.svg)
        spots = [(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in drawn.findall("circle")]
        squares = [(float(r.attrib["x"]), float(r.attrib["y"])) for r in drawn.findall("rect")[1:]]

        assert (picture.title, picture.words) == (title, words)
        assert len(spots) + len(squares) == len(values)
        assert squares
        assert all(0 <= x <= 234 and 0 <= y <= 114 for x, y in [*spots, *squares])


def test_screen_readers_are_told_by_the_words_alone() -> None:
    assert all(ElementTree.fromstring(p.svg).attrib["aria-hidden"] == "true" for p in signal_pictures())
