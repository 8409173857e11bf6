-- 0014_whole_tables: tables that a user imports whole (response distances and guides, regulated
-- quantities) are rows of record; the views here say which edition is gone by, shipped or imported,
-- and give its rows. Campus stocks with the substance each is, where that is certain.

ALTER TABLE threshold ALTER COLUMN quantity TYPE numeric USING quantity::text::numeric;

CREATE VIEW response_edition AS
WITH every AS (
    SELECT table_no, edition, NULL::integer AS source_id, 0::bigint AS batch_id, NULL::boolean AS told,
           count(*) AS rows
    FROM response_distance GROUP BY table_no, edition
    UNION ALL
    SELECT 'guides', edition, NULL, 0, NULL, count(*) FROM response_guide GROUP BY edition
    UNION ALL
    SELECT CASE kind WHEN 'response_table1' THEN '1' WHEN 'response_table2' THEN '2' WHEN 'response_table3' THEN '3'
                     ELSE 'guides' END,
           fields ->> 'edition', source_id, max(batch_id), bool_and((fields ->> 'use')::boolean), count(*)
    FROM record
    WHERE kind IN ('response_table1', 'response_table2', 'response_table3', 'response_guides')
      AND ended_batch_id IS NULL
    GROUP BY kind, fields ->> 'edition', source_id)
SELECT table_no, edition, source_id, batch_id, told, rows,
       told IS DISTINCT FROM false AND row_number() OVER (
           PARTITION BY table_no
           ORDER BY told IS DISTINCT FROM false DESC, coalesce(told, false) DESC,
                    substring(edition FROM '(?:19|20|21)[0-9]{2}')::integer DESC NULLS LAST, batch_id DESC,
                    edition, source_id) = 1 AS in_use
FROM every;
COMMENT ON VIEW response_edition IS 'Every edition of every response table that is here, and which one packets go by: one that its import was told to use, else the newest; of one edition an imported table takes the place of the shipped one.';
COMMENT ON COLUMN response_edition.table_no IS '1, 2, 3 or guides.';
COMMENT ON COLUMN response_edition.edition IS 'Edition, e.g. ERG 2024; its year says how new it is.';
COMMENT ON COLUMN response_edition.source_id IS 'Source of an imported table; null = comes with the product.';
COMMENT ON COLUMN response_edition.batch_id IS 'Import of its latest row; 0 = comes with the product.';
COMMENT ON COLUMN response_edition.told IS 'true: used whatever its age; false: kept, never used; null: the newest is.';
COMMENT ON COLUMN response_edition.rows IS 'Rows here.';
COMMENT ON COLUMN response_edition.in_use IS 'Packets go by it.';

CREATE VIEW response_distance_now AS
SELECT d.edition, d.table_no, d.un, d.guide, d.name_en, d.condition, d.container, d.spill, d.time_of_day, d.wind,
       d.isolation_m, d.downwind_m, d.at_least, d.note, d.citation, NULL::text AS imported_from
FROM response_distance d
JOIN response_edition e ON e.in_use AND e.source_id IS NULL AND e.table_no = d.table_no AND e.edition = d.edition
UNION ALL
SELECT e.edition, e.table_no, r.fields ->> 'un', max(coalesce(r.fields ->> 'guide', '')), min(r.name),
       coalesce(r.fields ->> 'condition', ''), coalesce(r.fields ->> 'container', ''), d.spill, d.time_of_day,
       coalesce(d.wind, ''), d.isolation_m, d.downwind_m, bool_or(d.at_least), max(coalesce(r.fields ->> 'note', '')),
       max(coalesce(r.fields ->> 'citation', s.title)), s.title
FROM response_edition e
JOIN source s ON s.id = e.source_id
JOIN record r ON r.kind = 'response_table' || e.table_no AND r.source_id = e.source_id AND r.ended_batch_id IS NULL
             AND r.fields ->> 'edition' = e.edition
CROSS JOIN LATERAL jsonb_to_recordset(r.fields -> 'distances')
     AS d(spill text, time_of_day text, wind text, isolation_m integer, downwind_m integer, at_least boolean)
