import django.utils.timezone
from django.db import migrations


def ask(apps, schema_editor):
    """What waits or was in hand is asked for like all other work; keys as `chithi.imports.rules` makes them."""
    batches, jobs = apps.get_model("imports", "Import"), apps.get_model("jobs", "Job")
    now = django.utils.timezone.now()
    waiting = batches.objects.filter(state__in=("uploaded", "checking", "applying")).order_by("pk")
    jobs.objects.bulk_create(
        (
            jobs(
                deed="imports.sheet",
                key=f"{pk}:{'apply' if state == 'applying' else 'check'}",
                facts={"import": pk},
                due_at=now,
            )
            for pk, state in waiting.values_list("pk", "state")
        ),
        batch_size=300,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_imports'),
        ('jobs', '0002_quick_pages_of_many'),
    ]

    operations = [
        migrations.RunPython(ask, migrations.RunPython.noop),
        migrations.RemoveIndex(
            model_name='import',
            name='import_state',
        ),
        migrations.RemoveField(
            model_name='import',
            name='held_by',
        ),
        migrations.RemoveField(
            model_name='import',
            name='held_until',
        ),
    ]
