"""The application that a WSGI server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "csa_dashboard.settings")

application = get_wsgi_application()

# The applications have to be ready first.
from indicators.charts.trend import warm_up  # noqa: E402

warm_up()
