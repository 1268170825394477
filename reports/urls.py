"""Addresses of the reports app."""

from django.urls import URLPattern, URLResolver, path

from reports import views, views_concerns, views_running, views_search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("introduction/", views.introduction, name="introduction"),
    path("priorities/", views.priority_list, name="priority_list"),
    path("priorities/<slug:slug>/", views.priority_detail, name="priority_detail"),
    path("areas-of-concern/", views_concerns.concerns, name="concerns"),
    path("areas-of-concern/<int:pk>/undo/", views_concerns.concern_undo, name="concern_undo"),
    path("areas-of-concern/<str:key>/take-away/", views_concerns.concern_take_away, name="concern_take_away"),
    path("cycle/", views_running.running, name="cycle"),
    path("cycle/<slug:slug>/reminders/", views_running.reminders, name="cycle_reminders"),
    path("cycle/<slug:slug>/check/", views_running.check, name="cycle_check"),
    path("cycle/<slug:slug>/send-back/", views_running.send_back, name="cycle_send_back"),
    path("search/", views_search.search_page, name="search"),
]
