-- 0013_water: what is known of where rivers run, and typed views of the families kept in table record that
-- analyses and QGIS work with: real types, geometry of one kind in EPSG:4326.

CREATE TABLE river_extent (
    river     text NOT NULL,
    basin     text NOT NULL,
    counties  text NOT NULL,
    west      double precision NOT NULL,
    south     double precision NOT NULL,
    east      double precision NOT NULL CHECK (east > west),
    north     double precision NOT NULL CHECK (north > south),
    stations  integer NOT NULL,
    citation  text NOT NULL,
    river_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (regexp_replace(translate(river, '臺', '台'), '\(.*\)$', '')) STORED,
    basin_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (regexp_replace(translate(basin, '臺', '台'), '\(.*\)$', '')) STORED,
    geom      geometry(Polygon, 4326) NOT NULL GENERATED ALWAYS AS (ST_MakeEnvelope(west, south, east, north, 4326)) STORED,
    PRIMARY KEY (river, basin)
);
CREATE INDEX ON river_extent (river_key);
COMMENT ON TABLE river_extent IS 'A box around each main river of Taiwan (data/rivers.csv), to see that a sample lies far from the river it names. Rough: 0.05 degree, outward.';
COMMENT ON COLUMN river_extent.river IS 'Name; of rivers of one name each has a bracket.';
COMMENT ON COLUMN river_extent.basin IS 'Basin, by its main river.';
COMMENT ON COLUMN river_extent.counties IS 'Counties that it touches, separated by |.';
COMMENT ON COLUMN river_extent.west IS 'Least longitude, degrees.';
COMMENT ON COLUMN river_extent.south IS 'Least latitude, degrees.';
COMMENT ON COLUMN river_extent.east IS 'Largest longitude, degrees.';
COMMENT ON COLUMN river_extent.north IS 'Largest latitude, degrees.';
COMMENT ON COLUMN river_extent.stations IS 'Stations of the environment agency that the box was made of.';
COMMENT ON COLUMN river_extent.citation IS 'What the box was made of.';
COMMENT ON COLUMN river_extent.river_key IS 'Name without bracket: what record.fields calls river_key.';
COMMENT ON COLUMN river_extent.basin_key IS 'Basin without bracket.';
COMMENT ON COLUMN river_extent.geom IS 'The box, EPSG:4326.';

CREATE INDEX record_river ON record ((fields ->> 'river_key')) WHERE ended_batch_id IS NULL AND kind IN ('samples', 'sites', 'rivers');
CREATE INDEX record_basin ON record ((fields ->> 'basin_key')) WHERE ended_batch_id IS NULL AND kind IN ('sites', 'basins');

CREATE VIEW record_substance AS
WITH one AS (
    SELECT name_key, min(substance_id) AS id FROM substance_name WHERE language <> 'code'
    GROUP BY name_key HAVING count(DISTINCT substance_id) = 1),
code AS (
    SELECT lower(toxic_item_no) AS key, min(id) AS id FROM substance WHERE toxic_item_no IS NOT NULL
    GROUP BY 1 HAVING count(*) = 1),
found AS (
    SELECT r.id, r.fields ->> 'cas' AS cas, c.id AS by_cas, k.id AS by_code, z.id AS by_zh, e.id AS by_en
    FROM record r
    LEFT JOIN substance c ON c.cas = r.fields ->> 'cas'
    LEFT JOIN code k ON k.key = r.fields ->> 'substance_code_key'
    LEFT JOIN one z ON z.name_key = coalesce(r.fields ->> 'substance_key', r.fields ->> 'analyte_key')
    LEFT JOIN one e ON e.name_key = r.fields ->> 'substance_en_key'
    WHERE r.kind IN ('samples', 'incidents') AND r.ended_batch_id IS NULL),
meant AS (
    SELECT f.*, CASE WHEN cas IS NOT NULL THEN CASE WHEN by_cas IS NOT NULL THEN 'cas' END
                     WHEN by_code <> by_zh OR by_code <> by_en OR by_zh <> by_en THEN NULL
                     WHEN by_code IS NOT NULL THEN 'code'
                     WHEN by_zh IS NOT NULL THEN 'name_zh'
                     WHEN by_en IS NOT NULL THEN 'name_en' END AS rule
    FROM found f)