WHERE e.in_use AND e.table_no IN ('1', '3') AND r.fields ? 'un'
GROUP BY e.edition, e.table_no, r.fields ->> 'un', r.fields ->> 'condition', r.fields ->> 'container', d.spill,
         d.time_of_day, d.wind, d.isolation_m, d.downwind_m, s.title;
COMMENT ON VIEW response_distance_now IS 'Rows of Tables 1 and 3 that packets go by (response_edition.in_use), in the columns of response_distance.';
COMMENT ON COLUMN response_distance_now.citation IS 'Where it was printed, else the source that said it.';
COMMENT ON COLUMN response_distance_now.imported_from IS 'Source of an imported table; null = comes with the product.';

CREATE VIEW response_guide_now AS
SELECT g.guide, g.edition, g.title_en, g.title_zh, g.isolation_liquid_m, g.isolation_solid_m,
       g.large_spill_downwind_m, g.fire_isolation_m, g.fire_evacuation_m, g.citation, NULL::text AS imported_from
FROM response_guide g
JOIN response_edition e ON e.in_use AND e.source_id IS NULL AND e.table_no = 'guides' AND e.edition = g.edition
UNION ALL
SELECT r.fields ->> 'guide', e.edition, coalesce(r.fields ->> 'title_en', r.name),
       coalesce(r.fields ->> 'title_zh', g.title_zh, r.name), (r.fields ->> 'isolation_liquid_m')::integer,
       (r.fields ->> 'isolation_solid_m')::integer, (r.fields ->> 'large_spill_downwind_m')::integer,
       (r.fields ->> 'fire_isolation_m')::integer, (r.fields ->> 'fire_evacuation_m')::integer,
       coalesce(r.fields ->> 'citation', s.title), s.title
FROM response_edition e
JOIN source s ON s.id = e.source_id
JOIN record r ON r.kind = 'response_guides' AND r.source_id = e.source_id AND r.ended_batch_id IS NULL
             AND r.fields ->> 'edition' = e.edition
LEFT JOIN response_guide g ON g.guide = r.fields ->> 'guide'
WHERE e.in_use AND e.table_no = 'guides'
  AND coalesce(r.fields ->> 'isolation_liquid_m', r.fields ->> 'isolation_solid_m') IS NOT NULL;
COMMENT ON VIEW response_guide_now IS 'Guides that packets go by, in the columns of response_guide; those left blank in the book are not among them.';
COMMENT ON COLUMN response_guide_now.imported_from IS 'Source of an imported table; null = comes with the product.';

CREATE VIEW substance_response AS
WITH water AS (
    SELECT r.fields ->> 'un' AS un, min(r.fields ->> 'gases') AS gases, min(e.edition) AS edition
    FROM response_edition e
    JOIN record r ON r.kind = 'response_table2' AND r.source_id = e.source_id AND r.ended_batch_id IS NULL
                 AND r.fields ->> 'edition' = e.edition
    WHERE e.in_use AND e.table_no = '2'
    GROUP BY r.fields ->> 'un'),
inhaled AS (
    SELECT DISTINCT un FROM response_distance_now
    WHERE table_no = '1' AND imported_from IS NOT NULL AND condition <> 'water')
SELECT s.id AS substance_id, s.water_reactive OR w.un IS NOT NULL AS water_reactive,
       coalesce(w.gases, s.water_reactive_gases) AS water_reactive_gases,
       s.toxic_by_inhalation OR i.un IS NOT NULL AS toxic_by_inhalation, w.edition AS water_edition
FROM substance s LEFT JOIN water w ON w.un = s.un LEFT JOIN inhaled i ON i.un = s.un;
COMMENT ON VIEW substance_response IS 'What the response tables in use say of a substance besides distances. An imported table adds a danger; it never takes one away.';
COMMENT ON COLUMN substance_response.substance_id IS 'The substance.';
COMMENT ON COLUMN substance_response.water_reactive IS 'As substance.water_reactive, or its UN number is in an imported Table 2.';
COMMENT ON COLUMN substance_response.water_reactive_gases IS 'Gases that it gives with water, separated by |.';
COMMENT ON COLUMN substance_response.toxic_by_inhalation IS 'As substance.toxic_by_inhalation, or its UN number is in an imported Table 1, not only for spills in water.';
COMMENT ON COLUMN substance_response.water_edition IS 'Edition of the imported Table 2 that it is in.';

