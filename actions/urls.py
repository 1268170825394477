"""Addresses of the actions app."""

from django.urls import URLPattern, URLResolver, path

from actions import views, views_decisions, views_mine, views_sending_back

urlpatterns: list[URLPattern | URLResolver] = [
    path("actions/", views.action_list, name="action_list"),
    path("actions/<slug:key>/", views.action_detail, name="action_detail"),
    path("actions/<slug:key>/update/", views.action_update, name="action_update"),
    path("actions/<slug:key>/send-back/", views_sending_back.action_send_back, name="action_send_back"),
    path("actions/<slug:key>/lead/", views_mine.action_lead, name="action_lead"),
    path("my-actions/", views_mine.my_actions, name="my_actions"),
    path("my-actions/draft/", views_mine.my_actions_draft, name="my_actions_draft"),
    path("decisions/", views_decisions.decision_list, name="decision_list"),
    path("decisions/ask/", views_decisions.decision_ask, name="decision_ask"),
    path("decisions/<int:pk>/answer/", views_decisions.decision_answer, name="decision_answer"),
    path("decisions/<int:pk>/withdraw/", views_decisions.decision_withdraw, name="decision_withdraw"),
]
