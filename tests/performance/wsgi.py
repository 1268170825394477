"""The site with the pages beside it that it is measured against."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "csa_dashboard.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.ROOT_URLCONF = "tests.performance.urls"
application = get_wsgi_application()