CREATE VIEW regulated_quantity AS
WITH imported AS (
    SELECT DISTINCT ON (rule_set) rule_set, set_name, source_id
    FROM (SELECT fields ->> 'rule_set' AS rule_set, fields ->> 'set' AS set_name, source_id, max(batch_id) AS batch_id,
                 max(fields ->> 'edition') AS edition, bool_and((fields ->> 'use')::boolean) AS told
          FROM record WHERE kind = 'thresholds' AND ended_batch_id IS NULL
          GROUP BY fields ->> 'rule_set', fields ->> 'set', source_id) t
    WHERE told IS DISTINCT FROM false
    ORDER BY rule_set, coalesce(told, false) DESC,
             substring(edition FROM '(?:19|20|21)[0-9]{2}')::integer DESC NULLS LAST, edition DESC NULLS LAST,
             batch_id DESC, source_id)
SELECT r.fields ->> 'rule_set' AS rule_set, r.fields ->> 'edition' AS edition, r.fields ->> 'category' AS category,
       r.fields ->> 'category_zh' AS category_zh, r.fields ->> 'category_en' AS category_en,
       r.fields ->> 'item_no' AS item_no, r.name AS item_zh, r.name_en AS item_en,
       (r.fields ->> 'quantity')::numeric * coalesce((r.fields ->> 'unit_factor')::numeric, 1) AS quantity, coalesce(r.fields ->> 'unit', '') AS unit,
       (r.fields ->> 'water_soluble')::boolean AS water_soluble, r.fields -> 'cas' AS cas,
       r.fields ->> 'test' AS test, r.fields ->> 'reporting' AS reporting, coalesce(r.fields ->> 'note', '') AS note,
       coalesce(r.fields ->> 'citation', s.title) AS citation, s.title AS imported_from, r.id AS record_id
FROM imported i
JOIN source s ON s.id = i.source_id
JOIN record r ON r.kind = 'thresholds' AND r.source_id = i.source_id AND r.ended_batch_id IS NULL
             AND r.fields ->> 'set' = i.set_name
UNION ALL
SELECT '公共危險物品及可燃性高壓氣體', NULL, t.category, t.category_zh, t.category_en, t.item_no, t.item_zh, t.item_en,
       t.quantity, t.unit, t.water_soluble, NULL, NULL, NULL, t.note, t.citation, NULL, NULL
FROM threshold t
WHERE NOT EXISTS (SELECT FROM imported WHERE rule_set = '公共危險物品及可燃性高壓氣體');
COMMENT ON VIEW regulated_quantity IS 'Regulated quantities (管制量) and reporting rules that hold: of each set of rules the imported edition that was told to be used, else the newest; the shipped rows until the same set is imported.';
COMMENT ON COLUMN regulated_quantity.rule_set IS 'Name of the set of rules.';
COMMENT ON COLUMN regulated_quantity.edition IS 'Its edition or date of promulgation, if given.';
COMMENT ON COLUMN regulated_quantity.category IS 'Category number.';
COMMENT ON COLUMN regulated_quantity.category_zh IS 'Category in Chinese.';
COMMENT ON COLUMN regulated_quantity.category_en IS 'Category in English.';
COMMENT ON COLUMN regulated_quantity.item_no IS 'Item number in the category.';
COMMENT ON COLUMN regulated_quantity.item_zh IS 'Item in Chinese.';
COMMENT ON COLUMN regulated_quantity.item_en IS 'Item in English.';
COMMENT ON COLUMN regulated_quantity.quantity IS 'Regulated quantity, exact decimals; null = the rule is not a quantity (see test, note).';
COMMENT ON COLUMN regulated_quantity.unit IS 'Its unit: kg or L; as given where it is another.';
COMMENT ON COLUMN regulated_quantity.water_soluble IS 'Item is for water-soluble (true) or insoluble (false) liquids; null = both.';
COMMENT ON COLUMN regulated_quantity.cas IS 'CAS numbers that the item names, a JSON array; null = none given.';
COMMENT ON COLUMN regulated_quantity.test IS 'Another test than a quantity, e.g. of the scale of the plant.';
COMMENT ON COLUMN regulated_quantity.reporting IS 'Who reports what until when.';
COMMENT ON COLUMN regulated_quantity.note IS 'Remarks of the rule.';
COMMENT ON COLUMN regulated_quantity.citation IS 'The rule, else the source that said it.';
COMMENT ON COLUMN regulated_quantity.imported_from IS 'Source of an imported row; null = comes with the product.';
COMMENT ON COLUMN regulated_quantity.record_id IS 'The imported row.';

