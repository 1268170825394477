"""Where everything is. Each app brings its own addresses."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("indicators.urls")),
    path("", include("priorities.urls")),
    path("", include("actions.urls")),
    path("", include("reports.urls")),
]

handler400 = "accounts.views.bad_request"
handler500 = "accounts.views.server_error"
