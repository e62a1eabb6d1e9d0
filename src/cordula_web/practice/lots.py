"""The practice trial's lots: a list committed before the first child, and its places drawn one after another.

Lists are drawn, sealed and kept by the functions that the site itself uses. Their seed is written down, because practice
must be the same each time: whoever reads it knows the list, which no list of a real trial allows."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cordula.events.randomisation import AllocationListCommitted, Randomised
from cordula.events.sealed import Sealing
from cordula.protocols.protocol import Protocol
from cordula.stats.streams import stream
from cordula.trial.allocation import AllocationList, draw_list
from cordula.trial.design import design_of
from cordula.vocabulary.identifiers import InfantId, ProtocolId
from cordula_web.people import sealed_lists
from cordula_web.practice.acts import Act, Answer, Draw, Life, MayDraw, Thing
from cordula_web.practice.beginnings import Child
from cordula_web.practice.parameters import parameters
from cordula_web.practice.people import Staff
from cordula_web.records.arms import without_cells

CELLS = "cells"


def drew_cells(child: Child) -> Generator[Thing, Answer, bool]:
    """With a released unit there are two arms to draw from: the child draws, and goes on as she drew."""
    profile = child.profile
    if profile.may_draw_before:
        yield MayDraw(profile.stage_2_at - profile.release_ahead + timedelta(hours=4), child.infant)
    drawn = yield Draw(
        profile.stage_2_at - profile.draws_ahead, child.infant, needs=profile.needs_arm
    )
    return drawn == CELLS


def first_list(lots: "Lots", at: datetime) -> Life:
    yield lots.new_list(at)


@dataclass(slots=True)
class Lots:
    """lists: as they were committed; place: how many of the last are drawn; arms: what each child drew;
    standing_by: children who may draw at any time."""

    protocol: Protocol
    staff: Staff
    lists: list[AllocationList] = field(default_factory=list)
    place: int = 0
    arms: dict[InfantId, str] = field(default_factory=dict)
    standing_by: list[InfantId] = field(default_factory=list)

    def new_list(self, at: datetime) -> Act:
        """Draw, keep and commit a list of as many places as the trial has children."""
        design, number = design_of(self.protocol), len(self.lists)
        name = f"all children, {self.protocol.version}"
        before = self.lists[-1].name if self.lists else None
        rng = stream(parameters()["seed"], "allocation", number)
        drawn = draw_list(
            f"{name}, continued {number}" if before else name, design, design.participants, rng
        )
        sealed_lists.keep(drawn.root, drawn.disclosures)
        self.lists.append(drawn)
        self.place = 0
        return Act(
            AllocationListCommitted(
                protocol_file=ProtocolId(self.protocol.id),
                version=self.protocol.version,
                digest=self.protocol.digest,
                list_name=drawn.name,
                method=drawn.method,
                places=drawn.places,
                root=drawn.root,
                continues=before,
                by=self.staff["novak"],
                at=at,
            )
        )

    def drawn_for(self, asked: Draw) -> Iterator[Act]:
        """The draw of this child; before it those of others, while the next place is not what her point needs."""
        while asked.infant not in self.arms:
            if self.place == self.lists[-1].places:
                yield self.new_list(asked.at)
            others = [one for one in self.standing_by if one not in self.arms]
            fits = not asked.needs or self._next_arm == asked.needs
            yield self._draw(asked.infant if fits or not others else others[0], asked.at)

    @property
    def _next_arm(self) -> str:
        return self.lists[-1].disclosures[self.place].value

    def _draw(self, infant: InfantId, at: datetime) -> Act:
        listed, arm = self.lists[-1], self._next_arm
        words = listed.disclosures[self.place]
        self.place += 1
        self.arms[infant] = arm
        draw = listed.draw(self.place)
        return Act(
            Randomised(
                infant=infant,
                protocol_file=ProtocolId(self.protocol.id),
                list_name=listed.name,
                number=draw.place,
                sealed=draw.sealed,
                proof=draw.proof,
                no_cells=without_cells(self.protocol, arm),
                by=self.staff["moreau"],
                at=at,
            ),
            Sealing(disclosures=[words]),
        )

    def forget_drawn(self) -> None:
        """The words of drawn places stand under the children's own keys, and nowhere else."""
        for number, listed in enumerate(self.lists, start=1):
            last = number == len(self.lists)
            sealed_lists.forget(listed.root, self.place if last else listed.places)
