"""Where everything is. Each app brings its own addresses."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    # What is read most is looked for first: each address tried before it takes its time.
    path("", include("reports.urls")),
    path("", include("actions.urls")),
    path("", include("priorities.urls")),
    path("", include("indicators.urls")),
    path("", include("accounts.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "accounts.views.bad_request"
handler500 = "accounts.views.server_error"