CREATE VIEW campus_stock AS
WITH named AS (
    SELECT name_key, min(substance_id) AS substance_id FROM substance_name
    GROUP BY name_key HAVING count(DISTINCT substance_id) = 1)
SELECT r.id AS record_id, r.fields ->> 'school' AS school, r.fields ->> 'kind' AS kind, r.name, r.fields,
       CASE WHEN c.id IS NOT NULL THEN CASE WHEN n.substance_id IS NULL OR n.substance_id = c.id THEN c.id END
            WHEN NOT r.fields ? 'cas' AND NOT r.fields ? 'cas_reported' THEN n.substance_id END AS substance_id,
       CASE WHEN c.id IS NOT NULL THEN
                CASE WHEN n.substance_id IS NULL OR n.substance_id = c.id THEN 'cas' ELSE 'cas_and_name_differ' END
            WHEN r.fields ? 'cas' THEN 'cas_not_known'
            WHEN r.fields ? 'cas_reported' THEN 'cas_invalid'
            WHEN n.substance_id IS NOT NULL THEN 'name' ELSE 'unknown' END AS link,
       coalesce(r.fields ->> 'surveyed_date', r.fields ->> 'surveyed', '') =
           max(coalesce(r.fields ->> 'surveyed_date', r.fields ->> 'surveyed', '')) OVER (PARTITION BY r.source_id, r.fields ->> 'school') AS latest,
       r.geom, r.source_id, r.batch_id, r.line
FROM record r
LEFT JOIN substance c ON c.cas = r.fields ->> 'cas'
LEFT JOIN named n ON n.name_key = r.fields ->> 'substance_key'
WHERE r.kind = 'stocks' AND r.ended_batch_id IS NULL;
COMMENT ON VIEW campus_stock IS 'Chemicals of campuses as surveyed, each with the substance that it certainly is; what is not known stays, with why.';
COMMENT ON COLUMN campus_stock.record_id IS 'The row.';
COMMENT ON COLUMN campus_stock.school IS 'School.';
COMMENT ON COLUMN campus_stock.kind IS 'Kind of the survey: unlicensed, unused, unknown, ordinary.';
COMMENT ON COLUMN campus_stock.name IS 'What the survey calls it.';
COMMENT ON COLUMN campus_stock.fields IS 'All fields of the row.';
COMMENT ON COLUMN campus_stock.substance_id IS 'The substance, where certain.';
COMMENT ON COLUMN campus_stock.link IS 'cas, name: how it was linked; cas_and_name_differ, cas_not_known, cas_invalid, unknown: why not.';
COMMENT ON COLUMN campus_stock.latest IS 'Of the latest survey of its school by this source.';
COMMENT ON COLUMN campus_stock.geom IS 'Where it is, EPSG:4326, if the survey says.';
COMMENT ON COLUMN campus_stock.source_id IS 'Who said it.';
COMMENT ON COLUMN campus_stock.batch_id IS 'Import that brought it.';
COMMENT ON COLUMN campus_stock.line IS 'Line in the file.';
