"""A practice life: the child's course and the cells' way run side by side, each until its end."""

from datetime import timedelta

from cordula.events.release import Discarded
from cordula_web.practice import beginnings, bench, clinic, theatre
from cordula_web.practice.acts import Act, Life
from cordula_web.practice.beginnings import Child
from cordula_web.practice.lots import drew_cells
from cordula_web.practice.profile import Profile


def lives(child: Child) -> tuple[Life, ...]:
    """The strands of one life. Each yields its acts in the order of time; together they interleave."""
    strands = [course(child)]
    if not child.profile.dies_in_hospital:
        strands.append(clinic.genetic_review(child))
    if not child.profile.collection_stopped:
        strands.append(cells(child))
    if _is_taken_back(child.profile):
        strands.append(taken_back(child))
    return tuple(strands)


def _is_taken_back(profile: Profile) -> bool:
    """Cells that were collected, of a child who lives: after a death they are discarded for another reason."""
    dies = profile.dies_in_hospital or profile.dies_interstage
    return profile.consent_withdrawn and not (profile.collection_stopped or dies)


def course(child: Child) -> Life:
    """The child: birth, stage I, growing, stage II, and what was measured after."""
    profile = child.profile
    yield from beginnings.before_birth(child)
    yield from beginnings.birth(child)
    yield from clinic.stage_1(child)
    if profile.dies_in_hospital:
        yield from clinic.death(child, profile.stage_1_at + timedelta(days=17))
        return
    if profile.dies_interstage:
        yield from clinic.death(child, profile.born_at + timedelta(days=80))
        return
    yield from clinic.growing(child)
    yield from clinic.stage_2(child)
    yield from clinic.troponin_after(child)
    yield from clinic.follow_up(child)


def cells(child: Child) -> Life:
    """The unit: to the laboratory, frozen, tested, released or rejected; and given, where the child drew that."""
    yield from beginnings.journey_to_the_laboratory(child)
    yield from bench.processing(child)
    yield from beginnings.mother_and_donor(child)
    yield from bench.results(child)
    released = yield from theatre.release(child)
    if released and (yield from drew_cells(child)):
        yield from theatre.on_its_way(child)
        yield from theatre.thaw_and_give(child)
    elif released:
        yield from theatre.not_needed(child)


def taken_back(child: Child) -> Life:
    """Parents took consent back, and wished the cells to be discarded."""
    yield from clinic.withdrawal(child)
    products = (*bench.vials_of(child), *bench.segments_of(child))
    at = child.profile.stage_2_at - timedelta(days=27)
    yield from theatre.taken_out(child, products, at)
    yield Act(
        Discarded(
            unit=child.unit,
            reason="consent_withdrawn",
            witness=child.staff["wu"],
            by=child.staff["brandt"],
            at=at,
        )
    )
