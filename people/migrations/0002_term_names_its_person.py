"""A term carries its user's own person key, and neither can drift: a foreign key over both."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE people_officeterm ADD CONSTRAINT term_names_the_person_of_its_user"
            " FOREIGN KEY (user_id, person_key) REFERENCES people_user (id, person_key)",
            "ALTER TABLE people_officeterm DROP CONSTRAINT term_names_the_person_of_its_user",
        )
    ]
