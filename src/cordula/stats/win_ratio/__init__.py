"""The hierarchical composite: pairs compared by death, then transplant, then function.

Inputs, the same everywhere here unless a function says otherwise:

    arm: (n,), 1 treated, 0 control
    endpoints: `Time` and `Score` objects, the gravest first
    scoring: “gehan” or “peron”: what is done with censored times
    level: of confidence intervals, between 0 and 1
    rng: a generator, such as `stats.streams.stream(seed, purpose)`
    size: n, infants of both arms
    value1, seen1: of arm 1: values and whether they were seen, (n₁, m), one column an endpoint
    value0, seen0: of arm 0, (n₀, m)
    sign, least: by endpoint (m,): 1 where more is better, else −1; the least lead that counts

Source where neither a function nor its module names one: Pocock et al. 2012, doi:10.1093/eurheartj/ehr352."""

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
