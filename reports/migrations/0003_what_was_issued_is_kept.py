from django.db import migrations, models

from accounts.kept import kept


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_the_trail_is_kept'),
        ('reports', '0002_withdrawn_from_the_public'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='publishedreport',
            name='published_by_a_second_officer',
        ),
        migrations.AddConstraint(
            model_name='publishedreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('prepared_by', None), models.Q(('prepared_by_name', models.F('issued_by_name')), _negated=True)), models.Q(('prepared_by__isnull', False), models.Q(('prepared_by', models.F('issued_by')), _negated=True)), _connector='OR'), models.Q(('prepared_by_name', ''), _negated=True), models.Q(('issued_by_name', ''), _negated=True)), name='published_by_a_second_officer'),
        ),
        kept('reports_publishedreport', 'reports_withdrawal', 'reports_outcome'),
    ]
