from django.conf import settings
from django.db import migrations, models


def keep_the_sheet_of_each_mapping(apps, schema_editor):
    """What columns were said to be holds the sheet that was meant."""
    for extract in apps.get_model("indicators", "Extract").objects.exclude(mapping={}).only("mapping"):
        extract.sheet = extract.mapping.get("sheet", "")
        extract.save(update_fields=["sheet"])


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0005_multi_coded_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="extract",
            name="extract_bytes_used_once",
        ),
        migrations.AddField(
            model_name="extract",
            name="sheet",
            field=models.CharField(blank=True, help_text="Of a workbook, the sheet that is read.", max_length=255),
        ),
        migrations.RunPython(keep_the_sheet_of_each_mapping, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "used")), fields=("sha256", "sheet"), name="extract_bytes_used_once"
            ),
        ),
    ]
