-- 0010_match: which facilities of different sources are one (廠商歸戶): by which rule, how sure, and
-- under which other keys a facility is found again.

ALTER TABLE facility_record ADD COLUMN own_key text COLLATE "C";
ALTER TABLE facility_record ADD COLUMN link_rule text;
ALTER TABLE facility_record ADD COLUMN link_confidence real CHECK (link_confidence BETWEEN 0 AND 1);
COMMENT ON COLUMN facility_record.own_key IS 'The facility_key that the row itself makes, where the facility has another one; null = the facility''s own.';
COMMENT ON COLUMN facility_record.link_rule IS 'Rule by which the row was taken for this facility (import/match.h); null = the row that made the facility, or from before rules were kept.';
COMMENT ON COLUMN facility_record.link_confidence IS 'How sure that rule is, 0 to 1; 1 = a person confirmed it.';

ALTER TABLE holding ADD COLUMN own_key text COLLATE "C";
ALTER TABLE holding ADD COLUMN facility_rule text;
ALTER TABLE holding ADD COLUMN facility_confidence real CHECK (facility_confidence BETWEEN 0 AND 1);
ALTER TABLE holding DROP CONSTRAINT holding_facility_id_source_id_reported_key_behaviour_period_key;
ALTER TABLE holding ADD CONSTRAINT holding_once UNIQUE NULLS NOT DISTINCT
    (facility_id, source_id, reported_key, behaviour, period_start, period_end, own_key);
COMMENT ON COLUMN holding.own_key IS 'The facility_key that the row itself makes, where the facility has another one; null = the facility''s own. Two registrations of one facility may each report the same substance: both count.';
COMMENT ON COLUMN holding.facility_rule IS 'Rule by which its facility was found (import/match.h); null = from before rules were kept.';
COMMENT ON COLUMN holding.facility_confidence IS 'How sure that rule is, 0 to 1; 1 = a person confirmed it.';

CREATE TABLE facility_same (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    own_key      text COLLATE "C" PRIMARY KEY,
    facility_key text COLLATE "C" NOT NULL,
    rule         text NOT NULL,
    confidence   real NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    apart        jsonb,
    batch_id     bigint REFERENCES import_batch ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX facility_same_facility ON facility_same (facility_key);
COMMENT ON TABLE facility_same IS 'Other keys of a facility: rows that make such a key are about the facility of facility_key, at every later import.';
COMMENT ON COLUMN facility_same.id IS 'Our number: rows of one import have numbers in a row.';
COMMENT ON COLUMN facility_same.own_key IS 'Key that rows make.';
COMMENT ON COLUMN facility_same.facility_key IS 'Key of the facility that they are about.';
COMMENT ON COLUMN facility_same.rule IS 'Rule that found it (import/match.h); confirmed = a person.';
COMMENT ON COLUMN facility_same.confidence IS 'How sure that rule is, 0 to 1.';
COMMENT ON COLUMN facility_same.apart IS 'Where two facilities were made one: both as they were, so that they can be parted again; null where there never were two.';
COMMENT ON COLUMN facility_same.batch_id IS 'Import or decision that made them one.';

CREATE TABLE facility_match (
    facility_id bigint NOT NULL REFERENCES facility ON DELETE CASCADE,
    name        text NOT NULL,
    address     text NOT NULL,
    name_key    text COLLATE "C" NOT NULL,
    plant       text COLLATE "C" NOT NULL,
    door_key    text COLLATE "C" NOT NULL
);
CREATE INDEX facility_match_facility ON facility_match (facility_id);
COMMENT ON TABLE facility_match IS 'Names of facilities in the form that they are matched by. Made from facility and facility_alias when an import needs it; may be emptied at any time.';
COMMENT ON COLUMN facility_match.facility_id IS 'The facility.';
COMMENT ON COLUMN facility_match.name IS 'Its name, or another name of it.';
COMMENT ON COLUMN facility_match.address IS 'Its address; empty where there is none.';
COMMENT ON COLUMN facility_match.name_key IS 'Name without form of company, 廠, brackets, spaces (import/company_key.h).';
COMMENT ON COLUMN facility_match.plant IS 'Number or letter of the plant: 一廠 1, 十二A廠 12a; empty where the name has none.';
COMMENT ON COLUMN facility_match.door_key IS 'Street and house number of the address; empty where it has none.';
CREATE INDEX facility_record_own_key ON facility_record (own_key) WHERE own_key IS NOT NULL;
CREATE INDEX holding_own_key ON holding (own_key) WHERE own_key IS NOT NULL;
