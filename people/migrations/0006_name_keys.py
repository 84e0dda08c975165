from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import core.models


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for model in ("User", "Team"):
        rows = apps.get_model("people", model).objects
        for pk, name in rows.values_list("pk", "name").iterator():
            rows.filter(pk=pk).update(name_key=core.models.key_of(name))


class Migration(migrations.Migration):
    dependencies = [("people", "0005_kept_answers")]

    operations = [
        migrations.AddField("team", "name_key", core.models.KeyField(default=""), preserve_default=False),
        migrations.AddField("user", "name_key", core.models.KeyField(default=""), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex("user", "user_by_name"),
        migrations.AddIndex("user", models.Index(fields=["name_key", "id"], name="user_by_name")),
    ]
