"""Documents under a directive are counted from the register: no unit is expected to say how many there are."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def nobody_is_asked(apps: Any, schema_editor: Any) -> None:
    """Those of one directive, made here; the shipped ones follow the catalogue, which counts all totals anew then."""
    made_here = apps.get_model("indicators", "Measure").objects.filter(pk__gte=10_000, code__startswith="directives.")
    made_here.update(expected="nobody")


class Migration(migrations.Migration):
    dependencies = [("indicators", "0005_figures_of_a_part")]
    operations = [migrations.RunPython(nobody_is_asked, migrations.RunPython.noop)]
