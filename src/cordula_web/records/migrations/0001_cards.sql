-- What lists need to know, written in the same transaction as the entry that changed it, and made
-- anew from the ledger at any time. Nothing here is a source of truth.
CREATE TABLE unit_card (
    unit text NOT NULL,
    site text NOT NULL,
    din text,
    infant text,
    mother text,
    chain_of_identity text,
    autologous boolean NOT NULL,
    state text NOT NULL,
    state_rank smallint NOT NULL,
    held boolean NOT NULL,
    withdrawn boolean NOT NULL,
    understood boolean NOT NULL,
    open_deviations integer NOT NULL,
    unreviewed_excursions integer NOT NULL,
    products_at_hand integer NOT NULL,
    place text,
    position text,
    collected_at timestamptz,
    operation text,
    operation_at timestamptz,
    protocol text,
    protocol_version text,
    gates_met integer,
    gates integer,
    status text,
    because text NOT NULL,
    next_step text,
    next_title text,
    who text,
    due timestamptz,
    dose_value numeric,
    dose_unit text,
    version integer NOT NULL,
    infant_version integer NOT NULL,
    judged_at timestamptz NOT NULL,
    CONSTRAINT unit_card_pkey PRIMARY KEY (unit),
    CONSTRAINT unit_card_din_once UNIQUE (din)
) WITH (fillfactor = 70);
CREATE INDEX unit_card_by_state ON unit_card (site, state_rank, due);
CREATE INDEX unit_card_by_due ON unit_card (site, due);
CREATE INDEX unit_card_by_infant ON unit_card (infant);
CREATE INDEX unit_card_by_chain ON unit_card (chain_of_identity);
CREATE INDEX unit_card_by_operation ON unit_card (site, operation_at);
CREATE INDEX unit_card_held ON unit_card (site)
    WHERE held OR open_deviations > 0 OR unreviewed_excursions > 0;

CREATE TABLE infant_card (
    infant text NOT NULL,
    site text NOT NULL,
    mother text,
    chain_of_identity text,
    birth_order text NOT NULL,
    children integer NOT NULL,
    due_date date,
    born_at timestamptz,
    sex text NOT NULL,
    diagnoses text[] NOT NULL,
    weight_value numeric,
    weight_unit text,
    weighed_at timestamptz,
    consented text[] NOT NULL,
    protocol text,
    protocol_version text,
    protocol_digest text,
    operation text,
    operation_at timestamptz,
    units text[] NOT NULL,
    died_at timestamptz,
    transplanted_at timestamptz,
    understood boolean NOT NULL,
    version integer NOT NULL,
    CONSTRAINT infant_card_pkey PRIMARY KEY (infant),
    CONSTRAINT infant_card_chain_once UNIQUE (chain_of_identity)
) WITH (fillfactor = 70);
CREATE INDEX infant_card_by_site ON infant_card (site, born_at);
CREATE INDEX infant_card_by_operation ON infant_card (site, operation_at);

CREATE TABLE place_card (
    place text NOT NULL,
    site text NOT NULL,
    path text[] NOT NULL,
    positions integer NOT NULL,
    excursions integer NOT NULL,
    version integer NOT NULL,
    CONSTRAINT place_card_pkey PRIMARY KEY (place)
);
CREATE INDEX place_card_by_path ON place_card (site, path);

-- Every stay of a product in a position; it is still there while `until` is null.
CREATE TABLE stay_card (
    unit text NOT NULL,
    number integer NOT NULL,
    site text NOT NULL,
    product text NOT NULL,
    place text NOT NULL,
    position text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz,
    CONSTRAINT stay_card_pkey PRIMARY KEY (unit, number)
);
CREATE UNIQUE INDEX stay_card_position_once ON stay_card (place, position) WHERE until IS NULL;
CREATE INDEX stay_card_by_place ON stay_card (place, since);
CREATE INDEX stay_card_by_product ON stay_card (product);

-- What somebody must do next: an open gate, or a step that is ready, and in which role.
CREATE TABLE task_card (
    unit text NOT NULL,
    number integer NOT NULL,
    site text NOT NULL,
    din text,
    infant text,
    item text NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    status text NOT NULL,
    who text NOT NULL,
    says text NOT NULL,
    due timestamptz,
    operation_at timestamptz,
    CONSTRAINT task_card_pkey PRIMARY KEY (unit, number)
);
CREATE INDEX task_card_by_role ON task_card (site, who, due);
CREATE INDEX task_card_by_due ON task_card (site, due);
