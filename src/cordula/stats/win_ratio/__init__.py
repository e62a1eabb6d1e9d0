"""The hierarchical composite: pairs compared by death, then transplant, then function."""

from cordula.stats.win_ratio.by_allocation import net_benefit_statistic as net_benefit_statistic
from cordula.stats.win_ratio.by_allocation import win_ratio_test as win_ratio_test
from cordula.stats.win_ratio.endpoints import Endpoint as Endpoint
from cordula.stats.win_ratio.endpoints import Score as Score
from cordula.stats.win_ratio.endpoints import Time as Time
from cordula.stats.win_ratio.pairs import won_and_lost as won_and_lost
from cordula.stats.win_ratio.pairs import won_and_lost_kernel as won_and_lost_kernel
from cordula.stats.win_ratio.pairs import won_and_lost_twin as won_and_lost_twin
from cordula.stats.win_ratio.win_ratio import WinRatio as WinRatio
from cordula.stats.win_ratio.win_ratio import win_ratio as win_ratio
