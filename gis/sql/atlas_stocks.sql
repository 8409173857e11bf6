-- Substances of each facility, for the atlas: facility id, substance id (null = not linked), and the
-- largest of the sums by source x behaviour x calendar year, kg.
COPY (
    SELECT facility_id, substance_id, max(kg)
    FROM (SELECT facility_id, substance_id,
                 CASE WHEN substance_id IS NULL THEN reported_key END AS unlinked,
                 sum(quantity_kg) AS kg
          FROM holding
          GROUP BY facility_id, substance_id, unlinked, source_id, behaviour, extract(year FROM period_end)) AS sums
    GROUP BY facility_id, substance_id, unlinked
    ORDER BY facility_id, substance_id) TO STDOUT (FORMAT binary)
