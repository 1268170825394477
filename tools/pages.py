"""Every page of the site, seen as whoever uses it most: for the browser tests and for photographs."""

from dataclasses import dataclass

from tools.demo import LINK, TOKEN, TOKEN_REVOKED, WAITING, WORKBOOK, WRONG

WIDTHS = (1280, 360)

ANONYMOUS = ""
POLICE = "member-police"
FIRE = "member-fire"
GOVERNING = "governing"
ANALYST = "analyst"
COORDINATOR = "coordinator"
ADMINISTRATOR = "admin"


@dataclass(frozen=True)
class Page:
    """An address, the demo account that looks at it ('' for nobody), and the answer expected."""

    name: str
    path: str
    account: str
    status: int = 200


PRIORITIES = (
    "domestic-abuse",
    "road-safety",
    "anti-social-behaviour",
    "substance-misuse",
    "serious-and-organised-crime",
    "safeguarding-vulnerable-people",
    "preventing-extremism-and-hate",
)

PAGES = (
    Page("sign-in", "/accounts/login/", ANONYMOUS),
    Page("password-reset", "/accounts/password/reset/", ANONYMOUS),
    Page("overview", "/", GOVERNING),
    Page("overview-draft", "/?cycle=2019-06", COORDINATOR),
    Page("reports", "/reports/", GOVERNING),
    Page("report-steps", "/reports/2019-03/steps/", COORDINATOR),
    Page("report-steps-draft", "/reports/2019-06/steps/", GOVERNING),
    Page("issued", "/reports/2019-03/", COORDINATOR),
    Page("issued-introduction", "/reports/2019-03/introduction/", GOVERNING),
    Page("issued-priority", "/reports/2019-03/priorities/anti-social-behaviour/", GOVERNING),
    Page("issued-figure", "/reports/2019-03/figures/public-order-offences-e23000032/", GOVERNING),
    Page("issued-edition", "/reports/2019-03/editions/1/", GOVERNING),
    Page("issued-public", "/public/reports/2019-03/", ANONYMOUS),
    Page("issued-by-link", f"/read/{LINK}/", ANONYMOUS),
    Page("introduction", "/introduction/", GOVERNING),
    Page("priorities", "/priorities/", GOVERNING),
    *(Page(f"priority-{slug}", f"/priorities/{slug}/", GOVERNING) for slug in PRIORITIES),
    Page("summary-edit", "/priorities/road-safety/context/", COORDINATOR),
    Page("introduction-edit", "/introduction/context/", COORDINATOR),
    Page("introduction-versions", "/introduction/context/versions/", COORDINATOR),
    Page("summary-versions", "/priorities/road-safety/context/versions/", COORDINATOR),
    Page("cycle", "/cycle/", COORDINATOR),
    Page("cycle-open", "/cycle/open/", COORDINATOR),
    Page("cycle-dates", "/cycle/2019-06/dates/", COORDINATOR),
    Page("cycle-messages", "/cycle/2019-06/key-messages/", COORDINATOR),
    Page("cycle-reminders", "/cycle/2019-06/reminders/", COORDINATOR),
    Page("cycle-send-back", "/cycle/2019-06/send-back/", COORDINATOR),
    Page("deputies", "/deputies/", COORDINATOR),
    Page("actions", "/actions/", POLICE),
    Page("actions-filtered", "/actions/?priority=road-safety&sort=-status", POLICE),
    Page("action", "/actions/ab3/", POLICE),
    Page("action-update", "/actions/ab3/update/", POLICE),
    Page("action-lead", "/actions/so3/lead/", COORDINATOR),
    Page("action-files", "/actions/ab3/files/", POLICE),
    Page("action-thread", "/actions/ab3/thread/", POLICE),
    Page("changed", "/changed/", COORDINATOR),
    Page("my-actions", "/my-actions/", POLICE),
    Page("my-actions-sheet", "/my-actions/spreadsheet/", POLICE),
    Page("by-link-sheet", f"/by-link/{TOKEN}/spreadsheet/", ANONYMOUS),
    Page("partner-links", "/partner-links/", COORDINATOR),
    Page("by-link", f"/by-link/{TOKEN}/", ANONYMOUS),
    Page("by-link-files", f"/by-link/{TOKEN}/files/ab3/", ANONYMOUS),
    Page("by-link-thread", f"/by-link/{TOKEN}/thread/ab3/", ANONYMOUS),
    Page("action-update-for-others", "/actions/ab3/update/", COORDINATOR),
    Page("by-link-over", f"/by-link/{TOKEN_REVOKED}/", ANONYMOUS, status=410),
    Page("my-actions-named", "/my-actions/", FIRE),
    Page("my-actions-for-others", "/my-actions/?partner=kent-police", COORDINATOR),
    Page("areas-of-concern", "/areas-of-concern/", COORDINATOR),
    Page("concern-take-away", "/areas-of-concern/action:so4/take-away/", COORDINATOR),
    Page("decisions", "/decisions/", GOVERNING),
    Page("decisions-recorded", "/decisions/", COORDINATOR),
    Page("decision-ask", "/decisions/ask/", COORDINATOR),
    Page("decision-answer", "/decisions/1/answer/", COORDINATOR),
    Page("decision-withdraw", "/decisions/1/withdraw/", COORDINATOR),
    Page("action-send-back", "/actions/ab3/send-back/", COORDINATOR),
    Page("indicators", "/indicators/", ANALYST),
    Page("indicator", "/indicators/ksi-casualties/", ANALYST),
    Page("indicator-with-chart", "/indicators/public-order-offences/", ANALYST),
    Page("indicator-read-together", "/indicators/asb-incidents/", ANALYST),
    Page("figure", "/observations/1/", GOVERNING),
    Page(
        "figure-added-up",
        "/indicators/public-order-offences/figures/?area=E23000032&from=2018-01&to=2018-12",
        GOVERNING,
    ),
    Page("source", "/sources/ons-crime-2018-09/", GOVERNING),
    Page("areas", "/areas/", ANALYST),
    Page("areas-incomplete", "/areas/?indicator=street-bicycle-theft&period=December+2018", GOVERNING),
    Page("indicator-by-district", "/indicators/street-anti-social-behaviour/", ANALYST),
    Page("definition-edit", "/indicators/ksi-casualties/definition/", ANALYST),
    Page("recording-change-add", "/indicators/robbery/add/recording-change/", ANALYST),
    Page("new-start-add", "/indicators/robbery/add/new-start/", ANALYST),
    Page("target-add", "/indicators/ksi-casualties/add/target/", ANALYST),
    Page("event-add", "/indicators/knife-offences/add/event/", ANALYST),
    Page("recording-change", "/judging/recording-change/2/?from=robbery", ANALYST),
    Page("recording-change-withdraw", "/judging/recording-change/2/withdraw/?from=robbery", ANALYST),
    Page("area-county", "/areas/E10000016/", ANALYST),
    Page("area-district", "/areas/E07000106/", ANALYST),
    Page("data", "/data/", ANALYST),
    Page("data-upload", "/data/upload/", ANALYST),
    Page("data-add", "/data/add/", ANALYST),
    Page("data-breaks", "/data/breaks/", GOVERNING),
    Page("data-currency", "/data/currency/", ANALYST),
    Page("data-currency-filtered", "/data/currency/?show=provisional&sort=-latest", ANALYST),
    Page("data-requests", "/data/requests/", ANALYST),
    Page("data-used", "/data/uploads/1/", ANALYST),
    Page("data-columns", f"/data/uploads/{WAITING}/columns/", ANALYST),
    Page("data-wrong-cells", f"/data/uploads/{WRONG}/", ANALYST),
    Page("data-sheet", f"/data/uploads/{WORKBOOK}/sheet/", ANALYST),
    Page("data-take-back", "/data/uploads/1/take-back/", ANALYST),
    Page("search", "/search/?q=road", GOVERNING),
    Page("search-empty", "/search/?q=unicorn", GOVERNING),
    Page("how-we-judge-change", "/how-we-judge-change/", GOVERNING),
    Page("glossary", "/glossary/", GOVERNING),
    Page("acronyms", "/acronyms/", GOVERNING),
    Page("whos-who", "/whos-who/", POLICE),
    Page("accessibility", "/accessibility/", ANONYMOUS),
    Page("privacy", "/privacy/", ANONYMOUS),
    Page("people", "/people/", ADMINISTRATOR),
    Page("person-add", "/people/add/", ADMINISTRATOR),
    Page("person", "/people/1/", ADMINISTRATOR),
    Page("partners", "/partners/", ADMINISTRATOR),
    Page("partner-add", "/partners/add/", ADMINISTRATOR),
    Page("partner", "/partners/kent-police/", ADMINISTRATOR),
    Page("audit", "/audit/", COORDINATOR),
    Page("audit-filtered", "/audit/?about=extract&since=2019-01-01", ADMINISTRATOR),
    Page("password-change", "/accounts/password/change/", POLICE),
    Page("password-reset-done", "/accounts/password/reset/done/", ANONYMOUS),
    Page("password-confirm", "/accounts/reauthenticate/", POLICE),
    Page("sign-out", "/accounts/logout/", POLICE),
    Page("not-found", "/priorities/no-such-priority/", GOVERNING, status=404),
    Page("not-allowed", "/priorities/road-safety/context/", GOVERNING, status=403),
)
