"""An index over words on each database; a document's number of its own was never read."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE directives_sought_index USING fts5(folded, content='', tokenize='unicode61')",
    """CREATE TRIGGER directives_sought_added AFTER INSERT ON directives_soughtwords BEGIN
        INSERT INTO directives_sought_index(rowid, folded) VALUES (new.newest, new.folded);
    END""",
    """CREATE TRIGGER directives_sought_gone AFTER DELETE ON directives_soughtwords BEGIN
        INSERT INTO directives_sought_index(directives_sought_index, rowid, folded)
        VALUES ('delete', old.newest, old.folded);
    END""",
    """CREATE TRIGGER directives_sought_changed AFTER UPDATE OF newest, folded ON directives_soughtwords BEGIN
        INSERT INTO directives_sought_index(directives_sought_index, rowid, folded)
        VALUES ('delete', old.newest, old.folded);
        INSERT INTO directives_sought_index(rowid, folded) VALUES (new.newest, new.folded);
    END""",
)
SQLITE_BACK = (
    "DROP TRIGGER directives_sought_changed",
    "DROP TRIGGER directives_sought_gone",
    "DROP TRIGGER directives_sought_added",
    "DROP TABLE directives_sought_index",
)
POSTGRESQL = (
    "ALTER TABLE directives_soughtwords ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, folded)) STORED",
    "CREATE INDEX sought_vector ON directives_soughtwords USING gin (vector)",
)
POSTGRESQL_BACK = ("ALTER TABLE directives_soughtwords DROP COLUMN vector",)


def make(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ("directives", "0001_documents"),
    ]

    operations = [
        migrations.RemoveField(model_name="directive", name="number"),
        migrations.RunPython(make, unmake),
    ]
