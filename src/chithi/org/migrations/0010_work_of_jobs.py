import django.utils.timezone
from django.db import migrations, models


def ask(apps, schema_editor):
    """What waits is asked for like all other work; keys as `chithi.org.trials` makes them."""
    trials, jobs = apps.get_model("org", "PlanTrial"), apps.get_model("jobs", "Job")
    now = django.utils.timezone.now()
    waiting = trials.objects.filter(state="waiting").order_by("asked_at")
    jobs.objects.bulk_create(
        (
            jobs(deed="org.plan", key=f"{pk}:{version}", facts={"trial": pk, "version": version}, due_at=now)
            for pk, version in waiting.values_list("pk", "version")
        ),
        batch_size=300,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0002_quick_pages_of_many'),
        ('org', '0009_plan_trials'),
    ]

    operations = [
        migrations.RunPython(ask, migrations.RunPython.noop),
        migrations.RemoveIndex(
            model_name='plantrial',
            name='plan_trial_state',
        ),
        migrations.AddField(
            model_name='plantrial',
            name='document',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='plantrial',
            name='undo_on',
            field=models.DateField(null=True),
        ),
    ]
