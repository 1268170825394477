"""Addresses of the priorities app."""

from django.urls import URLPattern, URLResolver, path

from priorities import views, views_cycle

urlpatterns: list[URLPattern | URLResolver] = [
    path("introduction/context/", views.summary_edit, name="introduction_edit"),
    path("introduction/context/still-true/", views_cycle.summary_still_true, name="introduction_still_true"),
    path("introduction/context/versions/", views.summary_versions, name="introduction_versions"),
    path("priorities/<slug:slug>/context/", views.summary_edit, name="summary_edit"),
    path("priorities/<slug:slug>/context/still-true/", views_cycle.summary_still_true, name="summary_still_true"),
    path("priorities/<slug:slug>/context/versions/", views.summary_versions, name="summary_versions"),
    path("cycle/open/", views_cycle.cycle_open, name="cycle_open"),
    path("cycle/<slug:slug>/dates/", views_cycle.cycle_dates, name="cycle_dates"),
    path("cycle/<slug:slug>/key-messages/", views_cycle.cycle_messages, name="cycle_messages"),
    path("acronyms/", views.acronyms, name="acronyms"),
]
