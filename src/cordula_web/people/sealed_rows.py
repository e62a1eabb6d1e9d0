"""Where do words about a person stand, so that they can be taken away? Every row below is ciphertext or a keyed digest."""

from typing import ClassVar

from django.db import models

from cordula_web.people.sites import Site


class SubjectKey(models.Model):
    """The data key of one person (or unit), wrapped by the site key. Erased: the row stays, the key is gone."""

    subject = models.CharField(primary_key=True, max_length=60)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    key_id = models.CharField(max_length=40)
    wrapped = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(wrapped=None, erased_at__isnull=False)
                | models.Q(wrapped__isnull=False, erased_at=None),
                name="a_key_is_there_or_erased",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class SealedIdentity(models.Model):
    """Name, birth date and number of one person."""

    key = models.OneToOneField(SubjectKey, models.PROTECT, primary_key=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return self.key_id


class IdentityToken(models.Model):
    """A keyed digest by which a person is found: of a hospital number, or of one word of a family name."""

    key = models.ForeignKey(SubjectKey, models.PROTECT)
    token = models.BinaryField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "token"], name="one_token_once")
        ]

    def __str__(self) -> str:
        return self.key_id


class SealedDisclosure(models.Model):
    """The words behind a digest in the ledger, with their salt."""

    digest = models.CharField(primary_key=True, max_length=64)
    key = models.ForeignKey(SubjectKey, models.PROTECT)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return self.digest


class SealedList(models.Model):
    """A list of arms, by the root that the ledger holds of it."""

    root = models.CharField(primary_key=True, max_length=64)
    sealed = models.TextField()

    def __str__(self) -> str:
        return self.root
