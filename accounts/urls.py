"""Addresses of the accounts app. Of allauth's addresses only those of people who have an account: nobody signs
up, and addresses of people are changed by an administrator."""

from allauth.account import views as allauth
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.generic import RedirectView

from accounts import views, views_audit, views_deputies, views_people
from accounts.demo import demo_accounts
from accounts.guards import allow, anyone
from accounts.roles import Permission

read = allow(Permission.READ, "GET", "POST")
open_to_all = anyone("GET", "POST")
first_password = RedirectView.as_view(pattern_name="account_reset_password")
sign_in = allauth.LoginView.as_view(extra_context={"demo_accounts": demo_accounts})

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/login/", open_to_all(sign_in), name="account_login"),
    path("accounts/logout/", read(allauth.logout), name="account_logout"),
    path("accounts/reauthenticate/", read(allauth.reauthenticate), name="account_reauthenticate"),
    path("accounts/password/change/", read(allauth.password_change), name="account_change_password"),
    # Somebody without a password, whom an administrator has added, chooses the first one by mail.
    path("accounts/password/set/", read(first_password), name="account_set_password"),
    path("accounts/password/reset/", open_to_all(allauth.password_reset), name="account_reset_password"),
    path("accounts/password/reset/done/", anyone()(allauth.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>.+)/$",
        open_to_all(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        anyone()(allauth.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("accounts/continue-as/", views.continue_as, name="continue_as"),
    path("whos-who/", views.whos_who, name="whos_who"),
    path("people/", views_people.people, name="people"),
    path("people/add/", views_people.person_add, name="person_add"),
    path("people/<int:pk>/", views_people.person_edit, name="person_edit"),
    path("partners/", views_people.partners, name="partners"),
    path("partners/add/", views_people.partner_add, name="partner_add"),
    path("partners/<slug:slug>/", views_people.partner_edit, name="partner_edit"),
    path("deputies/", views_deputies.deputy_list, name="deputy_list"),
    path("deputies/<int:pk>/end/", views_deputies.deputy_end, name="deputy_end"),
    path("audit/", views_audit.audit_trail, name="audit_trail"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("health/", views.health, name="health"),
]
