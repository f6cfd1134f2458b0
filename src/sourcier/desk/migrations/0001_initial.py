"""The tables of the first version."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Story',
            fields=[
                ('slug', models.SlugField(primary_key=True, serialize=False)),
                ('titles', models.JSONField()),
                ('zone', models.CharField(max_length=64)),
                ('languages', models.JSONField()),
                ('closed', models.BooleanField(default=False)),
                ('demo', models.BooleanField(default=False)),
                ('opened', models.DateTimeField()),
                ('sequence', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('topic', models.CharField(blank=True, max_length=255)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.story')),
            ],
        ),
        migrations.CreateModel(
            name='CopyLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
                ('record', models.JSONField()),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.story')),
            ],
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=128)),
                ('capture', models.CharField(db_index=True, max_length=64)),
                ('record', models.JSONField()),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.story')),
            ],
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=128)),
                ('kind', models.CharField(max_length=32)),
                ('event', models.CharField(blank=True, max_length=128)),
                ('at', models.DateTimeField()),
                ('record', models.JSONField()),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.story')),
            ],
        ),
        migrations.CreateModel(
            name='Capture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('record', models.JSONField()),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.story')),
            ],
        ),
        migrations.CreateModel(
            name='Audit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('who', models.CharField(blank=True, max_length=150)),
                ('action', models.CharField(max_length=32)),
                ('entry', models.CharField(blank=True, max_length=32)),
                ('detail', models.JSONField(default=dict)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.story')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AlertSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
                ('record', models.JSONField()),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.story')),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capture', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=8)),
                ('record', models.JSONField()),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.story')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('story', 'capture'), name='one_reading')],
            },
        ),
        migrations.CreateModel(
            name='OriginsSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
                ('record', models.JSONField()),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.story')),
            ],
            options={
                'indexes': [models.Index(fields=['story', 'key', 'at'], name='origins_at')],
            },
        ),
        migrations.CreateModel(
            name='EventSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=128)),
                ('at', models.DateTimeField()),
                ('record', models.JSONField()),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.story')),
            ],
            options={
                'indexes': [models.Index(fields=['story', 'key', 'at'], name='event_at')],
            },
        ),
        migrations.CreateModel(
            name='EntryVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('sequence', models.PositiveIntegerField(null=True)),
                ('event', models.CharField(blank=True, max_length=128)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(blank=True, max_length=150)),
                ('record', models.JSONField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='desk.entry')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.story')),
            ],
            options={
                'indexes': [models.Index(fields=['story', 'event'], name='entry_event')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('version__gt', 0)), fields=('entry', 'version'), name='one_version'), models.UniqueConstraint(fields=('story', 'sequence'), name='one_sequence')],
            },
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(condition=models.Q(('topic', ''), _negated=True), fields=('story', 'topic'), name='one_entry_a_topic'),
        ),
        migrations.AddIndex(
            model_name='copylink',
            index=models.Index(fields=['story', 'key', 'at'], name='copy_at'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(fields=('story', 'key'), name='one_claim'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['story', 'at'], name='change_at'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['story', 'event'], name='change_event'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.UniqueConstraint(fields=('story', 'key'), name='one_change'),
        ),
        migrations.AddConstraint(
            model_name='capture',
            constraint=models.UniqueConstraint(fields=('story', 'key'), name='one_capture'),
        ),
        migrations.AddIndex(
            model_name='alertsnapshot',
            index=models.Index(fields=['story', 'key', 'at'], name='alert_at'),
        ),
    ]
