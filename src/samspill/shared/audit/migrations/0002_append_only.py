"""The database itself refuses to change or remove lines of the trail."""

from django.db import migrations

from samspill.shared.audit import append_only


def forbid(apps, schema_editor):
    append_only.forbid(schema_editor.connection)


def lift(apps, schema_editor):
    append_only.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(forbid, lift)]
