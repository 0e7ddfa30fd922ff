import unicodedata

from django.db import migrations


def fold_names(apps, schema_editor):
    """Names without tone marks, in small letters, as `chithi.text.vietnamese.fold` writes them."""
    for user in apps.get_model('access', 'User').objects.filter(folded='').iterator():
        plain = unicodedata.normalize('NFD', user.name.lower().replace('đ', 'd'))
        user.folded = ''.join(letter for letter in plain if not unicodedata.combining(letter))[:120]
        user.save(update_fields=['folded'])


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_roles_and_sessions'),
    ]

    operations = [
        migrations.RunPython(fold_names, migrations.RunPython.noop),
    ]
