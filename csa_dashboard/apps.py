from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Django's admin, for administrators only (accounts.admin_site)."""

    default_site = "accounts.admin_site.AdministratorSite"
