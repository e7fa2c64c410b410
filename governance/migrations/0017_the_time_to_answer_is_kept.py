from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0016_a_stop_in_earnest_ends_a_drill")]

    operations = [
        migrations.AddField(
            model_name=name, name="reply_until", field=models.DateTimeField(null=True)
        )
        for name in ("escalation", "decline", "contest", "delegationanswer")
    ]
