-- Substances by id, for the atlas, with the raw factors of the warning radar and the official classes of hazard,
-- quantity, incidents, economy that were imported.
-- Incidents: those counted in print for a period, or those stored of that period where they are more, and those
-- stored of other days; by CAS number, one a day and county, so that none counts twice.
-- National quantity: the largest of the sums by source x behaviour x calendar year (report fig. 4-111).
WITH national AS (
    SELECT substance_id, max(kg) AS kg
    FROM (SELECT substance_id, sum(quantity_kg) AS kg
          FROM holding WHERE substance_id IS NOT NULL
          GROUP BY substance_id, source_id, behaviour, extract(year FROM period_end)) AS sums
    GROUP BY substance_id),
factor AS (
    SELECT substance_id,
           (array_agg(value ORDER BY period DESC) FILTER (WHERE factor = 'export_value'))[1] AS export_value
    FROM substance_factor GROUP BY substance_id),
stored AS MATERIALIZED (
    SELECT DISTINCT u.id AS substance_id, (r.fields ->> 'date')::date AS day,
           coalesce(r.county_code, r.county_key, '') AS county
    FROM record r JOIN substance u ON u.cas = r.fields ->> 'cas'
    WHERE r.kind = 'incidents' AND r.ended_batch_id IS NULL),
printed AS (
    SELECT substance_id, value,
           CASE WHEN period ~ '^\d{4}(-\d\d)?(/\d{4}(-\d\d)?)?$' THEN daterange(
               to_date(rpad(split_part(period, '/', 1), 7, '-01'), 'YYYY-MM'),
               (to_date(rpad(regexp_replace(period, '^.*/', ''), 7, '-12'), 'YYYY-MM') + interval '1 month')::date) END AS days
    FROM substance_factor WHERE factor = 'incidents'),
incident_count AS (
    SELECT substance_id, sum(n) AS n FROM (
        SELECT p.substance_id, greatest(p.value, (SELECT count(*) FROM stored t
                                                  WHERE t.substance_id = p.substance_id AND t.day <@ p.days)) AS n
        FROM printed p
        UNION ALL
        SELECT t.substance_id, count(*) FROM stored t
        WHERE NOT EXISTS (SELECT 1 FROM printed p WHERE p.substance_id = t.substance_id AND t.day <@ p.days)
        GROUP BY t.substance_id) counted
    GROUP BY substance_id)
SELECT s.cas, s.name_zh, s.name_en, s.un, s.erg_guide, s.nfpa_health, s.nfpa_flammability,
       s.nfpa_instability, r.water_reactive, r.toxic_by_inhalation, s.id, n.kg, f.export_value, i.n,
       NULL::double precision, NULL::double precision, NULL::double precision, NULL::double precision
FROM substance s JOIN substance_response r ON r.substance_id = s.id
LEFT JOIN national n ON n.substance_id = s.id LEFT JOIN factor f ON f.substance_id = s.id
LEFT JOIN incident_count i ON i.substance_id = s.id
ORDER BY s.id
