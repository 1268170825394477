"""Addresses of the reports app."""

from django.urls import URLPattern, URLResolver, path

from reports import views, views_search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("introduction/", views.introduction, name="introduction"),
    path("priorities/", views.priority_list, name="priority_list"),
    path("priorities/<slug:slug>/", views.priority_detail, name="priority_detail"),
    path("search/", views_search.search_page, name="search"),
]
