-- A facility anew from what its sources say now: of each field what the latest row says of it.
-- $1 its number, $2 batch
WITH said AS (
    SELECT (array_agg(r.fields ->> 'name' ORDER BY r.id DESC))[1] AS name,
           (array_agg(r.fields ->> 'name_en' ORDER BY r.id DESC) FILTER (WHERE r.fields ? 'name_en'))[1] AS name_en,
           (array_agg(r.fields ->> 'address' ORDER BY r.id DESC) FILTER (WHERE r.fields ? 'address'))[1] AS address,
           (array_agg(r.fields ->> 'phone' ORDER BY r.id DESC) FILTER (WHERE r.fields ? 'phone'))[1] AS phone,
           (array_agg(r.fields ->> 'industry' ORDER BY r.id DESC) FILTER (WHERE r.fields ? 'industry'))[1] AS industry,
           (array_agg(r.fields ->> 'industrial_park' ORDER BY r.id DESC) FILTER (WHERE r.fields ? 'industrial_park'))[1] AS park,
           (array_agg(r.fields ->> 'established_year' ORDER BY r.id DESC) FILTER (WHERE r.fields ? 'established_year'))[1]::int AS year,
           (array_agg(r.fields ORDER BY r.id DESC) FILTER (WHERE r.fields ? 'x'))[1] AS place,
           (array_agg(r.source_id ORDER BY r.id DESC))[1] AS source_id
    FROM facility_record r WHERE r.facility_id = $1::bigint AND r.ended_batch_id IS NULL
    HAVING count(*) > 0)
UPDATE facility f SET name = s.name, name_en = s.name_en, address = s.address, phone = s.phone,
    industry = s.industry, industrial_park = s.park, established_year = s.year, source_id = s.source_id,
    position_method = coalesce(s.place ->> 'position_method', 'reported'),
    position_accuracy_m = (s.place ->> 'position_accuracy_m')::float8,
    reported_x = (s.place ->> 'x')::float8, reported_y = (s.place ->> 'y')::float8, reported_crs = s.place ->> 'crs',
    geom = NULL, county_code = NULL, township_code = NULL, address_county_code = NULL, position_check = 'missing',
    batch_id = $2::bigint, changed_at = now()
FROM said s WHERE f.id = $1
