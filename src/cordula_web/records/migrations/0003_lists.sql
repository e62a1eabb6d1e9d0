-- Lists are read in the order of an index, so that the first page of a bank of 20,000 units costs no more
-- than that of one of 200. In each, nulls come where the list wants them.
DROP INDEX task_card_by_due;
CREATE INDEX task_card_by_due ON task_card (site, due, unit, number);
DROP INDEX unit_card_by_due;
CREATE INDEX unit_card_by_due ON unit_card (site, due, din);
DROP INDEX unit_card_by_state;
CREATE INDEX unit_card_by_state ON unit_card (site, state_rank, due, unit);
DROP INDEX infant_card_by_operation;
CREATE INDEX infant_card_by_operation
    ON infant_card (site, operation_at, born_at DESC NULLS FIRST, infant);
-- Kinds of entries that are rare, such as deviations and approvals, are asked for by their kind.
CREATE INDEX entry_by_type ON entry (site, type, index);
DROP INDEX entry_of_deviations;
-- Children are found by their mother's name and number too.
CREATE INDEX infant_card_by_mother ON infant_card (mother);
