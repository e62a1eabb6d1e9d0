"""How does Django read the ledger's tables? Unmanaged: the tables and their guards are made by our own SQL.

Only `append` and `card_store` of this room write to them.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Entry(models.Model):
    index = models.BigIntegerField(primary_key=True)
    type = models.TextField()
    schema = models.IntegerField()
    recorded_at = models.DateTimeField()
    occurred_at = models.DateTimeField()
    actor = models.TextField()
    site = models.TextField()
    key = models.TextField()
    data = models.BinaryField()
    leaf = models.BinaryField()

    class Meta:
        managed = False
        db_table = "entry"

    def __str__(self) -> str:
        return f"{self.index} {self.type}"


class UnitCard(models.Model):
    """All that a list says of a unit; `judged_at` is when its newest entry was recorded."""

    unit = models.TextField(primary_key=True)
    site = models.TextField()
    din = models.TextField(null=True)
    infant = models.TextField(null=True)
    mother = models.TextField(null=True)
    chain_of_identity = models.TextField(null=True)
    autologous = models.BooleanField()
    state = models.TextField()
    state_rank = models.SmallIntegerField()
    held = models.BooleanField()
    withdrawn = models.BooleanField()
    understood = models.BooleanField()
    open_deviations = models.IntegerField()
    unreviewed_excursions = models.IntegerField()
    products_at_hand = models.IntegerField()
    place = models.TextField(null=True)
    position = models.TextField(null=True)
    collected_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    operation = models.TextField(null=True)
    operation_at = models.DateTimeField(null=True)
    protocol = models.TextField(null=True)
    protocol_version = models.TextField(null=True)
    gates_met = models.IntegerField(null=True)
    gates = models.IntegerField(null=True)
    status = models.TextField(null=True)
    because = models.TextField()
    next_step = models.TextField(null=True)
    next_title = models.TextField(null=True)
    who = models.TextField(null=True)
    due = models.DateTimeField(null=True)
    dose_value = models.DecimalField(null=True, max_digits=40, decimal_places=20)
    dose_unit = models.TextField(null=True)
    version = models.IntegerField()
    infant_version = models.IntegerField()
    judged_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "unit_card"

    def __str__(self) -> str:
        return self.unit


class InfantCard(models.Model):
    """All that a list says of a child, without her name."""

    infant = models.TextField(primary_key=True)
    site = models.TextField()
    mother = models.TextField(null=True)
    chain_of_identity = models.TextField(null=True)
    birth_order = models.TextField()
    children = models.IntegerField()
    due_date = models.DateField(null=True)
    born_at = models.DateTimeField(null=True)
    sex = models.TextField()
    diagnoses = ArrayField(models.TextField())
    weight_value = models.DecimalField(null=True, max_digits=40, decimal_places=20)
    weight_unit = models.TextField(null=True)
    weighed_at = models.DateTimeField(null=True)
    consented = ArrayField(models.TextField())
    protocol = models.TextField(null=True)
    protocol_version = models.TextField(null=True)
    protocol_digest = models.TextField(null=True)
    operation = models.TextField(null=True)
    operation_at = models.DateTimeField(null=True)
    units = ArrayField(models.TextField())
    died_at = models.DateTimeField(null=True)
    transplanted_at = models.DateTimeField(null=True)
    understood = models.BooleanField()
    version = models.IntegerField()

    class Meta:
        managed = False
        db_table = "infant_card"

    def __str__(self) -> str:
        return self.infant


class PlaceCard(models.Model):
    place = models.TextField(primary_key=True)
    site = models.TextField()
    path = ArrayField(models.TextField())
    positions = models.IntegerField()
    excursions = models.IntegerField()
    version = models.IntegerField()

    class Meta:
        managed = False
        db_table = "place_card"

    def __str__(self) -> str:
        return self.place


class StayCard(models.Model):
    """A product's time in one position; it is still there while `until` is None."""

    pk = models.CompositePrimaryKey("unit", "number")
    unit = models.TextField()
    number = models.IntegerField()
    site = models.TextField()
    product = models.TextField()
    place = models.TextField()
    position = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "stay_card"

    def __str__(self) -> str:
        return f"{self.product} in {self.place} {self.position}"


class TaskCard(models.Model):
    """One thing somebody must do for a unit: an open gate, or a step that is ready."""

    pk = models.CompositePrimaryKey("unit", "number")
    unit = models.TextField()
    number = models.IntegerField()
    site = models.TextField()
    din = models.TextField(null=True)
    infant = models.TextField(null=True)
    item = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    status = models.TextField()
    who = models.TextField()
    says = models.TextField()
    due = models.DateTimeField(null=True)
    operation_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "task_card"

    def __str__(self) -> str:
        return f"{self.title} ({self.unit})"
