"""The ward's list asks of a card whether its unit was handed over, instead of reading each history.

Cards of units that were handed over before this are told again by `cordula rebuild-cards`."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0003_lists")]
    operations: ClassVar = [
        migrations.RunSQL(
            "ALTER TABLE unit_card ADD COLUMN handed_over_at timestamptz",
            reverse_sql="ALTER TABLE unit_card DROP COLUMN handed_over_at",
        )
    ]
