"""A practice child: everything about her course that chance decides, drawn once from her own seed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from cordula_web.practice.parameters import happens, lognormal, normal, parameters

MONTH = timedelta(days=30.4375)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What will happen to a child and her unit, unless somebody decides otherwise on the way."""

    number: int
    born_at: datetime
    sex: str
    twin: int
    birth_weight_kg: Decimal
    volume_ml: Decimal
    tnc_per_ml: Decimal
    cd34_percent: Decimal
    recovery: float
    aimed_concentration: Decimal
    viability: Decimal
    post_thaw_viability: Decimal
    hours_to_laboratory: float
    mnc_percent: Decimal
    grows: bool
    mother_positive: bool
    unanswered: bool
    collection_stopped: bool
    consent_withdrawn: bool
    stage_1_after: timedelta
    stage_2_after: timedelta
    dies_in_hospital: bool
    dies_interstage: bool
    fails_after_stage_2: bool
    arrhythmia: bool
    stays_out: bool
    rvef: Decimal
    fac: Decimal
    chance: Random
    # Anchored children have a fixed time of stage II, and quality waits instead of rejecting.
    stage_2_fixed: datetime | None = None
    waits: bool = False
    # How long before stage II the unit is released, and the child draws her arm; and the arm her point needs.
    release_ahead: timedelta = timedelta(days=10)
    draws_ahead: timedelta = timedelta(days=9, hours=20)
    needs_arm: str = ""

    @property
    def may_draw_before(self) -> bool:
        """Whether she was released long before she draws, so that she can draw for another's sake."""
        return self.release_ahead - self.draws_ahead > timedelta(days=1)

    @property
    def stage_1_at(self) -> datetime:
        return _morning(self.born_at + self.stage_1_after)

    @property
    def stage_2_at(self) -> datetime:
        return self.stage_2_fixed or _morning(self.born_at + self.stage_2_after)


def draw(number: int, born_at: datetime, *, twin: int = 0) -> Profile:
    """The practice child of this number. The same number and birth give the same child for ever."""
    chance = Random(f"{parameters()['seed']}:{number}")  # noqa: S311  practice, not secrecy
    return Profile(
        number=number,
        born_at=born_at,
        sex=chance.choice(("female", "male")),
        twin=twin,
        birth_weight_kg=rounded(normal("birth_weight_kg", chance), 2),
        volume_ml=rounded(normal("volume_ml", chance), 0),
        tnc_per_ml=rounded(lognormal("tnc_10e6_per_ml", chance), 1),
        cd34_percent=rounded(lognormal("cd34_per_mille", chance) / 10, 2),
        recovery=normal("recovery", chance),
        aimed_concentration=rounded(chance.uniform(31, 41), 1),
        viability=rounded(normal("viability_percent", chance), 0),
        post_thaw_viability=_post_thaw_viability(chance),
        hours_to_laboratory=lognormal("hours_to_laboratory", chance),
        mnc_percent=rounded(normal("mnc_percent", chance), 0),
        grows=happens("contaminated", chance),
        mother_positive=happens("mother_positive", chance),
        unanswered=happens("questionnaire_unanswered", chance),
        collection_stopped=happens("collection_stopped", chance),
        consent_withdrawn=happens("consent_withdrawn", chance),
        stage_1_after=timedelta(days=normal("stage_1_age_days", chance)),
        stage_2_after=normal("stage_2_age_months", chance) * MONTH,
        dies_in_hospital=happens("hospital_death_after_stage_1", chance),
        dies_interstage=happens("interstage_death", chance),
        fails_after_stage_2=happens("failure_after_stage_2", chance),
        arrhythmia=happens("tachyarrhythmia", chance),
        stays_out=happens("parents_want_no_draw", chance),
        rvef=rounded(chance.gauss(*_mean_and_sd("rvef_percent")), 0),
        fac=rounded(chance.gauss(*_mean_and_sd("fac_percent")), 0),
        chance=chance,
    )


def rounded(value: float, places: int) -> Decimal:
    """A drawn number as it would be written down."""
    return round(Decimal(repr(value)), places)


def _mean_and_sd(name: str) -> tuple[float, float]:
    row = parameters()[name]
    return row["mean"], row["sd"]


def _post_thaw_viability(chance: Random) -> Decimal:
    """Eight in a hundred lie below 75 %; the others spread evenly around the median."""
    row = parameters()["post_thaw_cd34_viability_percent"]
    if chance.random() < row["below_75_share"]:
        return rounded(chance.uniform(50, 74.9), 0)
    return rounded(chance.triangular(75, 99, row["median"]), 0)


def _morning(moment: datetime) -> datetime:
    """Operations begin in the morning."""
    return moment.replace(hour=8, minute=30, second=0, microsecond=0)
