"""Lines of documents name posts and people as helpers too: "u5" is the unit that was stored as 5."""

from django.db import migrations


def to_choices(apps, schema_editor):
    _change(apps, lambda one: f"u{one}" if isinstance(one, int) else one)


def to_units(apps, schema_editor):
    _change(apps, lambda one: int(one[1:]) if str(one).startswith("u") else None)


def _change(apps, way):
    lines = apps.get_model("tasks", "PlanLine").objects
    for pk, helpers in list(lines.values_list("pk", "helpers")):
        changed = [kept for one in helpers if (kept := way(one)) is not None]
        if changed != helpers:
            lines.filter(pk=pk).update(helpers=changed)


class Migration(migrations.Migration):
    dependencies = [("tasks", "0007_day_the_end_was_told")]

    operations = [migrations.RunPython(to_choices, to_units)]
