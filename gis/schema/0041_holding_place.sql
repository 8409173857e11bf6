-- 0041_holding_place: where on the site something is held makes two reports different; of what was
-- kept aside at import the holding says how much.

ALTER TABLE holding ADD COLUMN place text COLLATE "C", ADD COLUMN rows_aside integer NOT NULL DEFAULT 0 CHECK (rows_aside >= 0);
ALTER TABLE holding DROP CONSTRAINT holding_once;
ALTER TABLE holding ADD CONSTRAINT holding_once UNIQUE NULLS NOT DISTINCT
    (facility_id, source_id, reported_key, behaviour, period_start, period_end, own_key, part, place);
COMMENT ON COLUMN holding.place IS 'Where on the site, as the report says (儲存地點); null = it does not say. Two places may each hold the same substance: both count.';
COMMENT ON COLUMN holding.rows_aside IS 'How many other rows of the file said otherwise of this holding and were kept aside (rejected_row, duplicate_key).';
