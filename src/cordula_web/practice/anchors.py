"""Practice children whose lives are at a certain point just now, so that every page has something to show."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count

from cordula_web.practice.lots import CELLS
from cordula_web.practice.profile import Profile, draw

# Time from now to stage II. The theatre strand starts 40 minutes before it, the release 10 days before.
TO_STAGE_2 = (
    timedelta(days=2, hours=20),  # Lina: looked at, and not yet releasable
    timedelta(minutes=12),  # thawed
    timedelta(minutes=5),  # drawn up
    timedelta(minutes=22),  # at the theatre door
    timedelta(minutes=35),  # on its way
    timedelta(hours=12),  # allocated
    timedelta(days=5),  # released
    timedelta(days=10, hours=-1),  # one signature given, the other awaited
    timedelta(days=12),  # to be signed in two days
    timedelta(days=-1),  # given yesterday
)
# Time since birth: on the ward, on its way, at the bench, frozen, in culture.
SINCE_BIRTH = (
    timedelta(minutes=20),
    timedelta(hours=6),
    timedelta(hours=12, minutes=30),
    timedelta(hours=15, minutes=45),
    timedelta(hours=17, minutes=30),
    timedelta(days=2),
    timedelta(days=9),
    timedelta(days=13),
    timedelta(days=-12),
    timedelta(days=-40),
)
# Those who could not stand where they stand, had they drawn stage II alone.
HAVE_CELLS = (1, 2, 3, 4, 5, 9)
# Time from now to stage II of children whose units are released early and who draw late: they draw before the ones
# above while the list says stage II alone, and whoever is left of them is there to be drawn for.
TO_DRAW = tuple(timedelta(days=3, hours=12 + 18 * n) for n in range(8))
HOURS_ON_THE_WAY = 12.0


def anchored(now: datetime) -> list[Profile]:
    """The children of the points above, in this order."""
    at_theatre = [
        replace(_before_stage_2(n, now + ahead), needs_arm=CELLS if n in HAVE_CELLS else "")
        for n, ahead in enumerate(TO_STAGE_2)
    ]
    new = [_steady(draw(len(TO_STAGE_2) + n, now - since)) for n, since in enumerate(SINCE_BIRTH)]
    numbers = count(len(at_theatre) + len(new))
    to_draw = [
        replace(
            _before_stage_2(next(numbers), now + ahead),
            release_ahead=timedelta(days=20),
            draws_ahead=timedelta(days=2),
        )
        for ahead in TO_DRAW
    ]
    lina = replace(at_theatre[0], sex="female", waits=True, unanswered=True)
    return [lina, *at_theatre[1:], *new, *to_draw]


def _before_stage_2(number: int, stage_2: datetime) -> Profile:
    profile = draw(number, stage_2 - timedelta(days=150))
    return _steady(replace(profile, stage_2_fixed=stage_2))


def _steady(profile: Profile) -> Profile:
    """A course without ill luck, so that the point is reached."""
    return replace(
        profile,
        volume_ml=Decimal(82 + profile.number % 12),
        tnc_per_ml=Decimal("9.5"),
        recovery=0.82,
        viability=Decimal(94),
        mnc_percent=Decimal(74),
        post_thaw_viability=Decimal(91),
        hours_to_laboratory=HOURS_ON_THE_WAY,
        grows=False,
        collection_stopped=False,
        consent_withdrawn=False,
        stays_out=False,
        mother_positive=False,
        unanswered=False,
        dies_in_hospital=False,
        dies_interstage=False,
        fails_after_stage_2=False,
    )
