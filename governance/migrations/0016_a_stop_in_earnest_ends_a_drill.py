import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0015_who_should_not_judge_steps_back")]

    operations = [
        migrations.AddField(
            model_name="pause",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="governance.pause",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaces", None), ("is_exercise", None), _connector="OR"),
                name="no_drill_ends_a_drill",
            ),
        ),
    ]
