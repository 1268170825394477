"""What the chart of every indicator of Kent's agreement is titled with at March 2019, and that pages say the same.

Recording changed in April 2017, so nothing long is judged yet: a title is the change on a year earlier or the reason
why there is none.
"""

import re
from html import unescape
from itertools import combinations
from pathlib import Path

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.analysis.reading import read
from indicators.analysis.series import Series
from indicators.charts.chart import chart_of
from indicators.charts.finding import title
from indicators.held import main_series
from indicators.models import Indicator
from tests.plan import someone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "kent-2018-19"
CHARTS = {
    "all-recorded-crime-excluding-fraud",
    "criminal-damage-and-arson",
    "drug-offences",
    "hate-crimes",
    "miscellaneous-crimes-against-society",
    "possession-of-weapons-offences",
    "public-order-offences",
    "robbery",
    "sexual-offences",
    "theft-offences",
    "violence-against-the-person",
}
TITLES = {
    "alcohol-admissions-men": "Alcohol admissions, men: too few points to judge",
    "alcohol-admissions-women": "Alcohol admissions, women: too few points to judge",
    "all-recorded-crime": "Recorded crime: no figure is held",
    "all-recorded-crime-excluding-fraud": "Recorded crime excluding fraud: 514 fewer than a year earlier, not judged",
    "asb-incidents": "ASB reports: 8,151 fewer than a year earlier, not judged",
    "channel-islamist": "Channel: Islamist: too few points to judge",
    "channel-right-wing": "Channel: right wing: too few points to judge",
    "coercive-control-offences": "Coercive control offences: figures before April 2017 cannot be compared",
    "criminal-damage-and-arson": "Criminal damage and arson: 621 fewer than a year earlier, not judged",
    "domestic-abuse-cost": "Cost of domestic abuse: too few points to judge",
    "domestic-abuse-incidents": "Domestic abuse incidents: figures before April 2017 cannot be compared",
    "domestic-abuse-prevalence": "Adults, domestic abuse: too few points to judge",
    "domestic-abuse-prevalence-men": "Men, domestic abuse: too few points to judge",
    "domestic-abuse-prevalence-women": "Women, domestic abuse: too few points to judge",
    "domestic-abuse-related-crimes": "Domestic abuse-related crimes: too few points to judge",
    "drug-offences": "Drug offences: 85 more than a year earlier, not judged",
    "hate-crimes": "Hate crimes: 13,705 more than a year earlier, not judged",
    "hate-crimes-disability": "Hate crimes: disability: too few points to judge",
    "hate-crimes-race": "Hate crimes: race: too few points to judge",
    "hate-crimes-religion": "Hate crimes: religion: too few points to judge",
    "hate-crimes-sexual-orientation": "Hate crimes: sexual orientation: too few points to judge",
    "hate-crimes-transgender": "Hate crimes: transgender identity: too few points to judge",
    "hate-incidents": "Hate incidents: too few points since recording changed",
    "knife-offences": "Knife offences: figures before April 2017 cannot be compared",
    "ksi-casualties": "Killed or seriously injured: figures before January 2016 cannot be compared",
    "marac-cases": "MARAC cases: too few points to judge",
    "marac-children": "Children in MARAC households: too few points to judge",
    "marac-conferences": "MARACs: too few points to judge",
    "miscellaneous-crimes-against-society": "Other crimes against society: 170 fewer than a year earlier, not judged",
    "national-asb-incidents": "ASB, England and Wales: too few points to judge",
    "national-firearm-offences": "Firearm offences, England and Wales: too few points to judge",
    "national-knife-offences": "Knife offences, England and Wales: too few points to judge",
    "national-public-fear-offences": "Public fear, alarm or distress: too few points to judge",
    "national-public-order-offences": "Public order, England and Wales: too few points to judge",
    "one-stop-shop-visitors": "One Stop Shop visitors: too few points to judge",
    "people-in-treatment": "People in treatment: too few points to judge",
    "possession-of-weapons-offences": "Possession of weapons: 35 more than a year earlier, not judged",
    "prevent-aged-20-or-under": "Aged 20 or under: too few points to judge",
    "prevent-channel-discussed": "Discussed at Channel: too few points to judge",
    "prevent-channel-support": "Channel support: too few points to judge",
    "prevent-islamist": "Referrals: Islamist: too few points to judge",
    "prevent-no-further-action": "No further action: too few points to judge",
    "prevent-other-services": "Passed to other services: too few points to judge",
    "prevent-referrals": "Prevent referrals: 1,225 more than a year earlier, not judged",
    "prevent-right-wing": "Referrals: right wing: too few points to judge",
    "public-order-offences": "Public order offences: figures before April 2017 cannot be compared",
    "road-casualties": "Road casualties: 462 fewer than a year earlier, not judged",
    "road-deaths": "Road deaths: 13 fewer than a year earlier, could be chance",
    "robbery": "Robbery: 101 more than a year earlier, not judged",
    "sexual-offences": "Sexual offences: 131 more than a year earlier, not judged",
    "sharp-object-admissions": "Sharp object admissions: too few points to judge",
    "street-all-crime": "All crime: too few points to judge",
    "street-anti-social-behaviour": "Anti-social behaviour: too few points to judge",
    "street-bicycle-theft": "Bicycle theft: too few points to judge",
    "street-burglary": "Burglary: too few points to judge",
    "street-criminal-damage-and-arson": "Criminal damage and arson: too few points to judge",
    "street-drugs": "Drugs: too few points to judge",
    "street-other-crime": "Other crime: too few points to judge",
    "street-other-theft": "Other theft: too few points to judge",
    "street-possession-of-weapons": "Possession of weapons: too few points to judge",
    "street-public-order": "Public order: too few points to judge",
    "street-robbery": "Robbery: too few points to judge",
    "street-shoplifting": "Shoplifting: too few points to judge",
    "street-theft-from-the-person": "Theft from the person: too few points to judge",
    "street-vehicle-crime": "Vehicle crime: too few points to judge",
    "street-violence-and-sexual-offences": "Violence and sexual offences: too few points to judge",
    "terrorist-attacks": "High-profile attacks: too few points to judge",
    "theft-offences": "Theft: 696 fewer than a year earlier, not judged",
    "threat-level-critical": "Threat level raised to critical: too few points to judge",
    "treatment-alcohol": "Treated for alcohol: too few points to judge",
    "treatment-mental-health-diagnosis": "Clients with a diagnosis: too few points to judge",
    "treatment-opiates": "Treated for opiates: too few points to judge",
    "treatment-suicide-intent": "Clients with suicide intent: too few points to judge",
    "violence-against-the-person": "Violence against the person: figures before April 2017 cannot be compared",
    "violent-crime": "Violent crime: no figure is held",
}