SELECT id AS record_id, rule,
       CASE rule WHEN 'cas' THEN by_cas WHEN 'code' THEN by_code WHEN 'name_zh' THEN by_zh WHEN 'name_en' THEN by_en END AS substance_id
FROM meant WHERE rule IS NOT NULL;
COMMENT ON VIEW record_substance IS 'Which substance a sample or an incident means, where that is certain: by CAS, else by a code or name that only one substance has and nothing in the row contradicts. Asked anew each time, so it is right when substances come later.';
COMMENT ON COLUMN record_substance.record_id IS 'The record.';
COMMENT ON COLUMN record_substance.rule IS 'cas, code, name_zh or name_en.';
COMMENT ON COLUMN record_substance.substance_id IS 'The substance.';

CREATE VIEW basin AS
SELECT
    r.id,
    r.name,
    r.name_en,
    r.fields ->> 'basin_no' AS basin_no,
    r.fields ->> 'agency' AS agency,
    (r.fields ->> 'area_km2')::double precision AS area_km2,
    r.fields ->> 'note' AS note,
    r.fields ->> 'basin_key' AS basin_key,
    s.name AS source,
    r.batch_id,
    r.geom::geometry(MultiPolygon, 4326) AS geom
FROM record r JOIN source s ON s.id = r.source_id
WHERE r.kind = 'basins' AND r.ended_batch_id IS NULL;
COMMENT ON VIEW basin IS 'River basins (流域), as their sources say now.';
COMMENT ON COLUMN basin.id IS 'Our number, as record.id.';
COMMENT ON COLUMN basin.name IS 'Name.';
COMMENT ON COLUMN basin.name_en IS 'Name in English.';
COMMENT ON COLUMN basin.basin_no IS 'Number in the source.';
COMMENT ON COLUMN basin.agency IS 'Who is responsible.';
COMMENT ON COLUMN basin.area_km2 IS 'Area as reported, km².';
COMMENT ON COLUMN basin.note IS 'Remarks.';
COMMENT ON COLUMN basin.basin_key IS 'Normal form of the basin.';
COMMENT ON COLUMN basin.source IS 'Who said it.';
COMMENT ON COLUMN basin.batch_id IS 'Import that brought it.';
COMMENT ON COLUMN basin.geom IS 'The area, EPSG:4326.';

CREATE VIEW river AS
SELECT
    r.id,
    r.name,
    r.name_en,
    r.fields ->> 'river_no' AS river_no,
    r.fields ->> 'basin' AS basin,
    r.fields ->> 'quality' AS quality,
    r.fields ->> 'note' AS note,
    r.fields ->> 'river_key' AS river_key,
    r.fields ->> 'basin_key' AS basin_key,
    s.name AS source,
    r.batch_id,
    r.geom::geometry(MultiLineString, 4326) AS geom
FROM record r JOIN source s ON s.id = r.source_id
WHERE r.kind = 'rivers' AND r.ended_batch_id IS NULL;
COMMENT ON VIEW river IS 'Rivers (河川) as lines.';
COMMENT ON COLUMN river.id IS 'Our number, as record.id.';
COMMENT ON COLUMN river.name IS 'Name.';
COMMENT ON COLUMN river.name_en IS 'Name in English.';
COMMENT ON COLUMN river.river_no IS 'Number in the source.';
COMMENT ON COLUMN river.basin IS 'Basin.';
COMMENT ON COLUMN river.quality IS 'survey, base_map (kilometres off: only to look at) or null.';
COMMENT ON COLUMN river.note IS 'Remarks.';
COMMENT ON COLUMN river.river_key IS 'Normal form of the river: without 本流, 支流, 流域, brackets.';
COMMENT ON COLUMN river.basin_key IS 'Normal form of the basin.';
COMMENT ON COLUMN river.source IS 'Who said it.';
COMMENT ON COLUMN river.batch_id IS 'Import that brought it.';
COMMENT ON COLUMN river.geom IS 'The lines, EPSG:4326.';

