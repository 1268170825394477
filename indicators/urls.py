"""Addresses of the indicators app."""

from django.urls import URLPattern, URLResolver, path

from indicators import views, views_areas

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", views.indicator_list, name="indicator_list"),
    path("indicators/<slug:slug>/", views.indicator_detail, name="indicator_detail"),
    path("indicators/<slug:slug>.csv", views.indicator_csv, name="indicator_csv"),
    path("areas/", views_areas.area_list, name="area_list"),
    path("areas/<str:code>/", views_areas.area_detail, name="area_detail"),
]
