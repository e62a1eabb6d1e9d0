"""The design of a trial: arms, ratio, endpoints, looks and alpha, checked for form and for sense.

The trial engine reads the values; here stands only what can be seen to be wrong before anything is simulated."""

from collections.abc import Mapping, Sequence

from cordula.protocols.file.context import Context
from cordula.protocols.file.endpoints import Endpoint, check_endpoints
from cordula.protocols.file.looks import check_futility, check_looks
from cordula.protocols.file.multiplicity import check_multiplicity
from cordula.protocols.file.safety import check_safety
from cordula.protocols.file.shares import keys, share
from cordula.protocols.file.table import Table
from cordula.vocabulary.words import _

Arms = tuple[str, ...]


MASKINGS = keys("open single double triple")
ALLOCATIONS = keys("none simple permuted_blocks minimisation urn biased_coin")
# What may be assumed where no text says it; everything else in a design is sourced.
ASSUMABLE = keys(
    "alpha sides looks spending allocation analysis ratio participants masked"
    " estimands missing multiplicity futility safety"
)
# No trial of this therapy could be larger; a number far above is a slip of the finger.
PARTICIPANTS_MAX = 100_000


def check_design(root: Table, context: Context) -> tuple[Arms, Mapping[str, Endpoint]]:
    """The names of the arms, and each endpoint by its id; empty where they could not be read."""
    if "design" not in root:
        root.tell(_("a protocol says how it is studied: [design] is missing"))
        return (), {}
    table = root.table("design")
    randomised = table.flag("randomised")
    table.word("masked", lambda: MASKINGS, _("a masking"))
    children = table.whole_or_none("participants")
    if children is not None and not 1 <= children <= PARTICIPANTS_MAX:
        says = _("a trial has from 1 to {most} participants")
        table.tell(says.format(most=PARTICIPANTS_MAX), "participants")
    arms, ratio = _arms(table)
    if randomised and len(arms) < 2:
        table.tell(_("a randomised trial has two arms or more"), "randomised")
    _allocation(table, ratio, randomised)
    alpha = share(table, "alpha")
    if "sides" in table and table.whole("sides") not in (1, 2):
        table.tell(_("a test has 1 or 2 sides"), "sides")
    check_looks(table, alpha)
    endpoints = check_endpoints(table)
    check_futility(table)
    check_multiplicity(table, endpoints)
    check_safety(table, arms, context)
    _assumed(table)
    context.source(table)
    table.text("place", "")
    table.done()
    return arms, endpoints


def _arms(design: Table) -> tuple[Arms, Sequence[int]]:
    names, ratio = [], []
    for table in design.tables("arms"):
        names.append(table.text("id"))
        table.text("title")
        table.flag("cells", True)
        ratio.append(table.whole("ratio", 1))
        if ratio[-1] < 1:
            table.tell(_("the ratio of an arm is a whole number, 1 or more"), "ratio")
        if "participants" in table and table.whole("participants") < 0:
            table.tell(_("participants are counted from 0"), "participants")
        table.done()
    if not names:
        design.tell(_("a design has at least one of [[design.arms]]"))
    _counted(design)
    if len(set(names)) < len(names):
        design.tell(_("two arms have the same id"), "arms")
    return tuple(names), ratio


def _counted(design: Table) -> None:
    """Where every arm tells its children, they are those of the design."""
    told = [arm.values.get("participants") for arm in design.tables("arms")]
    numbers = [number for number in told if type(number) is int]
    whole = design.values.get("participants")
    if numbers and len(numbers) == len(told) and type(whole) is int and sum(numbers) != whole:
        says = _("the arms have {counted} children together, not {whole}")
        design.tell(says.format(counted=sum(numbers), whole=whole), "participants")


def _allocation(design: Table, ratio: Sequence[int], randomised: bool) -> None:
    if "allocation" not in design:
        return
    table = design.table("allocation")
    method = table.word("method", lambda: ALLOCATIONS, _("a method of allocation"))
    if randomised == (method == "none"):
        table.tell(_("“none” is for trials that are not randomised, and for them alone"), "method")
    if "blocks" in table:
        whole = max(sum(ratio), 1)
        for block in table.values["blocks"] if isinstance(table.values["blocks"], list) else ():
            if type(block) is not int or block < 1 or block % whole:
                says = _(
                    "a block of {block} cannot be divided as {ratio}: multiples of {whole} can"
                )
                told = " : ".join(map(str, ratio))
                table.tell(says.format(block=block, ratio=told, whole=whole), "blocks")
    elif method == "permuted_blocks":
        table.tell(_("permuted blocks need “blocks”, such as [4, 6]"))
    table.texts("strata", ())
    table.done()


def _assumed(table: Table) -> None:
    """What no text says may be assumed, if it is said that it is, and why."""
    if "assumed" in table:
        table.words("assumed", lambda: ASSUMABLE, _("something a design may assume"))
        table.text("assumption")
    elif "assumption" in table:
        table.tell(_("an assumption says in “assumed” what is assumed"), "assumption")
