"""Addresses of the actions app."""

from django.urls import URLPattern, URLResolver, path

from actions import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("actions/", views.action_list, name="action_list"),
    path("actions/<slug:key>/", views.action_detail, name="action_detail"),
    path("actions/<slug:key>/update/", views.action_update, name="action_update"),
]
