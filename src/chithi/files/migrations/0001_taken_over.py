"""Files are kept by a package of their own; the table stays where it is, with all that is in it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [("directives", "0002_search")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Content",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("data", models.BinaryField()),
                        ("text", models.TextField(blank=True)),
                    ],
                    options={"abstract": False, "base_manager_name": "objects", "db_table": "directives_content"},
                ),
            ],
        ),
    ]
