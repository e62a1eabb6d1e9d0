"""The statistician commits a list of arms: drawn by the system as the design says, and seen by nobody."""

from datetime import datetime
from secrets import randbits
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cordula.events.randomisation import AllocationListCommitted
from cordula.stats.refusals import CannotBe
from cordula.stats.streams import stream
from cordula.trial.allocation import AllocationList, History, draw_list
from cordula.vocabulary.identifiers import ProtocolId
from cordula_web.people import sealed_lists
from cordula_web.people.acting import Acting
from cordula_web.records import queries
from cordula_web.records.sending import RecordingForm, send
from cordula_web.trial_office.facts import Trial


class CommitListForm(RecordingForm):
    """Method, blocks, ratio and size are the protocol's; only a stratum has to be named, where there are any."""

    stratum = forms.CharField(label=_("Stratum"), max_length=60)

    def __init__(self, data: Any = None, *, found: Trial, history: History) -> None:
        super().__init__(data)
        self.found, self.history = found, history
        strata = found.plan.design.allocation.strata
        if strata:
            told = gettext("One list for each combination of: %(factors)s.")
            self.fields["stratum"].help_text = told % {"factors": ", ".join(strata)}
        else:
            del self.fields["stratum"]

    def record(self, acting: Acting, now: datetime) -> bool:
        """Draw, keep and commit; where it is refused, what was drawn is thrown away."""
        if self._was_sent(acting):
            return True
        name, continues = self._named()
        try:
            # The seed is used here once and kept nowhere: nobody can draw this list again.
            drawn = draw_list(
                name,
                self.found.plan.design,
                self.found.plan.design.participants,
                stream(randbits(256), "allocation"),
            )
        except CannotBe as fault:
            self.refuse([str(fault)])
            return False
        sealed_lists.keep(drawn.root, drawn.disclosures)
        event = self._event(drawn, continues, acting, now)
        if not send(self, event, site=acting.site.site_id, now=now):
            sealed_lists.throw_away(drawn.root)
        return not self.errors

    def _was_sent(self, acting: Acting) -> bool:
        key = f"{self.cleaned_data['key']}.0"
        return queries.happened_under(key, site=acting.site.site_id) is not None

    def _named(self) -> tuple[str, str | None]:
        """The name of the new list, and the used-up one that it goes on from."""
        version, digest = self.found.protocol.version, self.found.protocol.digest
        stratum = self.cleaned_data.get("stratum") or gettext("all children")
        name = f"{stratum}, {version}"
        before = [
            one
            for one in self.history.committed.values()
            if one.digest == digest
            and (one.list_name == name or one.list_name.startswith(f"{name}, continued "))
        ]
        if not before or self.history.drawn.get(before[-1].list_name, 0) < before[-1].places:
            return name, None
        return f"{name}, continued {len(before)}", before[-1].list_name

    def _event(
        self, drawn: AllocationList, continues: str | None, acting: Acting, now: datetime
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


def wanted(found: Trial, history: History, acting: Acting) -> bool:
    """Whether a list can be committed now: before the first child, or when one is used up."""
    design = found.plan.design
    if not design.randomised or not acting.may_record("AllocationListCommitted"):
        return False
    mine = [e for e in history.committed.values() if e.digest == found.protocol.digest]
    left = [e for e in mine if history.drawn.get(e.list_name, 0) < e.places]
    used_up = len(left) < len(mine)
    if history.enrolled:
        return used_up and (bool(design.allocation.strata) or not left)
    return bool(design.allocation.strata) or not left


def as_designed(found: Trial) -> str:
    """What will be drawn, in one sentence."""
    design = found.plan.design
    ratio = " : ".join(str(arm.ratio) for arm in design.arms)
    method = design.allocation.method.replace("_", " ")
    blocks = ", ".join(str(size) for size in design.allocation.blocks)
    told = gettext("%(places)s places, %(method)s, ratio %(ratio)s.") % {
        "places": design.participants,
        "method": method,
        "ratio": ratio,
    }
    return f"{told} {gettext('Blocks of %(sizes)s.') % {'sizes': blocks}}" if blocks else told
