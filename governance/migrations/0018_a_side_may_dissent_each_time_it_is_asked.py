from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0017_the_time_to_answer_is_kept")]

    operations = [
        migrations.RemoveConstraint(model_name="dissent", name="one_dissent_a_round_and_side"),
        migrations.AddField(
            model_name="dissent",
            name="about",
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AddConstraint(
            model_name="dissent",
            constraint=models.UniqueConstraint(
                fields=("round", "side", "about"),
                name="one_dissent_a_side_each_time_the_sponsor_is_asked",
                nulls_distinct=False,
            ),
        ),
    ]
