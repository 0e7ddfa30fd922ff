"""What files hold is kept by `chithi.files`; only the state of the project changes, no table does."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("directives", "0002_search"), ("files", "0001_taken_over")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="attachment",
                    name="content",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="files.content"
                    ),
                ),
                migrations.DeleteModel(name="Content"),
            ],
        ),
    ]