CREATE VIEW sampling_site AS
SELECT
    r.id,
    r.name,
    r.name_en,
    r.fields ->> 'site_no' AS site_no,
    r.fields ->> 'river' AS river,
    r.fields ->> 'basin' AS basin,
    r.fields ->> 'agency' AS agency,
    r.county_code,
    r.township_code,
    r.position_check,
    r.fields ->> 'river_key' AS river_key,
    r.fields ->> 'basin_key' AS basin_key,
    r.fields ->> 'site_key' AS site_key,
    s.name AS source,
    r.batch_id,
    r.geom::geometry(Point, 4326) AS geom
FROM record r JOIN source s ON s.id = r.source_id
WHERE r.kind = 'sites' AND r.ended_batch_id IS NULL;
COMMENT ON VIEW sampling_site IS 'Sampling sites (採樣站).';
COMMENT ON COLUMN sampling_site.id IS 'Our number, as record.id.';
COMMENT ON COLUMN sampling_site.name IS 'Name.';
COMMENT ON COLUMN sampling_site.name_en IS 'Name in English.';
COMMENT ON COLUMN sampling_site.site_no IS 'Number in the source.';
COMMENT ON COLUMN sampling_site.river IS 'River as reported.';
COMMENT ON COLUMN sampling_site.basin IS 'Basin as reported.';
COMMENT ON COLUMN sampling_site.agency IS 'Who takes the samples.';
COMMENT ON COLUMN sampling_site.county_code IS 'County that it lies in; the one named where it has no position.';
COMMENT ON COLUMN sampling_site.township_code IS 'Township that it lies in.';
COMMENT ON COLUMN sampling_site.position_check IS 'As record.position_check.';
COMMENT ON COLUMN sampling_site.river_key IS 'Normal form of the river: without 本流, 支流, 流域, brackets.';
COMMENT ON COLUMN sampling_site.basin_key IS 'Normal form of the basin.';
COMMENT ON COLUMN sampling_site.site_key IS 'Normal form of the site.';
COMMENT ON COLUMN sampling_site.source IS 'Who said it.';
COMMENT ON COLUMN sampling_site.batch_id IS 'Import that brought it.';
COMMENT ON COLUMN sampling_site.geom IS 'Where, EPSG:4326.';

CREATE VIEW sample AS
SELECT
    r.id,
    r.fields ->> 'sample_id' AS sample_id,
    r.fields ->> 'medium' AS medium,
    r.fields ->> 'sub_medium' AS sub_medium,
    r.fields ->> 'river' AS river,
    r.fields ->> 'basin' AS basin,
    r.fields ->> 'site' AS site,
    r.fields ->> 'site_no' AS site_no,
    m.substance_id,
    m.rule AS substance_link,
    coalesce(u.cas, r.fields ->> 'cas') AS cas,
    r.fields ->> 'substance_code' AS substance_code,
    r.fields ->> 'substance' AS substance,
    r.fields ->> 'analyte_code' AS analyte_code,
    r.fields ->> 'analyte' AS analyte,
    r.fields ->> 'sample_type' AS sample_type,
    (r.fields ->> 'plan_year')::integer AS plan_year,
    (r.fields ->> 'sample_date')::date AS sampled_on,
    r.fields ->> 'reported' AS reported,
    (r.fields ->> 'value')::double precision AS value,
    r.fields ->> 'unit' AS unit,
    (r.fields ->> 'below_detection')::boolean AS below_detection,
    (r.fields ->> 'limit')::double precision AS detection_limit,
    (r.fields ->> 'value_normal')::double precision AS value_normal,
    (r.fields ->> 'limit_normal')::double precision AS limit_normal,
    r.fields ->> 'unit_normal' AS unit_normal,
    r.fields ->> 'basis' AS basis,
    r.fields ->> 'agency' AS agency,
    r.county_code,
    r.township_code,
    r.position_check,
    r.fields ->> 'river_key' AS river_key,
    r.fields ->> 'basin_key' AS basin_key,
    r.fields ->> 'site_key' AS site_key,
    s.name AS source,
    r.batch_id,
    r.geom::geometry(Point, 4326) AS geom
