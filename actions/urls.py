"""Addresses of the actions app."""

from django.urls import URLPattern, URLResolver, path

from actions import views, views_decisions, views_files, views_links, views_mine, views_review, views_sending_back

urlpatterns: list[URLPattern | URLResolver] = [
    path("actions/", views.action_list, name="action_list"),
    path("actions/<slug:key>/", views.action_detail, name="action_detail"),
    path("actions/<slug:key>/update/", views.action_update, name="action_update"),
    path("actions/<slug:key>/send-back/", views_sending_back.action_send_back, name="action_send_back"),
    path("actions/<slug:key>/lead/", views_mine.action_lead, name="action_lead"),
    path("actions/<slug:key>/files/", views_files.action_files, name="action_files"),
    path("files/<int:pk>/", views_files.attachment, name="attachment"),
    path("actions/<slug:key>/thread/", views_review.action_remarks, name="action_remarks"),
    path("by-link/<str:token>/", views_links.link_form, name="link_form"),
    path("by-link/<str:token>/draft/", views_links.link_draft, name="link_draft"),
    path("by-link/<str:token>/spreadsheet/", views_links.link_sheet, name="link_sheet"),
    path("by-link/<str:token>/spreadsheet/file/", views_links.link_sheet_file, name="link_sheet_file"),
    path("by-link/<str:token>/files/<slug:key>/", views_links.link_files, name="link_files"),
    path("by-link/<str:token>/thread/<slug:key>/", views_links.link_remarks, name="link_remarks"),
    path("by-link/<str:token>/file/<int:pk>/", views_links.link_file, name="link_file"),
    path("partner-links/", views_links.partner_links, name="partner_links"),
    path("partner-links/<int:pk>/revoke/", views_links.partner_link_revoke, name="partner_link_revoke"),
    path("changed/", views_review.progress_changes, name="progress_changes"),
    path("my-actions/", views_mine.my_actions, name="my_actions"),
    path("my-actions/spreadsheet/", views_mine.my_actions_sheet, name="my_actions_sheet"),
    path("my-actions/spreadsheet/file/", views_mine.my_actions_sheet_file, name="my_actions_sheet_file"),
    path("my-actions/draft/", views_mine.my_actions_draft, name="my_actions_draft"),
    path("decisions/", views_decisions.decision_list, name="decision_list"),
    path("decisions/ask/", views_decisions.decision_ask, name="decision_ask"),
    path("decisions/<int:pk>/answer/", views_decisions.decision_answer, name="decision_answer"),
    path("decisions/<int:pk>/withdraw/", views_decisions.decision_withdraw, name="decision_withdraw"),
]
