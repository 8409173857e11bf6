-- The substances touched, made of all records that hold: of hazards the higher of all sources, of lists all
-- that any says, else the word of the source that came first. $1 batch
INSERT INTO stage_merged (id, cas, name_zh, name_en, un, erg_guide, nfpa_health, nfpa_flammability, nfpa_instability,
    nfpa_special, ghs_pictograms, ghs_signal, ghs_h, water_reactive, water_reactive_gases, toxic_by_inhalation,
    physical_state, density_kg_l, toxic_item_no, citation, row_hash, source_id, batch_id)
WITH r AS (
    SELECT r.cas, r.fields AS f, r.source_id, r.entry, r.row_hash
    FROM substance_record r JOIN stage_touched t USING (cas) WHERE r.ended_batch_id IS NULL),
item AS ( -- of the two lists, each code at its first place
    SELECT r.cas, k.key, e.code, min(ARRAY[r.source_id, r.entry, e.n]) AS place
    FROM r, (VALUES ('ghs_pictograms'), ('ghs_h')) k(key),
         jsonb_array_elements_text(r.f -> k.key) WITH ORDINALITY e(code, n)
    GROUP BY r.cas, k.key, e.code),
list AS (
    SELECT cas, array_agg(code ORDER BY place, code) FILTER (WHERE key = 'ghs_pictograms') AS pictograms,
           array_agg(code ORDER BY place, code) FILTER (WHERE key = 'ghs_h') AS h
    FROM item GROUP BY cas),
said AS ( -- each citation once, at its first place
    SELECT cas, string_agg(citation, '; ' ORDER BY source_id, entry) AS citation
    FROM (SELECT DISTINCT ON (cas, f ->> 'citation') cas, f ->> 'citation' AS citation, source_id, entry
          FROM r ORDER BY cas, f ->> 'citation', source_id, entry) c GROUP BY cas),
first AS (
    SELECT cas,
        (array_agg(f ->> 'name_zh' ORDER BY source_id, entry) FILTER (WHERE f ? 'name_zh'))[1] AS name_zh,
        (array_agg(f ->> 'name_en' ORDER BY source_id, entry) FILTER (WHERE f ? 'name_en'))[1] AS name_en,
        (array_agg(f ->> 'un' ORDER BY source_id, entry) FILTER (WHERE f ? 'un'))[1] AS un,
        (array_agg(f ->> 'erg_guide' ORDER BY source_id, entry) FILTER (WHERE f ? 'erg_guide'))[1] AS erg_guide,
        max((f ->> 'nfpa_health')::smallint) AS health, max((f ->> 'nfpa_flammability')::smallint) AS flammability,
        max((f ->> 'nfpa_instability')::smallint) AS instability,
        (array_agg(f ->> 'nfpa_special' ORDER BY f ->> 'nfpa_special' NOT LIKE '%W%', source_id, entry)
            FILTER (WHERE f ? 'nfpa_special'))[1] AS special,
        (array_agg(f ->> 'ghs_signal' ORDER BY f ->> 'ghs_signal' <> 'Danger', source_id, entry)
            FILTER (WHERE f ? 'ghs_signal'))[1] AS signal,
        bool_or((f ->> 'water_reactive')::boolean) AS water_reactive,
        (array_agg(f ->> 'water_reactive_gases' ORDER BY source_id, entry) FILTER (WHERE f ? 'water_reactive_gases'))[1] AS gases,
        bool_or((f ->> 'toxic_by_inhalation')::boolean) AS inhalation,
        (array_agg(f ->> 'physical_state' ORDER BY source_id, entry) FILTER (WHERE f ? 'physical_state'))[1] AS state,
        (array_agg((f ->> 'density_kg_l')::float8 ORDER BY source_id, entry) FILTER (WHERE f ? 'density_kg_l'))[1] AS density,
        (array_agg(f ->> 'toxic_item_no' ORDER BY source_id, entry) FILTER (WHERE f ? 'toxic_item_no'))[1] AS item_no,
        decode(md5(string_agg(row_hash::text, '' ORDER BY source_id, entry)), 'hex') AS row_hash, min(source_id) AS source_id
    FROM r GROUP BY cas)
SELECT s.id, f.cas, coalesce(f.name_zh, f.name_en), coalesce(f.name_en, f.name_zh), f.un, f.erg_guide, f.health,
    f.flammability, f.instability, f.special, coalesce(l.pictograms, '{}'), f.signal, coalesce(l.h, '{}'),
    f.water_reactive, f.gases, f.inhalation, f.state, f.density, f.item_no, c.citation, f.row_hash, f.source_id, $1::bigint
FROM first f LEFT JOIN list l USING (cas) LEFT JOIN said c USING (cas) LEFT JOIN substance s USING (cas)
ORDER BY f.cas