FROM record r JOIN source s ON s.id = r.source_id
    LEFT JOIN record_substance m ON m.record_id = r.id LEFT JOIN substance u ON u.id = m.substance_id
WHERE r.kind = 'samples' AND r.ended_batch_id IS NULL;
COMMENT ON VIEW sample IS 'Samples (採樣): one measured concentration each.';
COMMENT ON COLUMN sample.id IS 'Our number, as record.id.';
COMMENT ON COLUMN sample.sample_id IS 'Number of the sample in the source.';
COMMENT ON COLUMN sample.medium IS '環境類別: what was sampled.';
COMMENT ON COLUMN sample.sub_medium IS '環境次類別; of a river its name.';
COMMENT ON COLUMN sample.river IS 'River as reported.';
COMMENT ON COLUMN sample.basin IS 'Basin as reported.';
COMMENT ON COLUMN sample.site IS 'Site as reported.';
COMMENT ON COLUMN sample.site_no IS 'Number of the site as reported.';
COMMENT ON COLUMN sample.substance_id IS 'Substance, where certain (record_substance).';
COMMENT ON COLUMN sample.substance_link IS 'How it is known.';
COMMENT ON COLUMN sample.cas IS 'CAS number of that substance, or as reported.';
COMMENT ON COLUMN sample.substance_code IS 'Code of the substance as reported.';
COMMENT ON COLUMN sample.substance IS 'Substance as reported.';
COMMENT ON COLUMN sample.analyte_code IS 'Code of what was measured.';
COMMENT ON COLUMN sample.analyte IS 'What was measured.';
COMMENT ON COLUMN sample.sample_type IS '樣品類型: 底泥, 水體 …';
COMMENT ON COLUMN sample.plan_year IS 'Year of the plan, Gregorian.';
COMMENT ON COLUMN sample.sampled_on IS 'Day of sampling.';
COMMENT ON COLUMN sample.reported IS 'Concentration as reported, e.g. ND or <0.05.';
COMMENT ON COLUMN sample.value IS 'Concentration in unit; null below detection.';
COMMENT ON COLUMN sample.unit IS 'Unit as reported.';
COMMENT ON COLUMN sample.below_detection IS 'Below detection; null where the concentration could not be read.';
COMMENT ON COLUMN sample.detection_limit IS 'Detection limit in unit, where known.';
COMMENT ON COLUMN sample.value_normal IS 'Concentration in unit_normal.';
COMMENT ON COLUMN sample.limit_normal IS 'Detection limit in unit_normal.';
COMMENT ON COLUMN sample.unit_normal IS 'mg/kg, µg/L, µg/m³; null where the unit is unknown.';
COMMENT ON COLUMN sample.basis IS 'dw dry, ww wet, lw lipid weight; null where not said.';
COMMENT ON COLUMN sample.agency IS 'Who took it.';
COMMENT ON COLUMN sample.county_code IS 'County that it lies in; the one named where it has no position.';
COMMENT ON COLUMN sample.township_code IS 'Township that it lies in.';
COMMENT ON COLUMN sample.position_check IS 'As record.position_check.';
COMMENT ON COLUMN sample.river_key IS 'Normal form of the river: without 本流, 支流, 流域, brackets.';
COMMENT ON COLUMN sample.basin_key IS 'Normal form of the basin.';
COMMENT ON COLUMN sample.site_key IS 'Normal form of the site.';
COMMENT ON COLUMN sample.source IS 'Who said it.';
COMMENT ON COLUMN sample.batch_id IS 'Import that brought it.';
COMMENT ON COLUMN sample.geom IS 'Where, EPSG:4326.';

