"""The table in which all processes count sign-in attempts and remember used one-time codes."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def create_table(apps: Any, schema_editor: Any) -> None:
    call_command(
        "createcachetable", "shared_cache", database=schema_editor.connection.alias, verbosity=0
    )


def drop_table(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE IF EXISTS shared_cache")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(create_table, drop_table)]
