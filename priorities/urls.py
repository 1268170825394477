"""Addresses of the priorities app."""

from django.urls import URLPattern, URLResolver, path

from priorities import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("introduction/context/", views.summary_edit, name="introduction_edit"),
    path("introduction/context/versions/", views.summary_versions, name="introduction_versions"),
    path("priorities/<slug:slug>/context/", views.summary_edit, name="summary_edit"),
    path("priorities/<slug:slug>/context/versions/", views.summary_versions, name="summary_versions"),
    path("acronyms/", views.acronyms, name="acronyms"),
]
