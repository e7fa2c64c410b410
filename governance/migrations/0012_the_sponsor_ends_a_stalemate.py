import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0011_a_point_may_be_waived'),
        ('journal', '0004_checkpoints_and_a_key_that_follows_another'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dissent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('technology', 'Technology'), ('people', 'People')], max_length=16)),
                ('stated_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(choices=[('declined', 'One side declined'), ('contested', 'One side declined, and the other contests it'), ('silence', 'One side has not answered'), ('changes', 'One side asked for changes three times')], max_length=16)),
                ('against', models.CharField(choices=[('technology', 'Technology'), ('people', 'People')], max_length=16)),
                ('escalated_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('technology', 'Technology'), ('people', 'People')], max_length=16)),
                ('step', models.PositiveSmallIntegerField()),
                ('reminded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('recycle', 'Send it back'), ('hold', 'Hold it'), ('kill', 'End it'), ('go', 'Let it pass')], max_length=16)),
                ('resolved_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='intent',
            name='intent_act_known',
        ),
        migrations.RemoveConstraint(
            model_name='signature',
            name='signature_act_known',
        ),
        migrations.RemoveConstraint(
            model_name='signature',
            name='signature_side_known',
        ),
        migrations.AlterField(
            model_name='intent',
            name='act',
            field=models.CharField(choices=[('approve', 'Sign'), ('approve_with_terms', 'Sign with conditions'), ('decline', 'Decline'), ('go', 'Let it pass'), ('recycle', 'Send it back'), ('hold', 'Hold it'), ('kill', 'End it')], max_length=24),
        ),
        migrations.AlterField(
            model_name='signature',
            name='act',
            field=models.CharField(choices=[('approve', 'Sign'), ('approve_with_terms', 'Sign with conditions'), ('decline', 'Decline'), ('go', 'Let it pass'), ('recycle', 'Send it back'), ('hold', 'Hold it'), ('kill', 'End it')], max_length=24),
        ),
        migrations.AddConstraint(
            model_name='intent',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['approve', 'approve_with_terms', 'decline', 'go', 'recycle', 'hold', 'kill'])), name='intent_act_known'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['approve', 'approve_with_terms', 'decline', 'go', 'recycle', 'hold', 'kill'])), name='signature_act_known'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('side__in', ['technology', 'people']), models.Q(('capacity', 'sponsor'), _negated=True)), models.Q(('capacity', 'sponsor'), ('side', '')), _connector='OR'), name='signature_side_known'),
        ),
        migrations.AddField(
            model_name='dissent',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dissent',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dissents', to='governance.round'),
        ),
        migrations.AddField(
            model_name='dissent',
            name='sealed',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.sealed'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='round',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='escalation', to='governance.round'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='governance.round'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='round',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='resolution', to='governance.round'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='signature',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='resolution', to='governance.signature'),
        ),
        migrations.AddConstraint(
            model_name='dissent',
            constraint=models.UniqueConstraint(fields=('round', 'side'), name='one_dissent_a_round_and_side'),
        ),
        migrations.AddConstraint(
            model_name='dissent',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['technology', 'people'])), name='dissent_is_of_a_side'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.CheckConstraint(condition=models.Q(('against__in', ['technology', 'people']), ('cause__in', ('silence', 'changes'))), name='escalation_has_a_cause_and_a_side'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('round', 'side', 'step'), name='one_reminder_a_round_side_and_step'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['technology', 'people']), ('step__in', (50, 80, 100))), name='reminder_is_of_a_step'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['recycle', 'hold', 'kill', 'go'])), name='resolution_way_known'),
        ),
    ]
