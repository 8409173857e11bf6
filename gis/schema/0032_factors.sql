-- 0032_factors: the factors of the warning radar out of what users imported (families exports, national,
-- scores, industries of table record); what comes with the product (substance_factor) holds for each
-- substance until an import says it.

CREATE INDEX record_factor ON record ((fields ->> 'cas'))
    WHERE ended_batch_id IS NULL AND kind IN ('exports', 'national', 'scores');

CREATE FUNCTION industry_key(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT lower(translate(regexp_replace(name, '\s', '', 'g'), '臺（）〔〕［］　', '台()()()'))
$$;
COMMENT ON FUNCTION industry_key(text) IS 'The form that names of industries are compared in: without spaces, 台 for 臺, brackets of one kind.';

CREATE VIEW radar_export AS
SELECT DISTINCT ON (substance_id) substance_id, thousand_twd, year, imported, citation, source_id, record_id
FROM (SELECT u.id AS substance_id, (r.fields ->> 'thousand_twd')::double precision AS thousand_twd,
             (r.fields ->> 'year')::integer AS year, true AS imported, coalesce(r.fields ->> 'citation', s.title) AS citation,
             r.source_id, r.id AS record_id
      FROM record r JOIN substance u ON u.cas = r.fields ->> 'cas' JOIN source s ON s.id = r.source_id
      WHERE r.kind = 'exports' AND r.ended_batch_id IS NULL
      UNION ALL
      SELECT substance_id, value, substring(period FROM '[0-9]{4}')::integer, false, citation, NULL, NULL
      FROM substance_factor WHERE factor = 'export_value') e
ORDER BY substance_id, imported DESC, year DESC NULLS LAST, thousand_twd DESC, record_id;
COMMENT ON VIEW radar_export IS 'Value of exports of each substance that the radar goes by: of the latest imported year, of several sources the larger; without an import what comes with the product.';
COMMENT ON COLUMN radar_export.substance_id IS 'The substance.';
COMMENT ON COLUMN radar_export.thousand_twd IS 'Value of exports of the year, thousand New Taiwan dollars.';
COMMENT ON COLUMN radar_export.year IS 'The year.';
COMMENT ON COLUMN radar_export.imported IS 'false: it comes with the product.';
COMMENT ON COLUMN radar_export.citation IS 'Where it was printed, else the source that said it.';
COMMENT ON COLUMN radar_export.source_id IS 'Source of an imported value.';
COMMENT ON COLUMN radar_export.record_id IS 'The imported row.';

CREATE VIEW radar_stated AS
SELECT u.id AS substance_id, coalesce(r.fields ->> 'system', r.fields ->> 'agency', s.title) AS system,
       r.fields ->> 'behaviour_kind' AS behaviour, (r.fields ->> 'year')::integer AS year,
       (r.fields ->> 'quantity_kg')::double precision AS quantity_kg, r.fields ->> 'behaviour' AS reported_behaviour,
       r.fields ->> 'amount' AS reported_amount, r.fields ->> 'unit' AS reported_unit, r.fields ->> 'agency' AS agency,
       coalesce(r.fields ->> 'citation', s.title) AS citation, r.source_id, r.id AS record_id
FROM record r JOIN substance u ON u.cas = r.fields ->> 'cas' JOIN source s ON s.id = r.source_id
WHERE r.kind = 'national' AND r.ended_batch_id IS NULL
  AND r.fields ->> 'behaviour_kind' IN ('manufacture', 'use', 'store') AND r.fields ? 'quantity_kg';
COMMENT ON VIEW radar_stated IS 'National sums that systems state themselves and that the national quantity goes by: manufacture, use and stock (結餘量) only.';
COMMENT ON COLUMN radar_stated.substance_id IS 'The substance.';
COMMENT ON COLUMN radar_stated.system IS 'System that states it; its agency or source where no system is named.';
COMMENT ON COLUMN radar_stated.behaviour IS 'manufacture, use or store.';
COMMENT ON COLUMN radar_stated.year IS 'Year of the sum; null = not known.';
COMMENT ON COLUMN radar_stated.quantity_kg IS 'The sum, kg.';
COMMENT ON COLUMN radar_stated.reported_behaviour IS 'Behaviour as reported.';
COMMENT ON COLUMN radar_stated.reported_amount IS 'Sum as reported.';
COMMENT ON COLUMN radar_stated.reported_unit IS 'Unit of it, where the row has one.';
COMMENT ON COLUMN radar_stated.agency IS 'Agency of the system.';
COMMENT ON COLUMN radar_stated.citation IS 'Where it was printed, else the source that said it.';
COMMENT ON COLUMN radar_stated.source_id IS 'Who brought it.';
COMMENT ON COLUMN radar_stated.record_id IS 'The imported row.';

CREATE VIEW radar_official AS
WITH said AS (
    SELECT u.id AS substance_id, r.id, r.batch_id, (r.fields ->> 'hazard')::double precision AS hazard,
           (r.fields ->> 'quantity')::double precision AS quantity, (r.fields ->> 'incident')::double precision AS incident,
           (r.fields ->> 'economy')::double precision AS economy
    FROM record r JOIN substance u ON u.cas = r.fields ->> 'cas'
    WHERE r.kind = 'scores' AND r.ended_batch_id IS NULL)
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
COMMENT ON VIEW radar_official IS 'Official classes 1-10 that an agency gives substances; they override the radar''s own. Of each axis the row of the latest import that says it.';
COMMENT ON COLUMN radar_official.substance_id IS 'The substance.';
COMMENT ON COLUMN radar_official.hazard IS 'Class of hazard (A), 1-10; null = not given.';
COMMENT ON COLUMN radar_official.quantity IS 'Class of national quantity (B), 1-10.';
COMMENT ON COLUMN radar_official.incident IS 'Class of incidents (C), 1-10.';
COMMENT ON COLUMN radar_official.economy IS 'Class of economic weight (D), 1-10.';
COMMENT ON COLUMN radar_official.hazard_record_id IS 'Row that says the class of hazard.';
COMMENT ON COLUMN radar_official.quantity_record_id IS 'Row that says the class of national quantity.';
COMMENT ON COLUMN radar_official.incident_record_id IS 'Row that says the class of incidents.';
COMMENT ON COLUMN radar_official.economy_record_id IS 'Row that says the class of economic weight.';

CREATE VIEW industry_factor AS
SELECT DISTINCT ON (industry_key(r.name)) industry_key(r.name) AS industry_key, r.name, r.fields ->> 'code' AS code,
       (r.fields ->> 'fraction')::double precision AS ratio, (r.fields ->> 'v')::double precision AS factor,
       (r.fields ->> 'year')::integer AS year, coalesce(r.fields ->> 'citation', s.title) AS citation, r.source_id,
       r.id AS record_id
FROM record r JOIN source s ON s.id = r.source_id
WHERE r.kind = 'industries' AND r.ended_batch_id IS NULL
ORDER BY industry_key(r.name), (r.fields ->> 'year')::integer DESC NULLS LAST, r.batch_id DESC, r.id DESC;
COMMENT ON VIEW industry_factor IS 'Industries with what the use intensity UC = R PR v needs; of several rows that of the latest year, then of the latest import.';
COMMENT ON COLUMN industry_factor.industry_key IS 'Normal form of its name (industry_key).';
COMMENT ON COLUMN industry_factor.name IS 'Industry as imported.';
COMMENT ON COLUMN industry_factor.code IS 'Its number.';
COMMENT ON COLUMN industry_factor.ratio IS 'R, a fraction 0-1; null = not given.';
COMMENT ON COLUMN industry_factor.factor IS 'v, which the report leaves undefined; 1 where nothing is given.';
COMMENT ON COLUMN industry_factor.year IS 'Year of the ratio.';
COMMENT ON COLUMN industry_factor.citation IS 'Where it was printed, else the source that said it.';
COMMENT ON COLUMN industry_factor.source_id IS 'Who brought it.';
COMMENT ON COLUMN industry_factor.record_id IS 'The imported row.';

COMMENT ON TABLE substance_factor IS 'Raw values of the warning radar that come with the product; an imported value (radar_export) takes the place of a substance''s own. Official scores (…_score, 1-10) are here for comparison; those that override are imported (radar_official).';
