-- Rows that imports of holdings kept aside since something in them could not be read (those that others of their file
-- contradict are in holding.rows_aside): facility id, substance id (null = CAS number and name are of none that is
-- known), name in the report, behaviour as the row says it, behaviours of the source that are on site, source title,
-- import, line, column at fault, its value, why. Rows that say the same word for word are one; a row is not aside any
-- more where a later import of the source brought the facility's report on that substance for that period. A number
-- that several facilities bear means each of them. $1 facility id; null = all
WITH batch AS (
    SELECT b.id, b.source_id, b.columns AS c, ARRAY(SELECT jsonb_array_elements_text(b.columns -> '--header')) AS header
    FROM import_batch b WHERE b.kind = 'holdings' AND b.undone_at IS NULL AND b.rows_rejected > 0),
place AS ( -- where the file has a field, from 0
    SELECT b.id, b.source_id, f.name, array_position(b.header, b.c ->> f.name) - 1 AS at, b.c ->> ('--set ' || f.name) AS constant
    FROM batch b CROSS JOIN (VALUES ('ems_no'), ('factory_no'), ('cas'), ('substance_code'), ('substance_name'),
                                    ('substance_name_en'), ('behaviour'), ('period_start'), ('period_end')) f(name)
    WHERE b.c ? f.name OR b.c ? ('--set ' || f.name)),
fault AS (
    SELECT DISTINCT ON (r.batch_id, r.line) r.batch_id, r.line, r.column_name, r.value, r.code, r.reason, r.row_values
    FROM rejected_row r JOIN batch b ON b.id = r.batch_id
    WHERE NOT r.kept ORDER BY r.batch_id, r.line, r.id),
said AS (
    SELECT DISTINCT ON (p.source_id, f.row_values) f.batch_id, f.line, f.column_name, f.value, f.code, f.reason, p.*
    FROM fault f
    CROSS JOIN LATERAL (
        SELECT min(p.source_id) AS source_id, max(v.value) FILTER (WHERE p.name = 'ems_no') AS ems,
               max(v.value) FILTER (WHERE p.name = 'factory_no') AS factory, max(v.value) FILTER (WHERE p.name = 'cas') AS cas,
               max(v.value) FILTER (WHERE p.name = 'substance_code') AS code_of, max(v.value) FILTER (WHERE p.name = 'substance_name') AS name,
               max(v.value) FILTER (WHERE p.name = 'substance_name_en') AS name_en, max(v.value) FILTER (WHERE p.name = 'behaviour') AS behaviour,
               max(v.value) FILTER (WHERE p.name = 'period_start') AS first, max(v.value) FILTER (WHERE p.name = 'period_end') AS last
        FROM place p CROSS JOIN LATERAL (SELECT nullif(btrim(coalesce(f.row_values ->> p.at, p.constant)), '') AS value) v
        WHERE p.id = f.batch_id) p
    WHERE f.code <> 'duplicate_key' AND coalesce(p.ems, p.factory) IS NOT NULL
    ORDER BY p.source_id, f.row_values, f.batch_id DESC, f.line),
keyed AS ( -- days as numbers 20250630, from 民國 years too; null = none, -1 = not read
    SELECT s.*, CASE WHEN s.ems IS NULL THEN 'factory' ELSE 'ems' END AS scheme,
           upper(regexp_replace(normalize(coalesce(s.ems, s.factory), NFKC), '\s', '', 'g')) AS number,
           d.day[1] AS period_from, d.day[2] AS period_to
    FROM said s CROSS JOIN LATERAL (
        SELECT array_agg(CASE WHEN v.cell IS NULL THEN NULL WHEN v.n IS NULL THEN -1
                              WHEN v.n < 19110000 THEN v.n + 19110000 ELSE v.n END ORDER BY v.which) AS day
        FROM (SELECT c.which, c.cell,
                     coalesce(substring(c.cell FROM '^\D*(\d{6,8})(?:\D|$)')::int,
                              substring(c.cell FROM '^\D*(\d{2,4})\D+\d')::int * 10000
                              + substring(c.cell FROM '^\D*\d{2,4}\D+(\d{1,2})\D')::int * 100
                              + substring(c.cell FROM '^\D*\d{2,4}\D+\d{1,2}\D+(\d{1,2})')::int) AS n
              FROM (VALUES (1, normalize(s.first, NFKC)), (2, normalize(s.last, NFKC))) c(which, cell)) v) d),
met AS (
    SELECT k.*, f.id AS facility_id
    FROM keyed k CROSS JOIN LATERAL (
        SELECT a.id FROM facility a WHERE a.facility_key = k.scheme || ':' || k.number
        UNION SELECT a.id FROM facility_same s JOIN facility a USING (facility_key) WHERE s.own_key = k.scheme || ':' || k.number
        UNION SELECT n.facility_id FROM facility_number n WHERE n.scheme = k.scheme || '_no' AND n.number = k.number) f(id)
    WHERE $1::bigint IS NULL OR f.id = $1::bigint)
SELECT m.facility_id, coalesce(c.id, n.id), coalesce(m.name, m.name_en, m.cas, m.code_of), m.behaviour,
       (SELECT string_agg(o.behaviour, ',') FROM on_site o WHERE o.source_id = m.source_id),
       (SELECT title FROM source WHERE id = m.source_id), m.batch_id, m.line, m.column_name, m.value, m.reason
FROM met m
LEFT JOIN substance c ON c.cas = normalize(m.cas, NFKC)
LEFT JOIN LATERAL (SELECT min(n.substance_id) AS id FROM substance_name n
                   WHERE c.id IS NULL AND n.name IN (m.name, m.name_en) HAVING count(DISTINCT n.substance_id) = 1) n ON true
WHERE NOT EXISTS (
    SELECT FROM holding h
    WHERE h.facility_id = m.facility_id AND h.source_id = m.source_id AND h.batch_id > m.batch_id
      AND (m.code = 'substance_missing' OR (
          coalesce(h.reported_cas = m.cas, m.cas IS NULL) AND coalesce(h.reported_code = m.code_of, m.code_of IS NULL)
          AND coalesce(h.reported_name = m.name, m.name IS NULL) AND coalesce(h.reported_name_en = m.name_en, m.name_en IS NULL)))
      AND (m.code IN ('date_invalid', 'period_reversed') OR (
          to_char(h.period_start, 'YYYYMMDD')::int IS NOT DISTINCT FROM m.period_from
          AND to_char(h.period_end, 'YYYYMMDD')::int IS NOT DISTINCT FROM m.period_to)))
ORDER BY m.facility_id, m.batch_id, m.line
