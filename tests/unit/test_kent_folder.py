"""The folder of Kent's agreement of 2018/19: complete, consistent, and every figure of the report accounted for."""

import csv
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from accounts.loading import read_partners
from accounts.toml_files import Mistakes
from actions.loading import read_actions
from indicators.entries import IndicatorEntry, StatedEntry
from indicators.loading import Definitions, read_definitions
from indicators.models import Observation
from indicators.periods import Period
from priorities.figures import references
from priorities.loading import Plan, read_plan

FOLDER = Path(__file__).parents[2] / "fixtures" / "kent-2018-19"
SHARED = Path(__file__).parents[3] / "shared"
FORCE, COUNTY, ENGLAND_AND_WALES = "E23000032", "E10000016", "K04000001"
Row = dict[str, str]


@pytest.fixture(scope="module")
def everything() -> tuple[Definitions, Plan, list[Any], set[str]]:
    mistakes = Mistakes()
    partners = {partner.slug for partner in read_partners(FOLDER, mistakes)}
    definitions = read_definitions(FOLDER, partners, mistakes)
    plan = read_plan(FOLDER, definitions, mistakes)
    actions = read_actions(FOLDER, plan, partners, definitions.edition_slugs, mistakes)
    mistakes.refuse()
    return definitions, plan, actions, partners


@pytest.fixture(scope="module")
def definitions(everything: Any) -> Definitions:
    return everything[0]


@pytest.fixture(scope="module")
def plan(everything: Any) -> Plan:
    return everything[1]


@pytest.fixture(scope="module")
def actions(everything: Any) -> list[Any]:
    return everything[2]


