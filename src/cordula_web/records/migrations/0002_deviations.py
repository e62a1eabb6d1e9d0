"""Lets a deviation be found by its number without reading the whole ledger."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0001_ledger")]
    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE INDEX entry_of_deviations ON entry (site) WHERE type = 'Deviated'",
            reverse_sql="DROP INDEX entry_of_deviations",
        )
    ]