@pytest.fixture
def kent(kent_agreement: None) -> dict[str, Series]:
    return main_series(Indicator.objects.select_related("area"))


def test_every_indicator_has_its_title(kent: dict[str, Series]) -> None:
    assert {slug: title(read(series)) for slug, series in kent.items()} == TITLES


def test_titles_are_short() -> None:
    assert [title for title in TITLES.values() if len(title.split()) > 12] == []


def test_those_with_three_complete_figures_of_a_length_are_charts(kent: dict[str, Series]) -> None:
    charts = {slug: chart_of(series) for slug, series in kent.items()}

    assert {slug: chart.title for slug, chart in charts.items() if chart} == {slug: TITLES[slug] for slug in CHARTS}


@pytest.mark.parametrize(
    ("address", "charts"),
    [
        ("/indicators/robbery/", ["robbery"]),
        ("/priorities/anti-social-behaviour/", ["public-order-offences"]),
        ("/priorities/preventing-extremism-and-hate/", ["hate-crimes"]),
        ("/priorities/serious-and-organised-crime/", ["violence-against-the-person", "possession-of-weapons-offences"]),
    ],
)
def test_pages_title_their_charts_so(client: Client, kent: dict[str, Series], address: str, charts: list[str]) -> None:
    client.force_login(someone(Role.GOVERNING_GROUP))

    page = client.get(address).content.decode()

    found = re.findall(r'<h3[^>]* chart__title"[^>]*>(.*?)</h3>', page, re.DOTALL)
    assert [unescape(each) for each in found] == [TITLES[slug] for slug in charts]


