-- 0035_official_edition: a later edition of a source's official classes takes the place of its earlier one as a
-- whole: a substance that is on it no more has no official class.

CREATE OR REPLACE VIEW radar_official AS
WITH latest AS (
    SELECT DISTINCT ON (source_id) source_id, fields ->> 'edition' AS edition FROM record
    WHERE kind = 'scores' AND ended_batch_id IS NULL AND fields ? 'edition'
    ORDER BY source_id, batch_id DESC, id DESC),
said AS (
    SELECT u.id AS substance_id, r.id, r.batch_id, (r.fields ->> 'hazard')::double precision AS hazard,
           (r.fields ->> 'quantity')::double precision AS quantity, (r.fields ->> 'incident')::double precision AS incident,
           (r.fields ->> 'economy')::double precision AS economy
    FROM record r JOIN substance u ON u.cas = r.fields ->> 'cas' LEFT JOIN latest l ON l.source_id = r.source_id
    WHERE (NOT r.fields ? 'edition' OR r.fields ->> 'edition' = l.edition) AND r.kind = 'scores' AND r.ended_batch_id IS NULL)
SELECT substance_id,
       (array_agg(hazard ORDER BY batch_id DESC, id DESC) FILTER (WHERE hazard IS NOT NULL))[1] AS hazard,
       (array_agg(quantity ORDER BY batch_id DESC, id DESC) FILTER (WHERE quantity IS NOT NULL))[1] AS quantity,
       (array_agg(incident ORDER BY batch_id DESC, id DESC) FILTER (WHERE incident IS NOT NULL))[1] AS incident,
       (array_agg(economy ORDER BY batch_id DESC, id DESC) FILTER (WHERE economy IS NOT NULL))[1] AS economy,
       (array_agg(id ORDER BY batch_id DESC, id DESC) FILTER (WHERE hazard IS NOT NULL))[1] AS hazard_record_id,
       (array_agg(id ORDER BY batch_id DESC, id DESC) FILTER (WHERE quantity IS NOT NULL))[1] AS quantity_record_id,
       (array_agg(id ORDER BY batch_id DESC, id DESC) FILTER (WHERE incident IS NOT NULL))[1] AS incident_record_id,
       (array_agg(id ORDER BY batch_id DESC, id DESC) FILTER (WHERE economy IS NOT NULL))[1] AS economy_record_id
FROM said GROUP BY substance_id;
COMMENT ON VIEW radar_official IS 'Official classes 1-10 that an agency gives substances; they override the radar''s own. Of each axis the row of the latest import that says it; of a source whose rows say their edition, only those of the edition imported last.';
