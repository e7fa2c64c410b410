from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0013_a_change_says_how_a_key_is_held")]

    operations = [
        migrations.AddField(
            model_name="change",
            name="with_password",
            field=models.BooleanField(null=True),
        ),
    ]
