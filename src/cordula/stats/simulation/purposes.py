"""What is a random number for? Each purpose is a word of the counter, so that adding one moves no other.

Published results depend on these numbers: they are never changed and never used again for something else."""

# Four draws for each patient: baseline (or time to the event), outcome (or time of leaving), dropout, gap
# before entry.
PATIENT = 1
# Four draws for each patient: time to death, to transplant, to unplanned operation, to a serious event.
COURSE = 2
# Four draws for each patient: error of the first and of the later measurement, the virtual infant, one spare.
MEASUREMENT = 3
# One draw for each place of an allocation list.
ALLOCATION = 4
# Sufficient statistics: four draws for each stage.
STAGE = 5
# Later visits of a patient: four draws for each group of four visits.
VISITS = 6
# The time of one event of a composite, one purpose for each.
SURVIVAL = 7
# A further outcome of the same children: its draws stand so many purposes later.
OUTCOMES_APART = 256
