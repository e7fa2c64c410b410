from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_an_auditor_comes_for_a_year")]

    operations = [
        migrations.AddConstraint(
            model_name="officeterm",
            constraint=models.CheckConstraint(
                condition=models.Q(("office", "auditor"), _negated=True)
                | models.Q(("ends_at__isnull", False)),
                name="an_auditor_comes_for_a_time",
            ),
        ),
    ]