def rows(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def observations() -> list[Row]:
    return [
        row for path in sorted((FOLDER / "observations").glob("*.csv")) for row in rows(f"observations/{path.name}")
    ]


def report() -> dict[tuple[str, str, str, str], Row]:
    return {key(row): row for row in rows("observations/march-2019-report.csv")}


def key(row: Row) -> tuple[str, str, str, str]:
    return row["indicator"], row["area_code"], row["period_start"], row["period_end"]


def value(indicator: str, area: str, end: str, months: int = 12) -> Decimal:
    last = date.fromisoformat(end)
    period = Period.ending(last.year, last.month, months)
    return Decimal(report()[indicator, area, period.start.isoformat(), period.end.isoformat()]["value"])


# --- the agreement


def test_the_seven_priorities_stand_in_the_order_of_the_agreement(plan: Plan) -> None:
    assert [entry.slug for entry in sorted(plan.priorities, key=lambda entry: entry.number)] == [
        "domestic-abuse",
        "road-safety",
        "anti-social-behaviour",
        "substance-misuse",
        "serious-and-organised-crime",
        "safeguarding-vulnerable-people",
        "preventing-extremism-and-hate",
    ]


def test_each_priority_has_its_actions(actions: list[Any]) -> None:
    counts = {"da": 4, "rs": 3, "ab": 3, "sm": 5, "so": 5, "sv": 6, "pe": 4}

    keys = [action.key for action in actions]

    assert keys == [f"{prefix}{number}" for prefix, count in counts.items() for number in range(1, count + 1)]


def test_a_lead_and_a_status_stand_only_where_the_report_states_them(actions: list[Any]) -> None:
    assert {action.key: action.lead for action in actions if action.lead} == {"so3": "kcc"}
    assert {action.progress["2019-03"].status for action in actions} == {"not-stated"}


def test_every_action_names_partners_and_has_progress_of_one_to_four_sentences(actions: list[Any]) -> None:
    for action in actions:
        text = action.progress["2019-03"].text
        assert action.partners, action.key
        assert 1 <= len(re.findall(r"[.:?](?= |$)", text)) <= 5, action.key


def test_every_partner_that_is_listed_does_something(everything: Any) -> None:
    definitions, _, actions, partners = everything
    owning = {name for entry in definitions.indicators for name in (entry.owner, entry.checker)}

    assert partners == {slug for action in actions for slug in action.partners} | owning


def test_safeguarding_and_organised_crime_say_why_they_have_no_indicator(plan: Plan) -> None:
    without = {
        entry.slug: {use.role for use in entry.indicators} for entry in plan.priorities if entry.no_indicator_reason
    }

    assert without == {"safeguarding-vulnerable-people": set(), "serious-and-organised-crime": {"context"}}


def test_every_priority_and_the_introduction_have_a_summary(plan: Plan) -> None:
    assert {summary.priority for summary in plan.summaries} == {"", *plan.priority_slugs}
    assert all(150 <= len(summary.text.split()) <= 350 for summary in plan.summaries)


# --- the indicators


def test_every_indicator_is_defined_owned_checked_classed_and_due_for_review(definitions: Definitions) -> None:
    def is_complete(entry: IndicatorEntry) -> bool:
        words = (entry.definition, entry.counted, entry.counted_plural, entry.source, entry.sensitivity)
        return all(words) and entry.owner != entry.checker and entry.next_review > date(2019, 3, 31)

    assert [entry.slug for entry in definitions.indicators if not is_complete(entry)] == []


def test_lower_is_better_for_people_hurt_on_the_roads_alone(definitions: Definitions) -> None:
    lower = {entry.slug for entry in definitions.indicators if entry.polarity == "lower"}

    assert lower == {"road-deaths", "road-casualties", "ksi-casualties"}
    assert {entry.polarity for entry in definitions.indicators} == {"lower", "neither"}


def test_antisocial_behaviour_and_public_order_are_read_together(definitions: Definitions) -> None:
    by_slug = {entry.slug: entry for entry in definitions.indicators}

    assert by_slug["asb-incidents"].read_together == ("public-order-offences",)
    assert by_slug["public-order-offences"].read_together == ("asb-incidents",)
    assert by_slug["asb-incidents"].read_together_note


def test_consistent_recording_breaks_what_the_police_record_but_not_calls(definitions: Definitions) -> None:
    breaks = {entry.slug: entry for entry in definitions.judging.breaks}
    recording = breaks["crime-data-integrity"]

    assert recording.first_comparable == date(2017, 4, 1)
    assert {"public-order-offences", "domestic-abuse-incidents", "hate-incidents"} <= set(recording.indicators)
    assert "asb-incidents" not in recording.indicators
    assert breaks["crash"].indicators == ("ksi-casualties",)
    assert (breaks["crash"].date, breaks["crash"].first_comparable) == (date(2015, 1, 1), date(2016, 1, 1))


def test_every_district_and_medway_has_a_tile_of_its_own(definitions: Definitions) -> None:
    tiles = {(entry.tile_row, entry.tile_column) for entry in definitions.areas if entry.tile_row}

    assert len(tiles) == 13


# --- the figures


def test_every_numbered_figure_of_the_report_is_accounted_for_once() -> None:
    went = defaultdict(set)
    for row in rows("facts.csv"):
        went[int(row["fact"])].add(row["file"] == "not-loaded.csv")

    assert dict(went) == {fact: went[fact] for fact in range(1, 119)}
    assert all(len(ways) == 1 for ways in went.values())


def test_every_figure_went_where_the_list_says(definitions: Definitions, actions: list[Any]) -> None:
    places = {
        "observations/march-2019-report.csv": {" ".join(found) for found in report()},
        "indicators.toml": {stated_key(entry) for entry in definitions.stated_changes},
        "actions.toml": {f"output: {action.key}: {output.name}" for action in actions for output in action.outputs},
        "not-loaded.csv": {row["fact"] for row in rows("not-loaded.csv")},
    }
    said = defaultdict(set)
    for row in rows("facts.csv"):
        said[row["file"]].add(row["key"])

    assert dict(said) == places


def stated_key(entry: StatedEntry) -> str:
    return (
        f"stated change: {entry.indicator} {entry.area} {entry.period_end} against {entry.against_end} {entry.edition}"
    )


def test_what_is_not_loaded_says_why() -> None:
    assert all(row["measure"] and row["why"].endswith(".") for row in rows("not-loaded.csv"))


def test_every_figure_names_a_known_indicator_area_edition_and_whole_months(definitions: Definitions) -> None:
    for row in observations():
        assert row["indicator"] in definitions.indicator_slugs, row
        assert row["area_code"] in definitions.area_codes, row
        assert row["source_edition"] in definitions.edition_slugs, row
        assert Period(date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"])), row
        assert row.get("status", "final") in Observation.Status.values, row


def test_no_figure_stands_twice() -> None:
    keys = [key(row) for row in observations()]

    assert len(keys) == len(set(keys))


def test_road_figures_of_2018_are_provisional_until_may_2019(definitions: Definitions) -> None:
    slugs = {"road-deaths", "road-casualties", "ksi-casualties"}
    statuses = {(row["indicator"], row["status"]) for row in report().values() if row["period_start"] == "2018-01-01"}

    assert {(slug, "provisional") for slug in slugs} <= statuses
    expected = {entry.final_expected for entry in definitions.indicators if entry.slug in slugs}
    assert expected == {date(2019, 5, 31)}


def test_figures_that_cover_less_say_so() -> None:
    assert {row["coverage"] for row in report().values()} == {
        "",
        "area not stated in the report",
        "38 of 43 forces",
        "43 of 43 forces",
        "excluding Greater Manchester Police",
        "excluding Medway",
        "including British Transport Police",
    }


@pytest.mark.parametrize(
    ("indicator", "area", "end", "difference", "percent"),
    [
        ("domestic-abuse-incidents", FORCE, "2018-12-31", 5895, "14.0"),
        ("asb-incidents", FORCE, "2019-01-31", -8151, "-20.7"),
        ("violence-against-the-person", FORCE, "2019-01-31", 16337, "25.9"),
        ("public-order-offences", FORCE, "2018-12-31", 8607, "68.8"),
        ("knife-offences", FORCE, "2018-09-30", 156, "21.8"),
        ("prevent-referrals", ENGLAND_AND_WALES, "2018-03-31", 1225, "20.1"),
        ("hate-crimes", ENGLAND_AND_WALES, "2018-03-31", 13705, "17.0"),
        ("road-deaths", COUNTY, "2018-12-31", -13, "-21.7"),
        ("road-casualties", COUNTY, "2018-12-31", -462, "-8.0"),
    ],
)
def test_the_change_on_the_year_before_is_what_the_two_figures_make(
    indicator: str, area: str, end: str, difference: int, percent: str
) -> None:
    later = value(indicator, area, end)
    earlier = value(indicator, area, f"{int(end[:4]) - 1}{end[4:]}")

    assert later - earlier == difference
    assert round((later - earlier) / earlier * 100, 1) == Decimal(percent)


def test_what_does_not_add_up_is_as_stated_and_says_so(definitions: Definitions, actions: list[Any]) -> None:
    outcomes = ("prevent-no-further-action", "prevent-other-services", "prevent-channel-discussed")
    funding = next(o for action in actions for o in action.outputs if "funding" in o.name)
    ksi = next(e for e in definitions.stated_changes if e.indicator == "ksi-casualties" and e.percent == -42)

    assert sum(value(slug, ENGLAND_AND_WALES, "2018-03-31") for slug in outcomes) == 7312
    assert value("prevent-referrals", ENGLAND_AND_WALES, "2018-03-31") == 7318
    assert "7,312" in report()["prevent-referrals", ENGLAND_AND_WALES, "2017-04-01", "2018-03-31"]["note"]
    assert funding.actual == 700_000
    assert "£751,000" in funding.note
    assert "42.7%" in ksi.note


def test_every_live_figure_in_the_summaries_stands_for_a_figure_of_the_report(
    definitions: Definitions, plan: Plan
) -> None:
    main = {entry.slug: entry.area for entry in definitions.indicators}
    held = {key(row) for row in observations()}
    found = [reference for summary in plan.summaries for reference in references(summary.text)]

    assert len(found) >= 50
    for reference in found:
        assert reference.period is not None, reference
        period = reference.period.start.isoformat(), reference.period.end.isoformat()
        assert (reference.slug, reference.area or main[reference.slug], *period) in held, reference


def test_every_note_in_the_summaries_names_an_edition(definitions: Definitions, plan: Plan) -> None:
    cited = {name for summary in plan.summaries for name in re.findall(r"\[\^([^\]]+)\]", summary.text)}

    assert cited <= definitions.edition_slugs


# --- recorded crime by quarter, and street-level crime by month


def test_ten_series_of_recorded_crime_have_fifty_one_quarters_each() -> None:
    counts: dict[str, set[str]] = defaultdict(set)
    for row in rows("observations/recorded-crime-quarterly.csv"):
        counts[row["indicator"]].add(row["period_start"])

    assert {slug: len(starts) for slug, starts in counts.items()} == dict.fromkeys(counts, 51)
    assert len(counts) == 10


def test_the_nine_groups_add_up_to_all_recorded_crime_in_every_quarter() -> None:
    total = "all-recorded-crime-excluding-fraud"
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows("observations/recorded-crime-quarterly.csv"):
        sums[row["period_start"]] += Decimal(row["value"]) * (-1 if row["indicator"] == total else 1)

    assert set(sums.values()) == {Decimal(0)}


def test_four_quarters_of_public_order_differ_from_the_report_by_later_revisions() -> None:
    quarters = [
        row for row in rows("observations/recorded-crime-quarterly.csv") if row["indicator"] == "public-order-offences"
    ]

    by_year = {
        year: sum(int(row["value"]) for row in quarters if row["period_start"][:4] == year) for year in ("2017", "2018")
    }

    assert by_year == {"2017": 12504, "2018": 21115}


def street() -> dict[tuple[str, str, str], Row]:
    found = rows("observations/street-crime-monthly.csv")
    return {(row["indicator"], row["area_code"], row["period_start"]): row for row in found}


def test_all_street_level_crime_is_the_sum_of_its_types_without_antisocial_behaviour() -> None:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for (indicator, area, month), row in street().items():
        if indicator not in ("street-all-crime", "street-anti-social-behaviour"):
            sums[area, month] += int(row["value"])

    assert sums == {
        (area, month): int(row["value"]) for (slug, area, month), row in street().items() if slug == "street-all-crime"
    }


def test_the_force_total_is_what_districts_hold_and_a_little_more() -> None:
    held = street()
    for month in ("2018-10-01", "2018-11-01", "2018-12-01"):
        total = int(held["street-all-crime", FORCE, month]["value"])
        placed = sum(
            int(row["value"])
            for (slug, area, start), row in held.items()
            if (slug, start) == ("street-all-crime", month) and area != FORCE
        )
        assert 0.95 * total < placed < total


def test_december_2018_is_incomplete_everywhere_and_has_no_zeros() -> None:
    december = [row for (_, _, month), row in street().items() if month == "2018-12-01"]
    others = [row for (_, _, month), row in street().items() if month != "2018-12-01"]

    assert {row["status"] for row in december} == {"incomplete"}
    assert {row["status"] for row in others} == {"final"}
    assert "0" not in {row["value"] for row in december}
    assert len(others) == 2 * 14 * 15


def test_street_level_counts_are_those_of_the_published_files() -> None:
    path = SHARED / "extracts" / "police_street" / "kent_expected_counts_by_month_lad_type.csv"
    if not path.exists():
        pytest.skip("the counts of the published files are not at hand")
    expected: dict[tuple[str, str, str], int] = defaultdict(int)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            slug = "street-" + row["crime_type"].lower().replace(" ", "-")
            areas = {FORCE, row["area_code"]} - {"NO_LOCATION", "OUTSIDE"}
            for area in areas:
                expected[slug, area, f"{row['month']}-01"] += int(row["count"])

    held = {found: int(row["value"]) for found, row in street().items() if found[0] != "street-all-crime"}

    assert held == expected
