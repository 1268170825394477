"""Addresses of the reports app."""

from django.urls import URLPattern, URLResolver, path

from reports import views_search

urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", views_search.search_page, name="search"),
]