def test_what_is_read_together_without_a_chart_stands_there_in_sentences(
    client: Client, kent: dict[str, Series]
) -> None:
    client.force_login(someone(Role.GOVERNING_GROUP))

    pages = {
        slug: re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", client.get(f"/priorities/{slug}/").content.decode()))
        for slug in ("domestic-abuse", "anti-social-behaviour")
    }

    assert "Read together: MARAC cases · Children in MARAC households" in pages["domestic-abuse"]
    assert "Cases heard at MARACs: 2,393 in Kent in 2018." in pages["domestic-abuse"]
    assert "Not added up: one counts cases, the other children." in pages["domestic-abuse"]
    assert "Trends" not in pages["domestic-abuse"]
    assert "Not added up: one counts reports, the other offences." in pages["anti-social-behaviour"]
    assert "Trends" in pages["anti-social-behaviour"]


# --- the motives of hate crime: one offence may have several -----------------------------------

STRANDS = {
    "hate-crimes-race": 71_251,
    "hate-crimes-sexual-orientation": 11_638,
    "hate-crimes-religion": 8_336,
    "hate-crimes-disability": 7_226,
    "hate-crimes-transgender": 1_651,
}
SUMS = {f"{sum(some):,}" for size in range(2, 6) for some in combinations(STRANDS.values(), size)}
PAGES = (
    "/",
    "/priorities/",
    "/priorities/preventing-extremism-and-hate/",
    "/indicators/",
    "/indicators/hate-crimes/",
    "/indicators/hate-crimes.csv",
    "/areas/K04000001/",
    "/search/?q=hate",
    *(f"/indicators/{slug}/" for slug in STRANDS),
)


def test_the_motives_of_hate_crime_are_marked_and_come_to_more_than_hate_crime(kent: dict[str, Series]) -> None:
    marked = {slug for slug, series in kent.items() if series.measure.multi_coded}

    assert marked == set(STRANDS)
    assert {kent[slug].points[-1].value for slug in STRANDS} == set(STRANDS.values())
    assert sum(STRANDS.values()) > 94_098


def test_no_page_adds_them_up(client: Client, kent: dict[str, Series]) -> None:
    client.force_login(someone(Role.GOVERNING_GROUP))
    assert len(SUMS) == 26

    for address in PAGES:
        page = client.get(address)
        said = re.sub(r"<[^>]+>", " ", page.content.decode())
        assert page.status_code == 200
        assert [total for total in SUMS if total in said or total.replace(",", "") in said] == [], address


def test_no_chart_stacks_anything(kent: dict[str, Series]) -> None:
    for series in kent.values():
        if chart := chart_of(series):
            assert {trace["type"] for trace in chart.figure["data"]} == {"scatter"}
            assert not re.search("stack|barmode", str(chart.figure))
            assert len([trace for trace in chart.figure["data"] if trace["name"] == "line"]) == 1


def test_they_are_ranked_with_the_words_that_one_offence_can_have_several(
    client: Client, kent: dict[str, Series]
) -> None:
    client.force_login(someone(Role.GOVERNING_GROUP))

    for address in ("/priorities/preventing-extremism-and-hate/", "/indicators/hate-crimes/"):
        said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))
        assert "One offence can be counted in several of these parts" in said
        assert "1 Hate crimes: race 71,251 75.7%" in said
        assert said.count("71,251 75.7%") == 1
