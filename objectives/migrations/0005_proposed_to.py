import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_who(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Of drafts that were shown to a manager: whom they were shown to is who is manager now, or nobody."""
    rows = apps.get_model("objectives", "Objective").objects.filter(proposed_at__isnull=False)
    for row in rows.select_related("owner"):
        moment = row.proposed_at if row.owner.manager_id else None
        rows.filter(pk=row.pk).update(proposed_to=row.owner.manager_id, proposed_at=moment)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("objectives", "0004_value_sources"),
    ]

    operations = [
        migrations.AddField(
            "objective",
            "proposed_to",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(name_who, migrations.RunPython.noop),
    ]
