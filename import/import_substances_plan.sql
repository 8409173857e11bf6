-- Each different row of the file, the record of this source that it continues, and what it does. Fields that
-- the file has no column for stay as the source gave them before. $1 source, $2 fields that the file has
INSERT INTO stage_plan
WITH once AS (
    SELECT DISTINCT ON (cas, row_hash) line, cas, row_hash, facts::jsonb AS facts, names::jsonb AS names
    FROM stage_substance ORDER BY cas, row_hash, line),
numbered AS (
    SELECT o.*, row_number() OVER (PARTITION BY cas ORDER BY line)::int AS entry FROM once o),
joined AS (
    SELECT n.*, r.id AS record_id, r.row_hash AS old_hash, r.fields AS old_facts,
           coalesce((r.fields - $2::text[]) || n.facts, n.facts) AS all_facts,
           n.names || coalesce((SELECT jsonb_agg(o) FROM jsonb_array_elements(r.names) o
                                WHERE o ->> 'language' <> ALL ($2::text[])
                                  AND NOT n.names @> jsonb_build_array(o)), '[]') AS all_names
    FROM numbered n
    LEFT JOIN substance_record r ON r.cas = n.cas AND r.source_id = $1::int AND r.entry = n.entry
         AND r.ended_batch_id IS NULL)
SELECT line, cas, entry, row_hash, all_facts, all_names, record_id,
       CASE WHEN record_id IS NOT NULL AND old_hash = row_hash AND old_facts = all_facts THEN 'same'
            WHEN EXISTS (SELECT FROM substance s WHERE s.cas = j.cas) THEN 'changed' ELSE 'new' END
FROM joined j ORDER BY line
