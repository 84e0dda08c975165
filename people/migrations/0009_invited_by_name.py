from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_api_uses"),
    ]

    operations = [
        migrations.AddField(
            model_name="accesslink",
            name="is_by_name",
            field=models.BooleanField(default=False),
        ),
    ]
