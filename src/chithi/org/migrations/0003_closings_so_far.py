"""Every unit closed so far gets the row that says so with its days; until now only the unit itself said it."""

from django.db import migrations


def write_closings(apps, schema_editor):
    unit, closing = apps.get_model("org", "Unit"), apps.get_model("org", "Closing")
    event = apps.get_model("org", "TreeEvent")
    ending = {}
    for pk, unit_id, on in event.objects.filter(kind__in=("close", "merge")).values_list("pk", "unit_id", "on"):
        ending[unit_id, on] = pk
    closed = unit.objects.filter(closed_on__isnull=False, heir__isnull=False)
    closing.objects.bulk_create(
        (
            closing(unit_id=pk, heir_id=heir, since=on, event_id=ending.get((pk, on)))
            for pk, heir, on in closed.order_by("pk").values_list("pk", "heir_id", "closed_on")
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("org", "0002_reorganisations")]

    operations = [migrations.RunPython(write_closings, migrations.RunPython.noop)]
