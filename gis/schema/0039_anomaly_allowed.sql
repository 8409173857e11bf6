-- 0039_anomaly_allowed: quantities out of the ordinary that a person has looked at.

CREATE TABLE anomaly_allowed (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    facility_id  bigint NOT NULL REFERENCES facility ON DELETE CASCADE,
    cas          text,
    reported_key text,
    behaviour    text CHECK (behaviour IN ('manufacture', 'import', 'export', 'use', 'store', 'sell', 'transfer',
                 'discard', 'other')),
    source_id    integer REFERENCES source ON DELETE CASCADE,
    until        date,
    decided_by   text NOT NULL CHECK (decided_by <> ''),
    reason       text NOT NULL CHECK (reason <> ''),
    decided_at   timestamptz NOT NULL DEFAULT now(),
    CHECK (cas IS NULL OR reported_key IS NULL)
);
CREATE INDEX anomaly_allowed_facility ON anomaly_allowed (facility_id);
COMMENT ON TABLE anomaly_allowed IS 'Whitelist of quantity anomalies (數量異常): they are not listed, but counted.';
COMMENT ON COLUMN anomaly_allowed.id IS 'Our number.';
COMMENT ON COLUMN anomaly_allowed.facility_id IS 'The facility.';
COMMENT ON COLUMN anomaly_allowed.cas IS 'Only this substance; null = see reported_key.';
COMMENT ON COLUMN anomaly_allowed.reported_key IS 'Only what is reported under this name (holding.reported_key) and linked to no substance; null with cas = every substance of the facility.';
COMMENT ON COLUMN anomaly_allowed.behaviour IS 'Only this behaviour; null = every.';
COMMENT ON COLUMN anomaly_allowed.source_id IS 'Only reports of this source; null = every.';
COMMENT ON COLUMN anomaly_allowed.until IS 'Only periods that end on or before this day; null = for good.';
COMMENT ON COLUMN anomaly_allowed.decided_by IS 'Who decided.';
COMMENT ON COLUMN anomaly_allowed.reason IS 'Why it is in order.';
COMMENT ON COLUMN anomaly_allowed.decided_at IS 'When.';
CREATE TRIGGER anomaly_allowed_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON anomaly_allowed
    FOR EACH STATEMENT EXECUTE FUNCTION atlas_touch();
