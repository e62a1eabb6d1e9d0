"""Indexes in the very order of the lists."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).with_name("0003_lists.sql")
BEFORE = """
DROP INDEX entry_by_type;
CREATE INDEX entry_of_deviations ON entry (site) WHERE type = 'Deviated';
DROP INDEX infant_card_by_mother;
DROP INDEX task_card_by_due;
CREATE INDEX task_card_by_due ON task_card (site, due);
DROP INDEX unit_card_by_due;
CREATE INDEX unit_card_by_due ON unit_card (site, due);
DROP INDEX unit_card_by_state;
CREATE INDEX unit_card_by_state ON unit_card (site, state_rank, due);
DROP INDEX infant_card_by_operation;
CREATE INDEX infant_card_by_operation ON infant_card (site, operation_at);
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0002_deviations")]
    operations: ClassVar = [migrations.RunSQL(SQL.read_text(), reverse_sql=BEFORE)]