CREATE VIEW zone AS
SELECT
    r.id,
    r.name AS organisation,
    r.name_en,
    r.fields ->> 'zone_no' AS zone_no,
    r.fields ->> 'member' AS member,
    CASE WHEN r.fields ? 'members' THEN ARRAY(SELECT jsonb_array_elements_text(r.fields -> 'members')) END AS members,
    CASE WHEN r.fields ? 'counties' THEN ARRAY(SELECT jsonb_array_elements_text(r.fields -> 'counties')) END AS counties,
    (r.fields ->> 'preparation_minutes')::double precision AS preparation_minutes,
    r.fields ->> 'phone' AS phone,
    (r.fields ->> 'responders_awareness')::integer AS responders_awareness,
    (r.fields ->> 'responders_operations')::integer AS responders_operations,
    (r.fields ->> 'responders_technician')::integer AS responders_technician,
    (r.fields ->> 'responders_commander')::integer AS responders_commander,
    (r.fields ->> 'responders_specialist')::integer AS responders_specialist,
    (r.fields ->> 'equipment_a')::integer AS equipment_a,
    (r.fields ->> 'equipment_b')::integer AS equipment_b,
    (r.fields ->> 'equipment_c')::integer AS equipment_c,
    CASE WHEN r.fields ? 'equipment' THEN ARRAY(SELECT jsonb_array_elements_text(r.fields -> 'equipment')) END AS equipment,
    CASE WHEN r.fields ? 'substances' THEN ARRAY(SELECT jsonb_array_elements_text(r.fields -> 'substances')) END AS substances,
    (r.fields ->> 'valid_until')::date AS valid_until,
    (r.fields ->> 'renewed')::date AS renewed,
    r.fields ? 'drawn' AS drawn,
    r.fields ->> 'note' AS note,
    s.name AS source,
    r.batch_id,
    r.geom::geometry(MultiPolygon, 4326) AS geom
FROM record r JOIN source s ON s.id = r.source_id
WHERE r.kind = 'zones' AND r.ended_batch_id IS NULL;
COMMENT ON VIEW zone IS 'Responsibility zones (責任區) of joint-response organisations (聯防組織), or of one member where member is given.';
COMMENT ON COLUMN zone.id IS 'Our number, as record.id.';
COMMENT ON COLUMN zone.organisation IS 'The organisation.';
COMMENT ON COLUMN zone.name_en IS 'Its name in English.';
COMMENT ON COLUMN zone.zone_no IS 'Number in the source.';
COMMENT ON COLUMN zone.member IS 'The member that the zone is of; null = the organisation.';
COMMENT ON COLUMN zone.members IS 'Members.';
COMMENT ON COLUMN zone.counties IS 'Counties as named.';
COMMENT ON COLUMN zone.preparation_minutes IS 'Minutes from the call to the start (整備時間).';
COMMENT ON COLUMN zone.phone IS 'Telephone.';
COMMENT ON COLUMN zone.responders_awareness IS 'Responders of level 通識級.';
COMMENT ON COLUMN zone.responders_operations IS 'Responders of level 操作級.';
COMMENT ON COLUMN zone.responders_technician IS 'Responders of level 技術級.';
COMMENT ON COLUMN zone.responders_commander IS 'Responders of level 指揮級.';
COMMENT ON COLUMN zone.responders_specialist IS 'Responders of level 專家級.';
COMMENT ON COLUMN zone.equipment_a IS 'Suits of level A.';
COMMENT ON COLUMN zone.equipment_b IS 'Suits of level B.';
COMMENT ON COLUMN zone.equipment_c IS 'Suits of level C.';
COMMENT ON COLUMN zone.equipment IS 'Other equipment, name or name:number.';
COMMENT ON COLUMN zone.substances IS 'Substances it can deal with, as named.';
COMMENT ON COLUMN zone.valid_until IS 'Last day that its plan holds.';
COMMENT ON COLUMN zone.renewed IS 'Day of the last renewal.';
COMMENT ON COLUMN zone.drawn IS 'The area was drawn; false: it is the union of the counties.';
COMMENT ON COLUMN zone.note IS 'Remarks.';
COMMENT ON COLUMN zone.source IS 'Who said it.';
COMMENT ON COLUMN zone.batch_id IS 'Import that brought it.';
COMMENT ON COLUMN zone.geom IS 'The area, EPSG:4326; null until the borders of its counties are loaded.';

