"""Addresses of the reports app."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, path

from accounts.guards import allow, anyone
from accounts.roles import Permission
from reports import views, views_concerns, views_issued, views_running, views_search, views_steps
from reports.views_issued import View, by_link, by_name, if_public, page

# The pages and files of a report that was issued, and the ways to them.
PAGES: tuple[tuple[str, str, View], ...] = (
    ("overview", "", views_issued.overview),
    ("introduction", "introduction/", views_issued.introduction),
    ("priority", "priorities/<slug:priority>/", views_issued.priority),
    ("figure", "figures/<slug:figure>/", views_issued.figure),
)
FILES: tuple[tuple[str, str, View], ...] = (
    ("figure_csv", "figures/<slug:figure>.csv", views_issued.figure_csv),
    ("figure_json", "figures/<slug:figure>.json", views_issued.figure_json),
)
# All that was frozen names people too, and is for those who sign in.
WHOLE: tuple[tuple[str, str, View], ...] = (("text", "report.json", views_issued.text),)
WAYS = (
    ("issued", "reports/<slug:report>/", by_name, allow(Permission.READ), (*FILES, *WHOLE)),
    ("edition", "reports/<slug:report>/editions/<int:edition>/", by_name, allow(Permission.READ), (*FILES, *WHOLE)),
    ("public", "public/reports/<slug:report>/", if_public, anyone(), FILES),
    ("meeting", "read/<str:token>/", by_link, anyone(), FILES),
)


def issued() -> Iterator[URLPattern]:
    """The addresses of reports that were issued."""
    for way, prefix, find, guard, files in WAYS:
        for name, address, draw in (*PAGES, *files):
            view = guard(page(find, draw, is_file=(name, address, draw) in files))
            yield path(f"{prefix}{address}", view, name=f"{way}_{name}")


urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("introduction/", views.introduction, name="introduction"),
    path("priorities/", views.priority_list, name="priority_list"),
    path("priorities/<slug:slug>/", views.priority_detail, name="priority_detail"),
    path("reports/", views_steps.report_list, name="report_list"),
    path("reports/<slug:report>/steps/", views_steps.report_steps, name="report_steps"),
    path("reports/<slug:report>/issue/", views_steps.report_issue, name="report_issue"),
    path("reports/<slug:report>/correct/", views_steps.report_correct, name="report_correct"),
    path("reports/<slug:report>/correct/not/", views_steps.report_correct_not, name="report_correct_not"),
    path("reports/<slug:report>/outcome/", views_steps.report_outcome, name="report_outcome"),
    path("reports/<slug:report>/publish/", views_steps.report_publish, name="report_publish"),
    path("reports/<slug:report>/withdraw/", views_steps.report_withdraw, name="report_withdraw"),
    path("reports/<slug:report>/links/", views_steps.report_link, name="report_link"),
    path("reports/<slug:report>/links/<int:link>/end/", views_steps.report_link_end, name="report_link_end"),
    *issued(),
    path("areas-of-concern/", views_concerns.concerns, name="concerns"),
    path("areas-of-concern/<int:pk>/undo/", views_concerns.concern_undo, name="concern_undo"),
    path("areas-of-concern/<str:key>/take-away/", views_concerns.concern_take_away, name="concern_take_away"),
    path("cycle/", views_running.running, name="cycle"),
    path("cycle/<slug:slug>/reminders/", views_running.reminders, name="cycle_reminders"),
    path("cycle/<slug:slug>/check/", views_running.check, name="cycle_check"),
    path("cycle/<slug:slug>/send-back/", views_running.send_back, name="cycle_send_back"),
    path("search/", views_search.search_page, name="search"),
]
