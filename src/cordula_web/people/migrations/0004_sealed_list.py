"""A table for the lists of arms whose places are not drawn yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_sealed_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealedList",
            fields=[
                ("root", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("sealed", models.TextField()),
            ],
        ),
    ]
