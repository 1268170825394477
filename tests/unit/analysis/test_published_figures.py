"""Charts, intervals and trends, against what other people's software computes."""

import json
from math import isclose
from pathlib import Path
from typing import Any

import pytest

from indicators.analysis.rates import annual_trend, byar, exact, poisson, rate_ratio, wilson
from indicators.analysis.signals import SpecialCause
from indicators.analysis.spc import Xmr, xmr

CASES = json.loads((Path(__file__).parent / "xmr_cases.json").read_text())["cases"]
SHARED = Path(__file__).parents[4] / "shared/oracles"
absent = pytest.mark.skipif(not SHARED.exists(), reason="the full sets of cases are not part of the project")
KINDS = {"byars", "wilson", "rate", "fingertips_trend", "report_change"}


def near(ours: Any, theirs: Any) -> bool:
    """Whether numbers, or rows of them, agree to nine digits; None only with None."""
    if isinstance(ours, list | tuple):
        return all(near(a, b) for a, b in zip(ours, theirs, strict=True))
    return theirs is None if ours is None else theirs is not None and isclose(ours, theirs, rel_tol=1e-9)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_chart_is_as_the_published_package_draws_it(case: dict[str, Any]) -> None:
    length = len(case["y"])

    chart = drawn(case)

    for name in ("mean", "lpl", "upl"):
        assert near(getattr(chart, name), [case[name]] * length)
    labels = {str(at): cause for at, cause in enumerate(chart.special_cause_type) if cause is not SpecialCause.NONE}
    assert labels == case["special_cause_type"]
    assert (chart.variation_latest, chart.assurance) == (case["variation_latest"], case["assurance"])


@absent
def test_all_series_of_the_full_set_agree() -> None:
    cases = [case for case in json.loads((SHARED / "xmr.json").read_text())["cases"] if not case["screen_outliers"]]
    assert len(cases) > 20

    for case in cases:
        chart, limits, labels = drawn(case), case["expected"], case["expected_mdc2023"]
        assert all(near(getattr(chart, name), limits[name]) for name in ("mean", "lpl", "upl")), case["id"]
        assert chart.special_cause_type == labels["special_cause_type"], case["id"]
        assert chart.point_type == labels["point_type"], case["id"]
        assert chart.variation_latest == labels["variation_latest"], case["id"]
        assert chart.assurance == limits["assurance"], case["id"]


def drawn(case: dict[str, Any]) -> Xmr:
    return xmr(
        case["y"],
        rebase=[case["x"].index(day) for day in case.get("rebase") or []],
        target=case["target"],
        fix_after=case["fix_after_n_points"],
        improvement=case["improvement_direction"],
    )


# --- intervals, ratios and trends


@pytest.mark.parametrize(
    ("found", "published"),
    [
        (byar(65), (50.163187710459454, 82.84913854593984)),
        (byar(1045, None, 0.998), (947.9407035610374, 1148.806160988033)),
        (byar(1, None, 0.998), (None, 9.362180217908362)),
        (wilson(65, 100), (0.5525444329688797, 0.7363575175690247)),
        (wilson(0.445, 1), (0.04381744772058822, 0.9334621276979156)),
        (exact(5, 100, 0.998), (0.00739371731917839, 0.16454745203680105)),
        (poisson(1, 100, 0.998), (0.000010005003335835344, 0.09233413476451585)),
        (poisson(20, 100, 0.998), (0.08922802365144193, 0.3808503562504191)),
    ],
)
def test_intervals_are_those_of_the_package_of_english_public_health(found: Any, published: Any) -> None:
    """The test figures of PHEindicatormethods: testdata_Byars_Wilson.xlsx and testdata_Rate.xlsx."""
    assert near(found, published)


@absent
def test_all_figures_of_the_full_set_agree() -> None:
    cases = json.loads((SHARED / "rates.json").read_text())
    assert {case["kind"] for case in cases} >= KINDS

    for case in cases:
        assert agrees(case), case


def agrees(case: dict[str, Any]) -> bool:
    match case:
        case {"kind": "byars", "x": x, "n": n, "confidence": confidence}:
            return near(byar(x, n, confidence), (case["lower"], case["upper"]))
        case {"kind": "wilson", "x": x, "n": n, "confidence": confidence}:
            return near(wilson(x, n, confidence), (case["lower"], case["upper"]))
        case {"kind": "rate", "x": x, "n": n, "confidence": confidence, "per": per}:
            lower, upper = (exact if case["method"] == "Exact" else byar)(x, n, confidence)
            assert (lower, upper) == poisson(x, n, confidence)
            return near((lower * per, upper * per), (case["lower"], case["upper"]))
        case {"kind": "fingertips_trend"}:
            found = annual_trend(case["value"], list(zip(case["lower"], case["upper"], strict=True)))
            words = case["expected"].split(" and ")[0]
            return found is not None and found.trend == words and near(found.chi2, case["chi2"])
        case {"kind": "report_change", "new": new, "old": old}:
            ratio = rate_ratio(new, None, old, None)
            ours = (ratio.ratio, ratio.lower, ratio.upper, ratio.p, poisson(new), poisson(old))
            theirs = (case["rr"], case["rr_lo"], case["rr_hi"], case["p_exact"], case["ci_new"], case["ci_old"])
            return near(ours, theirs)
    return False
