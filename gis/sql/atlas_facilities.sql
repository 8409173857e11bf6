-- All facilities by id, for the atlas: id, name, longitude, latitude (EPSG:4326), county code,
-- position check, year of foundation, size (0 unknown, 1 SME: paid-in capital <= NT$80 M or fewer
-- than 200 employees, 2 large), township code, industry, operator id.
COPY (
    SELECT f.id, f.name, ST_X(f.geom), ST_Y(f.geom), f.county_code, f.position_check, f.established_year,
           CASE WHEN o.paid_in_capital_twd IS NULL AND o.employees IS NULL THEN 0
                WHEN o.paid_in_capital_twd <= 80e6 OR o.employees < 200 THEN 1
                ELSE 2 END, f.township_code, f.industry, f.operator_id
    FROM facility f LEFT JOIN operator o ON o.id = f.operator_id
    ORDER BY f.id) TO STDOUT (FORMAT binary)
