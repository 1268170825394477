"""Addresses of the indicators app."""

from django.urls import URLPattern, URLResolver, path

from indicators import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", views.indicator_list, name="indicator_list"),
    path("indicators/<slug:slug>/", views.indicator_detail, name="indicator_detail"),
    path("indicators/<slug:slug>.csv", views.indicator_csv, name="indicator_csv"),
]
