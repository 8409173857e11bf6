-- 0011_substances: how sure a holding's link to its substance is; reports that name several
-- substances in one cell; what each source says of a substance, kept beside the merged state.

ALTER TABLE holding DROP CONSTRAINT holding_substance_link_check;
ALTER TABLE holding ADD CHECK (substance_link IN
    ('cas', 'cas_mended', 'code', 'name_zh', 'name_en', 'synonym', 'review'));
ALTER TABLE holding
    ADD COLUMN link_confidence real CHECK (link_confidence BETWEEN 0 AND 1),
    ADD COLUMN part smallint NOT NULL DEFAULT 1,
    ADD COLUMN parts smallint NOT NULL DEFAULT 1,
    ADD COLUMN part_name text,
    ADD COLUMN mixture_kg double precision CHECK (mixture_kg >= 0),
    ADD CHECK (part BETWEEN 1 AND parts),
    ADD CHECK (parts = 1 OR quantity_kg IS NULL);
ALTER TABLE holding DROP CONSTRAINT holding_once;
ALTER TABLE holding ADD CONSTRAINT holding_once UNIQUE NULLS NOT DISTINCT
    (facility_id, source_id, reported_key, behaviour, period_start, period_end, own_key, part);
UPDATE holding SET link_confidence = CASE substance_link WHEN 'cas' THEN 1 WHEN 'code' THEN 0.95 ELSE 0.9 END
WHERE substance_link IS NOT NULL;
COMMENT ON COLUMN holding.substance_id IS 'The substance, where CAS, code, name or a person''s decision link it; null = not linked.';
COMMENT ON COLUMN holding.substance_link IS 'The rule that linked it: cas; cas_mended, a damaged CAS number made right; code 列管編號; name_zh, name_en, the substance''s own name; synonym; review, a person decided.';
COMMENT ON COLUMN holding.link_confidence IS 'How sure that link is, 0 to 1; null = not linked.';
COMMENT ON COLUMN holding.part IS 'Which of the substances that one report names together, from 1.';
COMMENT ON COLUMN holding.parts IS 'How many substances the report names together; 1 = one.';
COMMENT ON COLUMN holding.part_name IS 'The piece of the report that names this one; null where it names one only.';
COMMENT ON COLUMN holding.mixture_kg IS 'Quantity of the whole mixture in kilograms, the same on each part: no part''s own, so never summed by substance; quantity_kg of the parts is null.';

CREATE TABLE substance_record (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cas            text COLLATE "C" NOT NULL,
    entry          integer NOT NULL CHECK (entry > 0),
    fields         jsonb NOT NULL,
    names          jsonb NOT NULL,
    row_hash       bytea NOT NULL,
    line           bigint NOT NULL,
    source_id      integer NOT NULL REFERENCES source,
    batch_id       bigint NOT NULL REFERENCES import_batch DEFERRABLE INITIALLY DEFERRED,
    ended_batch_id bigint REFERENCES import_batch DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX substance_record_now ON substance_record (cas, source_id, entry) WHERE ended_batch_id IS NULL;
CREATE INDEX substance_record_batch ON substance_record (batch_id);
COMMENT ON TABLE substance_record IS 'What a source says of a substance, row by row, with its history. The table substance is made of the rows that hold now: the higher hazard of all sources, else the word of the source that came first.';
COMMENT ON COLUMN substance_record.id IS 'Our number.';
COMMENT ON COLUMN substance_record.cas IS 'CAS number that the row is about, mended where it was damaged.';
COMMENT ON COLUMN substance_record.entry IS 'Rows of one source about the same CAS number, from 1: forms and solutions of one substance.';
COMMENT ON COLUMN substance_record.fields IS 'What the row says, by the names of the columns of substance; what it does not say is not there.';
COMMENT ON COLUMN substance_record.names IS 'Names and synonyms: language, name, key (normal form).';
COMMENT ON COLUMN substance_record.row_hash IS 'Hash of the row, to see that nothing changed.';
COMMENT ON COLUMN substance_record.line IS 'Line in the file.';
COMMENT ON COLUMN substance_record.source_id IS 'Who says it.';
COMMENT ON COLUMN substance_record.batch_id IS 'Import that brought it.';
COMMENT ON COLUMN substance_record.ended_batch_id IS 'Import whose row took its place; null = what the source says now.';

INSERT INTO substance_record (cas, entry, fields, names, row_hash, line, source_id, batch_id)
SELECT s.cas, 1,
       jsonb_strip_nulls(jsonb_build_object('name_zh', s.name_zh, 'name_en', s.name_en, 'un', s.un,
           'erg_guide', s.erg_guide, 'nfpa_health', s.nfpa_health, 'nfpa_flammability', s.nfpa_flammability,
           'nfpa_instability', s.nfpa_instability, 'nfpa_special', s.nfpa_special,
           'ghs_pictograms', nullif(to_jsonb(s.ghs_pictograms), '[]'), 'ghs_signal', s.ghs_signal,
           'ghs_h', nullif(to_jsonb(s.ghs_h), '[]'), 'water_reactive', s.water_reactive,
           'water_reactive_gases', s.water_reactive_gases, 'toxic_by_inhalation', s.toxic_by_inhalation,
           'physical_state', s.physical_state, 'density_kg_l', s.density_kg_l,
           'toxic_item_no', s.toxic_item_no, 'citation', s.citation)),
       coalesce((SELECT jsonb_agg(jsonb_build_object('language', n.language, 'name', n.name, 'key', n.name_key)
                                  ORDER BY n.id)
                 FROM substance_name n WHERE n.substance_id = s.id AND n.language <> 'code'), '[]'),
       s.row_hash, 0, s.source_id, s.batch_id
FROM substance s;
