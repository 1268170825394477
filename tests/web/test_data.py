"""/data/: files of figures come in, are checked, and are used or not."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.roles import Role
from indicators.extracts.formats import native
from indicators.models import DataChange, Extract, Indicator, Observation
from tests import held
from tests.plan import partner, someone

pytestmark = pytest.mark.django_db

HEADER = "indicator,area_code,period_start,period_end,value,status,note\n"
TWO = HEADER + (
    'calls,E10000099,2018-10-01,2018-12-31,700,final,\ncalls,E10000099,2019-01-01,2019-03-31,"1,200",provisional,\n'
)


@pytest.fixture(autouse=True)
def calls() -> Indicator:
    return held.indicator("calls")


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


def uploaded(client: Client, text: str | bytes, name: str = "calls.csv") -> Any:
    data = text.encode() if isinstance(text, str) else text
    return client.post("/data/upload/", {"file": SimpleUploadedFile(name, data, "text/csv")})


def address(client: Client, text: str | bytes, name: str = "calls.csv") -> str:
    """Upload a file; the address of its page."""
    response = uploaded(client, text, name)
    assert response.status_code == 302, text_of(response)
    return str(response.url)


def use(client: Client, address: str, follow: bool = True) -> Any:
    """Press 'Use these figures' on the page of a file."""
    found = re.search(r'name="checksum" value="(\w+)"', client.get(address).content.decode())
    assert found
    return client.post(f"{address}use/", {"checksum": found[1]}, follow=follow)


def text_of(response: Any) -> str:
    main = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


# --- who may not


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.ANALYST)])
def test_only_analysts_upload_use_and_discard(client: Client, role: Role | None) -> None:
    client.force_login(someone(Role.ANALYST))
    at = address(client, TWO)
    client.logout()
    if role:
        of = partner("somebody", "Somebody") if role is Role.WORKING_GROUP else None
        client.force_login(someone(role, of))
    refused = 403 if role else 302

    answers = [client.get("/data/upload/"), uploaded(client, TWO, "again.csv")]
    answers += [client.post(f"{at}use/", {"checksum": "x"}), client.post(f"{at}discard/")]

    assert [answer.status_code for answer in answers] == [refused] * 4
    assert Extract.objects.get().state == Extract.State.PREVIEW
    assert not Observation.objects.exists()


@pytest.mark.parametrize("role", [Role.WORKING_GROUP, Role.GOVERNING_GROUP])
def test_those_who_may_not_see_data_see_none_of_it(client: Client, role: Role) -> None:
    client.force_login(someone(Role.ANALYST))
    at = address(client, TWO)
    client.force_login(someone(role, partner("somebody", "Somebody") if role is Role.WORKING_GROUP else None))

    assert [client.get(path).status_code for path in ("/data/", "/data/template.csv", at)] == [403, 403, 403]


def test_those_who_may_only_see_are_offered_nothing_to_press(client: Client) -> None:
    client.force_login(someone(Role.ANALYST))
    at = address(client, TWO)
    client.force_login(someone(Role.COORDINATOR))

    assert "Upload a file" not in text_of(client.get("/data/"))
    said = text_of(client.get(at))
    assert "What this file changes" in said
    assert "Use these figures" not in said
    assert "Do not use" not in said


def test_using_by_an_address_alone_does_nothing(analyst: Client) -> None:
    at = address(analyst, TWO)

    assert analyst.get(f"{at}use/").status_code == 405
    assert not Observation.objects.exists()


def test_the_script_that_shows_progress_is_given_the_address_of_the_next_page(analyst: Client) -> None:
    file = {"file": SimpleUploadedFile("calls.csv", TWO.encode())}

    response = analyst.post("/data/upload/", file, headers={"X-Requested-With": "XMLHttpRequest"})

    assert (response.status_code, response.json()) == (200, {"to": f"/data/uploads/{Extract.objects.get().pk}/"})
    assert analyst.post("/data/upload/", {}, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 422


# --- what cannot be used


def test_without_a_file_one_is_asked_for(analyst: Client) -> None:
    response = analyst.post("/data/upload/", {})

    assert response.status_code == 422
    assert "There is a problem Choose a file." in text_of(response)


def test_a_file_that_is_too_large_is_refused_with_the_limit(analyst: Client, settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 10

    response = uploaded(analyst, TWO)

    assert response.status_code == 422
    assert "which is the limit" in text_of(response)
    assert not Extract.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty"),
        (b"%PDF-1.7 ", "a PDF document"),
        (b"<!doctype html>", "a web page"),
        (TWO.replace("calls", "cals"), "Line 2, column 1 (indicator): “cals” is not an indicator. Did you mean calls?"),
        (TWO.replace("700", "7OO"), "Line 2, column 5 (value): “7OO” is not a number."),
        (TWO.replace(",final,\n", ",final\n"), "Line 2, column 7 (note): There are 6 cells; expected 7"),
        (TWO.replace("value,", "amount,"), "Line 1, column 5: The column “amount” is not known."),
        (TWO.replace("700", '7"00'), "Line 2, column 5 (value): There is a quotation mark"),
        (TWO.replace("2018-12-31", "2018-12-30"), "Line 2, column 4 (period_end): 2018-12-30"),
    ],
)
def test_a_file_with_errors_says_where_and_cannot_be_used(analyst: Client, data: str | bytes, said: str) -> None:
    at = address(analyst, data)

    response = analyst.get(at)
    text = text_of(response)

    assert response.status_code == 200
    assert "There is a problem" in text
    assert said in text
    assert "This file cannot be used" in text
    assert "Use these figures" not in text
    assert "cannot be used" in text_of(analyst.post(f"{at}use/", {"checksum": ""}))
    assert not Observation.objects.exists()


def test_what_stands_in_a_cell_is_never_taken_for_markup(analyst: Client) -> None:
    at = address(analyst, TWO.replace("calls,", "<script>alert(1)</script>,"), '"><img src=x>.csv')

    page = analyst.get(at).content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page


# --- what can


def test_before_it_is_used_the_page_says_what_would_change(analyst: Client) -> None:
    at = address(analyst, TWO)

    said = text_of(analyst.get(at))

    assert "What this file changes" in said
    assert "2 new, 0 revised, 0 unchanged" in said
    assert re.search(r"Calls October to December 2018 Testshire 700 New", said), said
    assert re.search(r"Calls January to March 2019 Testshire 1,200 provisional New", said), said
    assert not Observation.objects.exists()


def test_once_used_the_same_address_says_when_by_whom_and_what(analyst: Client) -> None:
    at = address(analyst, TWO)

    response = use(analyst, at)

    said = text_of(response)
    assert response.redirect_chain == [(at, 302)]
    assert "The figures of calls.csv are in use: 2 new, 0 revised, 0 unchanged." in said
    assert "What this file changed" in said
    assert re.search(r"Used on \d+ \w+ \d{4} at \d\d:\d\d by Ana: 2 new, 0 revised, 0 unchanged\.", said)
    assert '<a class="govuk-link" href="/indicators/calls/">Calls</a>' in response.content.decode()
    assert "Use these figures" not in said


def test_the_indicator_shows_the_figures_with_their_file_and_line(analyst: Client) -> None:
    use(analyst, address(analyst, TWO))

    said = text_of(analyst.get("/indicators/calls/"))

    assert "1,200" in said
    assert "calls.csv" in said


def test_a_revision_shows_the_old_and_the_new_value(analyst: Client) -> None:
    use(analyst, address(analyst, TWO))
    at = address(analyst, TWO.replace("700", "712"), "revised.csv")

    for said in (text_of(analyst.get(at)), text_of(use(analyst, at))):
        assert "0 new, 1 revised, 1 unchanged" in said
        assert "712 (was 700) Revised" in said
        assert "Calls Testshire October to December 2018 700 712 2" in said


def test_warnings_stand_apart_and_do_not_prevent_use(analyst: Client) -> None:
    at = address(analyst, TWO.replace("700", "-7"))

    said = text_of(analyst.get(at))

    assert "There is a problem" not in said
    assert "Please check" in said
    assert "is below zero" in said
    assert "in use" in text_of(use(analyst, at))


def test_figures_that_changed_since_they_were_looked_at_have_to_be_looked_at_again(analyst: Client) -> None:
    first, second = address(analyst, TWO), address(analyst, TWO.replace("700", "701"), "other.csv")
    seen = re.search(r'name="checksum" value="(\w+)"', analyst.get(first).content.decode())
    use(analyst, second)

    response = analyst.post(f"{first}use/", {"checksum": seen[1] if seen else ""})

    assert response.status_code == 409
    assert "Check it again" in text_of(response)
    assert "700 701" not in text_of(response)
    assert "701 700" in text_of(response)
    assert DataChange.objects.count() == 1


def test_the_same_file_again_leads_to_the_page_of_the_first(analyst: Client) -> None:
    at = address(analyst, TWO)
    use(analyst, at)

    assert address(analyst, TWO, "copy.csv") == at
    assert Extract.objects.count() == 1


def test_the_same_figures_again_say_when_they_were_used_and_offer_nothing(analyst: Client) -> None:
    use(analyst, address(analyst, TWO))
    at = address(analyst, TWO.replace("\n", "\r\n"), "saved-again.csv")

    said = text_of(analyst.get(at))

    assert "The same figures were used already" in said
    assert "by Ana, from calls.csv" in said
    assert "Use these figures" not in said


def test_a_file_may_be_left_unused(analyst: Client) -> None:
    at = address(analyst, TWO)

    response = analyst.post(f"{at}discard/", follow=True)

    assert "calls.csv is not used. Nothing has changed." in text_of(response)
    assert "This file is not used" in text_of(analyst.get(at))
    assert not Observation.objects.exists()


def test_figures_below_county_that_may_not_be_shown_are_not_on_the_page(analyst: Client, calls: Indicator) -> None:
    held.district()
    Indicator.objects.filter(pk=calls.pk).update(sensitivity="")
    at = address(analyst, TWO.replace("E10000099", "E07000099"))

    for said in (text_of(analyst.get(at)), text_of(use(analyst, at))):
        assert "700" not in said
        assert "1,200" not in said


# --- the list and the template


@pytest.mark.parametrize(("role", "offered"), [(Role.ANALYST, True), (Role.COORDINATOR, False)])
def test_the_list_leads_to_what_one_may_do(client: Client, role: Role, offered: bool) -> None:
    client.force_login(someone(role))

    page = client.get("/data/").content.decode()

    assert [f'href="/data/{name}/"' in page for name in ("upload", "add")] == [offered] * 2
    assert [f'href="/data/{name}/"' in page for name in ("currency", "requests")] == [True] * 2


def test_once_used_the_table_is_the_way_to_the_figures(analyst: Client) -> None:
    page = use(analyst, address(analyst, TWO)).content.decode()

    assert "See the figures" not in page
    assert page.count('href="/indicators/calls/"') == 2


def test_the_list_has_every_file_and_what_became_of_it(analyst: Client) -> None:
    assert "Upload a file of figures" in text_of(analyst.get("/data/"))
    use(analyst, address(analyst, TWO))
    address(analyst, "%PDF", "report.pdf")

    said = text_of(analyst.get("/data/"))

    assert re.search(r"report\.pdf.*Cannot be used.*calls\.csv.*Used", said)


def test_the_template_is_the_header_alone_and_can_be_filled_in_and_used(analyst: Client) -> None:
    header = analyst.get("/data/template.csv").content.decode("utf-8-sig")

    assert header == ",".join(native.COLUMNS) + "\r\n"
    assert "has a header and no rows" in text_of(analyst.get(address(analyst, header)))
    row = "calls,E10000099,Testshire,2018-04-01,2019-03-31,700,,,,,,\r\n"
    assert "1 new" in text_of(analyst.get(address(analyst, header + row)))


def test_the_page_to_upload_on_names_every_column(analyst: Client) -> None:
    said = text_of(analyst.get("/data/upload/"))

    assert [column for column in native.COLUMNS if column not in said] == []


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_takes_the_same_queries_for_3_and_300_files(
    analyst: Client, django_assert_max_num_queries: Any, rows: int
) -> None:
    Extract.objects.bulk_create(
        Extract(sha256=f"{n:064}", original_name=f"{n}.csv", format="native", size=1) for n in range(rows)
    )

    with django_assert_max_num_queries(8):
        analyst.get("/data/")
