"""Addresses of the indicators app."""

from django.urls import URLPattern, URLResolver, path

from indicators import (
    views,
    views_add,
    views_areas,
    views_cells,
    views_columns,
    views_data,
    views_judging,
    views_method,
    views_origin,
    views_outstanding,
    views_take_back,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", views.indicator_list, name="indicator_list"),
    path("indicators/<slug:slug>/", views.indicator_detail, name="indicator_detail"),
    path("indicators/<slug:slug>.csv", views.indicator_csv, name="indicator_csv"),
    path("indicators/<slug:slug>/figures/", views_origin.indicator_figures, name="indicator_figures"),
    path("indicators/<slug:slug>/definition/", views_judging.indicator_definition, name="indicator_definition"),
    path("indicators/<slug:slug>/add/<slug:kind>/", views_judging.judging_add, name="judging_add"),
    path("judging/<slug:kind>/<int:pk>/", views_judging.judging_change, name="judging_change"),
    path("judging/<slug:kind>/<int:pk>/withdraw/", views_judging.judging_withdraw, name="judging_withdraw"),
    path("observations/<int:pk>/", views_origin.observation_detail, name="observation_detail"),
    path("sources/<slug:slug>/", views_origin.source_detail, name="source_detail"),
    path("areas/", views_areas.area_list, name="area_list"),
    path("areas/<str:code>/", views_areas.area_detail, name="area_detail"),
    path("glossary/", views_method.glossary, name="glossary"),
    path("how-we-judge-change/", views_method.how_we_judge_change, name="how_we_judge_change"),
    path("data/", views_data.data, name="data"),
    path("data/upload/", views_data.data_upload, name="data_upload"),
    path("data/add/", views_add.data_add, name="data_add"),
    path("data/breaks/", views_method.data_breaks, name="data_breaks"),
    path("data/currency/", views_outstanding.data_currency, name="data_currency"),
    path("data/requests/", views_outstanding.data_requests, name="data_requests"),
    path("data/requests/<slug:slug>.csv", views_outstanding.data_request_template, name="data_request_template"),
    path("data/template.csv", views_data.data_template, name="data_template"),
    path("data/uploads/<int:pk>/", views_data.upload_detail, name="upload_detail"),
    path("data/uploads/<int:pk>/changes.csv", views_data.upload_changes, name="upload_changes"),
    path("data/uploads/<int:pk>/columns/", views_columns.upload_columns, name="upload_columns"),
    path("data/uploads/<int:pk>/rows-to-correct.csv", views_cells.upload_rows, name="upload_rows"),
    path("data/uploads/<int:pk>/correct/", views_cells.upload_correct, name="upload_correct"),
    path(
        "data/uploads/<int:pk>/correct/<int:correction>/remove/", views_cells.upload_uncorrect, name="upload_uncorrect"
    ),
    path("data/uploads/<int:pk>/sheet/", views_columns.upload_sheet, name="upload_sheet"),
    path("data/uploads/<int:pk>/file/", views_outstanding.upload_file, name="upload_file"),
    path("data/uploads/<int:pk>/use/", views_data.upload_use, name="upload_use"),
    path("data/uploads/<int:pk>/take-back/", views_take_back.upload_take_back, name="upload_take_back"),
    path("data/uploads/<int:pk>/discard/", views_data.upload_discard, name="upload_discard"),
]
