"""Makes the ledger's tables, their guards and the cards, from SQL that is ours alone.

Django knows the models as unmanaged: it may rebuild a table of its own, and a rebuilt table has lost
its triggers without a word.
"""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

HERE = Path(__file__).parent
PARTS = ("0001_ledger.sql", "0001_guards.sql", "0001_cards.sql")
KEPT = """DO $$ BEGIN
  RAISE EXCEPTION 'The ledger is never taken down by a migration.';
END $$"""


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.RunSQL((HERE / part).read_text(), reverse_sql=KEPT) for part in PARTS
    ]
