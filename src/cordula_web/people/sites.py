"""Where does somebody work, and in which role? A membership is ended, never deleted, so that it stays known who could do what when."""

from typing import ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordula.vocabulary.identifiers import SiteId
from cordula_web.people.accounts import Account
from cordula_web.people.roles import Role, UnknownRole, role_named


def check_identifier(text: str) -> None:
    """Raises ValidationError where the text cannot name a site."""
    try:
        SiteId(text)
    except ValueError as fault:
        raise ValidationError(str(fault)) from fault


def check_time_zone(text: str) -> None:
    if text not in available_timezones():
        raise ValidationError(f"“{text}” is not a time zone; Europe/London is one")


def check_role(text: str) -> None:
    try:
        role_named(text)
    except UnknownRole as fault:
        raise ValidationError(str(fault)) from fault


class Site(models.Model):
    """A hospital or laboratory. Records of one site do not exist for another."""

    id = models.CharField(primary_key=True, max_length=40, validators=[check_identifier])
    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[check_time_zone]
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    practice = models.BooleanField(_("for practice only"), default=False)

    def __str__(self) -> str:
        return self.name

    @property
    def site_id(self) -> SiteId:
        return SiteId(self.id)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class ActiveMemberships(models.Manager["Membership"]):
    def get_queryset(self) -> models.QuerySet["Membership"]:
        return super().get_queryset().filter(ended_at=None)


class Membership(models.Model):
    """An account holds a role at a site, from one moment to another."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    site = models.ForeignKey(Site, models.PROTECT, related_name="memberships")
    role_name = models.CharField(max_length=40, validators=[check_role])
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    objects = models.Manager()
    active = ActiveMemberships()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "site", "role_name"],
                condition=models.Q(ended_at=None),
                name="one_running_membership_per_role",
            ),
            models.CheckConstraint(
                condition=~models.Q(granted_by=models.F("account")),
                name="nobody_grants_a_role_to_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} as {self.role_name} at {self.site_id}"

    @property
    def role(self) -> type[Role]:
        return role_named(self.role_name)
