
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directives', '0002_search'),
        ('org', '0009_plan_trials'),
        ('tasks', '0004_what_tasks_came_out_of'),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='for_below',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='PlanLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('left_out', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('title', models.CharField(max_length=300)),
                ('product', models.CharField(blank=True, max_length=300)),
                ('clause', models.CharField(blank=True, max_length=120)),
                ('due_on', models.DateField(null=True)),
                ('for_below', models.BooleanField(default=False)),
                ('helpers', models.JSONField(default=list)),
                ('above', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='tasks.task')),
                ('directive', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='directives.directive')),
                ('owner_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.person')),
                ('owner_post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='org.post')),
                ('task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='tasks.task')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['directive', 'number'], name='plan_line_in_order')],
                'constraints': [models.UniqueConstraint(fields=('directive', 'above'), name='plan_line_once_for_each_above')],
            },
        ),
    ]
