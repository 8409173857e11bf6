-- Substances by id, for the atlas, with the raw factors of the warning radar and the official classes of hazard,
-- quantity, incidents, economy that were imported.
-- Incidents: those counted in print for a period, or those stored of that period where they are more, and those
-- stored of other days; one a substance, day and county, so that none counts twice (view radar_incident).
-- National quantity (report fig. 4-111): the largest of the sums over manufacture, use and stock by source x behaviour
-- x calendar year, and of the sums that systems state themselves.
WITH national AS (
    SELECT substance_id, max(kg) AS kg
    FROM (SELECT substance_id, sum(quantity_kg) AS kg
          FROM holding WHERE substance_id IS NOT NULL AND behaviour IN ('manufacture', 'use', 'store')
          GROUP BY substance_id, source_id, behaviour, extract(year FROM period_end)
          UNION ALL
          SELECT substance_id, quantity_kg FROM radar_stated) AS sums
    GROUP BY substance_id),
stored AS MATERIALIZED (SELECT substance_id, day FROM radar_incident),
printed AS (
    SELECT substance_id, incidents, daterange(first_day, last_day, '[]') AS days FROM radar_printed),
incident_count AS (
    SELECT substance_id, sum(n) AS n FROM (
        SELECT p.substance_id, greatest(p.incidents, (SELECT count(*) FROM stored t
                                                      WHERE t.substance_id = p.substance_id AND t.day <@ p.days)) AS n
        FROM printed p
        UNION ALL
        SELECT t.substance_id, count(*) FROM stored t
        WHERE NOT EXISTS (SELECT 1 FROM printed p WHERE p.substance_id = t.substance_id AND t.day <@ p.days)
        GROUP BY t.substance_id) counted
    GROUP BY substance_id)
SELECT s.cas, s.name_zh, s.name_en, s.un, s.erg_guide, s.nfpa_health, s.nfpa_flammability,
       s.nfpa_instability, r.water_reactive, r.toxic_by_inhalation, s.id, n.kg, e.thousand_twd, i.n,
       o.hazard, o.quantity, o.incident, o.economy
FROM substance s JOIN substance_response r ON r.substance_id = s.id
LEFT JOIN national n ON n.substance_id = s.id LEFT JOIN radar_export e ON e.substance_id = s.id
LEFT JOIN incident_count i ON i.substance_id = s.id LEFT JOIN radar_official o ON o.substance_id = s.id
ORDER BY s.id