CREATE VIEW incident AS
SELECT
    r.id,
    r.name AS title,
    (r.fields ->> 'date')::date AS occurred_on,
    (r.fields ->> 'time')::time AS occurred_at,
    r.fields ->> 'kind' AS kind,
    r.fields ->> 'county' AS county,
    r.county_code,
    r.township_code,
    r.position_check,
    r.fields ->> 'address' AS address,
    r.fields ->> 'owner' AS owner,
    p.id AS facility_id,
    m.substance_id,
    m.rule AS substance_link,
    coalesce(u.cas, r.fields ->> 'cas') AS cas,
    r.fields ->> 'substance' AS substance,
    r.fields ->> 'role' AS role,
    r.fields ->> 'place_type' AS place_type,
    (r.fields ->> 'injured')::integer AS injured,
    (r.fields ->> 'dead')::integer AS dead,
    r.fields ->> 'agency' AS agency,
    CASE WHEN r.geom IS NOT NULL THEN 'row' WHEN p.geom IS NOT NULL THEN 'facility' END AS position_from,
    s.name AS source,
    r.batch_id,
    coalesce(r.geom, p.geom)::geometry(Point, 4326) AS geom
FROM record r JOIN source s ON s.id = r.source_id
    LEFT JOIN record_substance m ON m.record_id = r.id LEFT JOIN substance u ON u.id = m.substance_id
    LEFT JOIN LATERAL (
        SELECT min(n.facility_id) AS id FROM facility_number n
        WHERE (n.scheme = 'ems_no' AND n.number = r.fields ->> 'ems_number')
           OR (n.scheme = 'factory_no' AND n.number = r.fields ->> 'factory_number')
        HAVING count(DISTINCT n.facility_id) = 1) l ON true
    LEFT JOIN facility p ON p.id = l.id
WHERE r.kind = 'incidents' AND r.ended_batch_id IS NULL;
COMMENT ON VIEW incident IS 'Incidents (事件): one row is one substance in one incident.';
COMMENT ON COLUMN incident.id IS 'Our number, as record.id.';
COMMENT ON COLUMN incident.title IS 'What happened, in one line.';
COMMENT ON COLUMN incident.occurred_on IS 'Day.';
COMMENT ON COLUMN incident.occurred_at IS 'Time of day, local; null = not known.';
COMMENT ON COLUMN incident.kind IS 'leak, fire, explosion, poisoning, odour, other.';
COMMENT ON COLUMN incident.county IS 'County as reported, old names too.';
COMMENT ON COLUMN incident.county_code IS 'County that it lies in; the one named where it has no position.';
COMMENT ON COLUMN incident.township_code IS 'Township that it lies in.';
COMMENT ON COLUMN incident.position_check IS 'As record.position_check.';
COMMENT ON COLUMN incident.address IS 'Place as reported.';
COMMENT ON COLUMN incident.owner IS 'Facility or company as reported.';
COMMENT ON COLUMN incident.facility_id IS 'Facility that its registration number names, where it is one.';
COMMENT ON COLUMN incident.substance_id IS 'Substance, where certain (record_substance).';
COMMENT ON COLUMN incident.substance_link IS 'How it is known.';
COMMENT ON COLUMN incident.cas IS 'CAS number of that substance, or as reported.';
COMMENT ON COLUMN incident.substance IS 'Substance as reported.';
COMMENT ON COLUMN incident.role IS 'main: the substance caused it; indirect: it was drawn in.';
COMMENT ON COLUMN incident.place_type IS '場所類型.';
COMMENT ON COLUMN incident.injured IS 'Injured persons.';
COMMENT ON COLUMN incident.dead IS 'Dead persons.';
COMMENT ON COLUMN incident.agency IS 'Who reported it.';
COMMENT ON COLUMN incident.position_from IS 'row: its own position; facility: that of the facility; null: none.';
COMMENT ON COLUMN incident.source IS 'Who said it.';
COMMENT ON COLUMN incident.batch_id IS 'Import that brought it.';
COMMENT ON COLUMN incident.geom IS 'Where it was, EPSG:4326: its own position, else that of the facility.';
