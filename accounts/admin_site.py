"""Django's administration site, for administrators."""

from django.contrib.admin import AdminSite


class AdministratorSite(AdminSite):
    site_header = "Administration"
    site_title = "Administration"
    index_title = "Reference data"
