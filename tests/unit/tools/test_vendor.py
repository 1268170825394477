"""Leaving GOV.UK's own marks out of its stylesheet."""

import pytest

from tools.vendor import css_rules, govuk_css, unbranded, without_source_map


def test_rules_are_read_with_their_nested_blocks() -> None:
    css = '@charset "UTF-8";a{b:c}@media print{a{b:d}e{f:g}}'

    assert list(css_rules(css)) == [
        ('@charset "UTF-8";', ""),
        ("a", "b:c"),
        ("@media print", "a{b:d}e{f:g}"),
    ]


def test_a_typeface_is_left_out() -> None:
    assert unbranded("a{b:c}@font-face{font-family:GDS Transport;src:url(x)}d{e:f}") == "a{b:c}d{e:f}"


def test_a_logo_is_left_out_wherever_it_stands() -> None:
    css = "@supports (a:b){.govuk-footer__copyright-logo:before{a:b}}@media print{.govuk-logo-dot{a:b}c{d:e}}"

    assert unbranded(css) == "@media print{c{d:e}}"


def test_text_is_set_in_arial() -> None:
    assert govuk_css("a{font-family:GDS Transport,arial,sans-serif}") == "a{font-family:Arial,Helvetica,sans-serif}\n"


def test_a_picture_that_nobody_thought_of_stops_the_vendoring() -> None:
    with pytest.raises(SystemExit, match=r"url\("):
        govuk_css("a{background:url(/assets/new.svg)}")


@pytest.mark.parametrize("comment", ["//# sourceMappingURL=a.js.map", "\n/*# sourceMappingURL=a.css.map */\n"])
def test_a_source_map_that_is_not_vendored_is_not_named(comment: str) -> None:
    assert without_source_map(f"code{comment}") == "code\n"
