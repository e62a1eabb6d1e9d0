"""The statistician commits a list of arms: drawn by the system as the design says, and seen by nobody."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cordula.events.randomisation import AllocationListCommitted
from cordula.stats.refusals import CannotBe
from cordula.trial.allocation import History, is_seeded
from cordula.vocabulary.identifiers import ProtocolId
from cordula_web.people import sealed_lists
from cordula_web.people.acting import Acting
from cordula_web.records import queries
from cordula_web.records.sending import RecordingForm, send
from cordula_web.trial_office.drawing import Drawn, drawn_for
from cordula_web.trial_office.facts import Trial
from cordula_web.trial_office.lists_now import ListsNow

_ONLY_USED_UP = _(
    "Lists are committed before the first child. After that a list is continued only when all of its places are drawn."
)


class CommitListForm(RecordingForm):
    """Method, blocks, ratio and size are the protocol's; only a stratum has to be named, where there are any."""

    stratum = forms.CharField(label=_("Stratum"), max_length=60)

    def __init__(self, data: Any = None, *, found: Trial, history: History) -> None:
        super().__init__(data)
        self.found, self.history = found, history
        self.lists = ListsNow.of(found, history)
        if not strata_of(found):
            del self.fields["stratum"]
        elif self.lists.enrolled:
            self.fields["stratum"] = forms.ChoiceField(
                label=gettext("List that is used up"),
                choices=[("", gettext("Choose a list")), *((s, s) for s in self.lists.used_up)],
                error_messages={"invalid_choice": _ONLY_USED_UP},
            )
        else:
            told = gettext(
                "One list for each combination of: %(factors)s. Such as “girls, under 6 months”. A child whose "
                "stratum has no list cannot draw, so commit all of them before the first child."
            )
            self.fields["stratum"].help_text = told % {"factors": ", ".join(strata_of(found))}

    @property
    def heading(self) -> str:
        if self.lists.enrolled:
            return gettext("Continue a list that is used up")
        return (
            gettext("Commit to a sealed seed") if self._seeded else gettext("Commit a list of arms")
        )

    @property
    def says(self) -> str:
        if self._seeded:
            return gettext(
                "The seed is drawn now, and sealed. Nobody sees it, and it is never replaced."
            )
        return gettext(
            "The list is drawn now, as the protocol says, and sealed place by place. Nobody sees it, and it is never "
            "replaced."
        )

    @property
    def button(self) -> str:
        return (
            gettext("Draw and commit the seed")
            if self._seeded
            else gettext("Draw and commit the list")
        )

    @property
    def _seeded(self) -> bool:
        return is_seeded(self.found.plan.design.allocation.method)

    def record(self, acting: Acting, now: datetime) -> bool:
        """Draw, keep and commit; where it is refused, what was drawn is thrown away."""
        if self._was_sent(acting):
            return True
        stratum = self.cleaned_data.get("stratum") or gettext("all children")
        name, continues = self.lists.next_name(" ".join(stratum.split()))
        try:
            drawn = drawn_for(name, self.found.plan.design)
        except CannotBe as fault:
            self.refuse([gettext("Nothing was drawn: %(why)s.") % {"why": fault}])
            return False
        sealed_lists.keep(drawn.root, drawn.disclosures)
        event = self._event(drawn, continues, acting, now)
        if not send(self, event, site=acting.site.site_id, now=now):
            sealed_lists.throw_away(drawn.root)
        return not self.errors

    def _was_sent(self, acting: Acting) -> bool:
        key = f"{self.cleaned_data['key']}.0"
        return queries.happened_under(key, site=acting.site.site_id) is not None

    def _event(
        self, drawn: Drawn, continues: str | None, acting: Acting, now: datetime
    ) -> AllocationListCommitted:
        protocol = self.found.protocol
        return AllocationListCommitted(
            protocol_file=ProtocolId(protocol.id),
            version=protocol.version,
            digest=protocol.digest,
            list_name=drawn.name,
            method=drawn.method,
            places=drawn.places,
            root=drawn.root,
            continues=continues,
            by=acting.account_id,
            at=now.astimezone(acting.site.zone),
        )


def strata_of(found: Trial) -> tuple[str, ...]:
    """The factors that have a list for each of their combinations. A minimisation balances them without."""
    allocation = found.plan.design.allocation
    return () if is_seeded(allocation.method) else allocation.strata


def wanted(found: Trial, history: History, acting: Acting) -> bool:
    """Whether a list can be committed now: before the first child, or when one is used up."""
    if not found.plan.design.randomised or not acting.may_record("AllocationListCommitted"):
        return False
    lists = ListsNow.of(found, history)
    if lists.enrolled:
        return bool(lists.used_up)
    return bool(strata_of(found)) or not lists.stems


def as_designed(found: Trial) -> str:
    """What will be drawn, in one sentence."""
    design = found.plan.design
    if is_seeded(design.allocation.method):
        factors = ", ".join(design.allocation.strata) or gettext("no factor")
        told = gettext(
            "Each arm depends on the children before: a seed is drawn and sealed in place of a list. "
            "%(places)s places, balanced over: %(factors)s."
        )
        return told % {"places": design.participants, "factors": factors}
    ratio = " : ".join(str(arm.ratio) for arm in design.arms)
    method = design.allocation.method.replace("_", " ")
    blocks = ", ".join(str(size) for size in design.allocation.blocks)
    told = gettext("%(places)s places, %(method)s, ratio %(ratio)s.") % {
        "places": design.participants,
        "method": method,
        "ratio": ratio,
    }
    return f"{told} {gettext('Blocks of %(sizes)s.') % {'sizes': blocks}}" if blocks else told
