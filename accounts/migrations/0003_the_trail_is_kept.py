from django.db import migrations

from accounts.kept import kept


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_deputies'),
    ]

    operations = [
        kept('accounts_auditevent'),
    ]
