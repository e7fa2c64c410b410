from django.db import migrations, models

CAUSES = [
    ('content_changed', 'The content changed'),
    ('terms_changed', 'The conditions changed'),
    ('edition_changed', 'The playbook changed'),
    ('round_closed', 'The round was closed'),
    ('withdrawn', 'Withdrawn by the signer'),
    ('authority_changed', 'An office changed hands'),
    ('delegation_ended', 'The delegation was revoked'),
    ('means_stolen', 'What it was signed with was reported as stolen'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0009_a_commitment_changes_hands'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='void',
            name='void_cause_known',
        ),
        migrations.AlterField(
            model_name='void',
            name='cause',
            field=models.CharField(choices=CAUSES, max_length=24),
        ),
        migrations.AddConstraint(
            model_name='void',
            constraint=models.CheckConstraint(
                condition=models.Q(('cause__in', [value for value, _ in CAUSES])),
                name='void_cause_known',
            ),
        ),
    ]
