"""What may this person do here, now? An action that would be refused is never drawn (interface, section 2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cordula.journey.verdict import Gate, Status, Step, StepState
from cordula.protocols import criteria as ask
from cordula.protocols.criteria import Criterion
from cordula.protocols.protocol import Protocol
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Action
from cordula_web.people.acting import Acting
from cordula_web.people.areas import Words


@dataclass(frozen=True, slots=True)
class Offer:
    """An event somebody may record, what the button says, and the page where it is done."""

    event: str
    label: Words
    page: str


# By the event that takes a step.
STEPS: Mapping[str, Offer] = {
    "Collected": Offer("Collected", _("Record the collection"), "collection:collect"),
    "Received": Offer("Received", _("Receive it"), "laboratory:incoming"),
    "Processed": Offer("Processed", _("Go to the bench"), "laboratory:bench"),
    "Cryopreserved": Offer("Cryopreserved", _("Go to the bench"), "laboratory:bench"),
    "Stored": Offer("Stored", _("Put it away"), "laboratory:storage"),
    "Allocated": Offer("Allocated", _("Set it aside for the child"), "clinic:allocate"),
    "Shipped": Offer("Shipped", _("Send it to theatre"), "clinic:ship"),
    "Thawed": Offer("Thawed", _("Record the thaw"), "clinic:thaw"),
    "Prepared": Offer("Prepared", _("Draw up the dose"), "clinic:prepare"),
    "Administered": Offer("Administered", _("Record what is given"), "clinic:administer"),
}
ARRIVED = Offer("Received", _("Receive it in theatre"), "clinic:receive")
SIGN = Offer("Signed", _("Go to the signature"), "laboratory:release")
RELEASE = Offer("Released", _("Go to the release"), "laboratory:release")

# By the kind of criterion that is open.
GATES: Mapping[type[Criterion], Offer] = {
    ask.Measured: Offer("Counted", _("Record a count"), "laboratory:count"),
    ask.TestPassed: Offer("Tested", _("Record a test"), "laboratory:bench"),
    ask.MotherNegative: Offer("MotherTested", _("Go to the bench"), "laboratory:bench"),
    ask.ProductsKept: Offer("Stored", _("Go to the freezer"), "laboratory:storage"),
    ask.StorageUnbroken: Offer("ExcursionReviewed", _("Review storage"), "laboratory:storage"),
    ask.ReviewSigned: Offer("Reviewed", _("Go to the review"), "clinic:review"),
    ask.OperationKnown: Offer("OperationPlanned", _("Plan the operation"), "clinic:plan"),
    ask.WeightFresh: Offer("Weighed", _("Record a weight"), "clinic:weigh"),
    ask.DoseInRange: Offer("Weighed", _("Record a weight"), "clinic:weigh"),
    ask.DiagnosisIs: Offer("Diagnosed", _("Record a diagnosis"), "clinic:diagnose"),
}
DECLARE = Offer("Declared", _("Answer for the child"), "clinic:declare")


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be offered on one unit's page; nothing at all once the journey has stopped."""

    acting: Acting
    protocol: Protocol | None
    din: str
    infant: str
    stopped: bool = False
    # On its way to theatre: what arrives next arrives there, and not at the laboratory.
    shipped: bool = False

    def for_step(self, step: Step) -> tuple[Action, ...]:
        if self.stopped or step.state is not StepState.READY:
            return ()
        return self._drawn(_of_step(step, self.shipped))

    def for_gate(self, gate: Gate) -> tuple[Action, ...]:
        if self.stopped or gate.status.opens:
            return ()
        shut = {finding.criterion for finding in gate.findings if not finding.status.opens}
        asked = (c for c in self._criteria(gate) if c.id in shut)
        return self._drawn([offer for c in asked if (offer := _of_criterion(c))])

    def _criteria(self, gate: Gate) -> tuple[Criterion, ...]:
        gates = self.protocol.gates if self.protocol else ()
        return next((one.criteria for one in gates if one.id == gate.id), ())

    def _drawn(self, offers: Iterable[Offer]) -> tuple[Action, ...]:
        found: dict[str, Action] = {}
        for offer in offers:
            url = self._address(offer) if self.acting.may_record(offer.event) else ""
            if url:
                found.setdefault(url, Action(offer.label, url, kind="two", size="sm"))
        return tuple(found.values())

    def _address(self, offer: Offer) -> str:
        about_child = {"infant": self.infant} if self.infant else {"infant": "-"}
        return address(offer.page, {"din": self.din}, about_child, {})


def _of_step(step: Step, shipped: bool) -> tuple[Offer, ...]:
    if step.event == "Received" and shipped:
        return (ARRIVED,)
    if step.event in ("Released", "ExceptionallyReleased"):
        waits = step.status is Status.WAITING_SIGNATURE
        return (SIGN, RELEASE) if waits else (RELEASE,)
    offer = STEPS.get(step.event)
    return (offer,) if offer else ()


def _of_criterion(criterion: Criterion) -> Offer | None:
    if isinstance(criterion, ask.Answered) and criterion.of == "infant":
        return DECLARE
    return GATES.get(type(criterion))
