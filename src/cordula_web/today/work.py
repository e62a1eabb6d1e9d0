"""What must be done by this role, by when, and for which child or unit? From the cards of tasks."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cordula.vocabulary.identifiers import InfantId
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import WorkRow
from cordula_web.frame.spans import rough
from cordula_web.people.acting import Acting
from cordula_web.people.areas import Area
from cordula_web.people.duties import names_known, names_of, role_words
from cordula_web.people.identities import identities_of
from cordula_web.people.roles import Auditor, SiteAdministrator
from cordula_web.records.lists import work_list
from cordula_web.records.models import TaskCard

# A work list longer than this is not read to its end.
TASKS_MAX = 100


def tasks_for(acting: Acting) -> QuerySet[TaskCard]:
    """The tasks of the role; those of a name that no role answers to belong to everybody who sees units."""
    tasks = work_list(acting.site.site_id)
    if acting.role is Auditor:
        return tasks
    if acting.role is SiteAdministrator:
        return tasks.none()
    mine = Q(who__in=names_of(acting.role))
    nobodys = ~Q(who__in=names_known())
    return tasks.filter(mine | nobodys if acting.may_see(Area.UNIT) else mine)


def rows(tasks: Iterable[TaskCard], acting: Acting, now: datetime) -> tuple[WorkRow, ...]:
    listed = list(tasks)
    names = names_for(acting, (task.infant for task in listed))
    return tuple(_row(task, acting, names, now) for task in listed)


def _row(task: TaskCard, acting: Acting, names: Mapping[str, str], now: datetime) -> WorkRow:
    other = task.who not in names_of(acting.role)
    return WorkRow(
        title=task.title,
        url=where(acting, task.din, task.infant, f"#{task.kind}-{task.item}"),
        status=task.status,
        due=due_words(task.due, now),
        due_at=task.due,
        late=task.due is not None and task.due < now,
        din=task.din or "",
        subject=names.get(task.infant or "", ""),
        next=task.says.removeprefix(f"{task.title}. "),
        who=role_words(task.who) if other else "",
    )


def where(acting: Acting, din: str | None, infant: str | None, place: str = "") -> str:
    """The page this role works on: the unit, or the child for those who see no units."""
    if din and acting.may_see(Area.UNIT) and (url := address("clinic:unit", {"din": din})):
        return f"{url}{place}"
    if infant and acting.may_see(Area.INFANT):
        return address("clinic:child", {"infant": infant})
    return ""


def due_words(due: datetime | None, now: datetime) -> str:
    if due is None:
        return ""
    words = _("{length} overdue") if due < now else _("in {length}")
    return words.format(length=rough(abs(now - due)))


def names_for(acting: Acting, infants: Iterable[str | None]) -> dict[str, str]:
    """The names of these children, for those who may know them; for others they are not even read."""
    if not acting.may_see(Area.INFANT_IDENTITY):
        return {}
    asked = {InfantId(name) for name in infants if name}
    return {str(key): identity.printed for key, identity in identities_of(asked).items()}
