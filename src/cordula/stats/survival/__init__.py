"""Times to an event: how many are free of it, whether arms differ, and what else may come first."""

from cordula.stats.survival.calendar import Observed as Observed
from cordula.stats.survival.calendar import day_of_event as day_of_event
from cordula.stats.survival.calendar import observed_by as observed_by
from cordula.stats.survival.kaplan_meier import KaplanMeier as KaplanMeier
from cordula.stats.survival.kaplan_meier import kaplan_meier as kaplan_meier
from cordula.stats.survival.log_rank import LogRank as LogRank
from cordula.stats.survival.log_rank import log_rank as log_rank
from cordula.stats.survival.log_rank import log_rank_kernel as log_rank_kernel
from cordula.stats.survival.log_rank import log_rank_twin as log_rank_twin
