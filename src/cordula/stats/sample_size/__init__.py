"""How many infants or events are needed, and what power has a given number?

Inputs, the same everywhere here unless a function says otherwise:

    alpha, sides: the whole error, and on how many sides (1 or 2)
    power: wanted, between α and 1
    difference, sd: of means, and the standard deviation of one infant's outcome, in one unit
    n, n_1, n_2: infants: of the whole trial (both arms together), of arm 1, of arm 2
    ratio: n₁ : n₂ as one number, 2 for 2:1
    normal: a z test, the standard deviation known, in the place of the t test
    both_tails: count a rejection in the wrong direction as power too
    p, p_1, p_2: true rates, from 0 to 1
    null, null_ratio: the rate, difference or ratio under H₀
    mean_ratio: the true μ₁/μ₂
    correlation: of baseline and outcome; for `mmrm_size` of the visits, shape (J, J)
    covariates: how many there are
    hazard_ratio: of arm 1 against arm 2, above 0 and not the null
    hazard, rate, rates: events per unit of time, as `Hazard` or a number; rates, one for each of `starts`
    accrual, duration: when infants come in: `Accrual`, or the time for which they come in evenly
    intensities: how many come in during each span, relative to the others
    follow_up, time: of the last infant enrolled; a time of the calendar from the first one
    loss: hazard of dropout, of both arms or of each (arm 1, arm 2)
    course, total: what `course_of` answers; infants of both arms together
    win_ratio, ties: wins over losses, and the share of tied pairs
    retention: the share still seen at each visit, shape (J,), of both arms or of each
    plan: group-sequential bounds: what `stats.sequential.design` answers
    upper: whether a greater rate in arm 1 (or than H₀'s) is to be shown

Source where neither a function nor its module names one: Julious 2004, Stat Med 23, 1921; Chow, Shao & Wang
2008, Sample Size Calculations in Clinical Research."""

from cordula.stats.sample_size.composite import (
    mmrm_size,
    power_mmrm,
    power_win_ratio,
    win_ratio_size,
)
from cordula.stats.sample_size.follow_up import (
    Accrual,
    Course,
    Hazard,
    constant,
    even_accrual,
    hazard_of_median,
    hazard_of_share,
    times_of_events,
)
from cordula.stats.sample_size.means import (
    detectable_difference,
    one_mean,
    power_one_mean,
    power_two_means,
    power_two_means_ancova,
    two_means,
    two_means_ancova,
    two_means_ratio,
)
from cordula.stats.sample_size.rates import (
    fitted_difference,
    fitted_ratio,
    one_rate,
    power_one_rate,
    power_two_rates,
    two_rates,
)
from cordula.stats.sample_size.sequential_sizes import (
    SequentialPower,
    SequentialSize,
    SequentialSurvival,
    sequential_means,
    sequential_power_means,
    sequential_power_one_mean,
    sequential_power_one_rate,
    sequential_power_rates,
    sequential_power_survival,
    sequential_rates,
    sequential_survival,
)
from cordula.stats.sample_size.size import Size
from cordula.stats.sample_size.survival import (
    SurvivalSize,
    course_of,
    freedman_events,
    infants_for,
    lachin_foulkes,
    power_of_events,
    schoenfeld_events,
    survival_size,
)

__all__ = [
    "Accrual",
    "Course",
    "Hazard",
    "SequentialPower",
    "SequentialSize",
    "SequentialSurvival",
    "Size",
    "SurvivalSize",
    "constant",
    "course_of",
    "detectable_difference",
    "even_accrual",
    "fitted_difference",
    "fitted_ratio",
    "freedman_events",
    "hazard_of_median",
    "hazard_of_share",
    "infants_for",
    "lachin_foulkes",
    "mmrm_size",
    "one_mean",
    "one_rate",
    "power_mmrm",
    "power_of_events",
    "power_one_mean",
    "power_one_rate",
    "power_two_means",
    "power_two_means_ancova",
    "power_two_rates",
    "power_win_ratio",
    "schoenfeld_events",
    "sequential_means",
    "sequential_power_means",
    "sequential_power_one_mean",
    "sequential_power_one_rate",
    "sequential_power_rates",
    "sequential_power_survival",
    "sequential_rates",
    "sequential_survival",
    "survival_size",
    "times_of_events",
    "two_means",
    "two_means_ancova",
    "two_means_ratio",
    "two_rates",
    "win_ratio_size",
]
