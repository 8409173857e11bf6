-- What the stocks of the atlas are made of: facility id, substance id (null = not linked), what names a substance
-- that is not linked, source id, behaviour, calendar year in which the period ends (null = not known), sum in kg
-- (null = no quantity could be read). Rows of one facility and substance follow each other.
COPY (
    SELECT facility_id, substance_id, unlinked, source_id, behaviour, year, sum(quantity_kg::numeric)::double precision
    FROM (SELECT facility_id, substance_id,
                 CASE WHEN substance_id IS NULL THEN reported_key END COLLATE "C" AS unlinked, source_id, behaviour,
                 extract(year FROM period_end)::smallint AS year, quantity_kg
          FROM holding) reported
    GROUP BY facility_id, substance_id, unlinked, source_id, behaviour, year
    ORDER BY facility_id, substance_id, unlinked, source_id, behaviour, year) TO STDOUT (FORMAT binary)
