from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0002_events_by_verb"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="thread",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
    ]
