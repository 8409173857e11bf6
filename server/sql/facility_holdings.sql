-- Holdings of one facility, newest first, each as a JSON object, with their total number.
-- $1 facility id, $2 limit
WITH words (key, zh, en) AS (
    VALUES ('manufacture', '製造', 'manufacture'), ('import', '輸入', 'import'),
           ('export', '輸出', 'export'), ('use', '使用', 'use'), ('store', '貯存', 'store'),
           ('sell', '販賣', 'sell'), ('transfer', '運送', 'transfer'), ('discard', '廢棄', 'discard'),
           ('other', '其他', 'other')
), page AS (
    SELECT h.*, count(*) OVER () AS total
    FROM holding h
    WHERE h.facility_id = $1
    ORDER BY h.period_end DESC NULLS LAST, h.period_start DESC NULLS LAST, h.id
    LIMIT $2
)
SELECT h.total, json_build_object(
    'substance', CASE WHEN s.id IS NOT NULL THEN json_build_object(
        'cas', s.cas, 'name_zh', s.name_zh, 'name_en', s.name_en, 'un', s.un,
        'erg_guide', s.erg_guide,
        'nfpa', json_build_object('health', s.nfpa_health, 'flammability', s.nfpa_flammability,
                                  'instability', s.nfpa_instability, 'special', s.nfpa_special),
        'ghs_pictograms', s.ghs_pictograms, 'water_reactive', f.water_reactive,
        'toxic_by_inhalation', f.toxic_by_inhalation) END,
    'link', CASE WHEN h.substance_id IS NOT NULL THEN
        json_build_object('rule', h.substance_link, 'confidence', round(h.link_confidence::numeric, 2)) END,
    'reported_name', coalesce(h.reported_name, h.reported_name_en, h.reported_cas, h.reported_code),
    'reported_cas', h.reported_cas,
    'mixture', CASE WHEN h.parts > 1 THEN json_build_object('part', h.part, 'parts', h.parts, 'name', h.part_name,
        'quantity_kg', h.mixture_kg,
        'note', json_build_object('zh', '數量為混合物總量，不屬於單一物質',
                                  'en', 'the quantity is that of the mixture, of no single substance')) END,
    'behaviour', json_build_object('key', h.behaviour, 'zh', w.zh, 'en', w.en),
    'quantity_kg', h.quantity_kg, 'reported_quantity', h.reported_quantity,
    'reported_unit', h.reported_unit, 'place', h.place, 'rows_aside', h.rows_aside,
    'period', CASE WHEN h.period_start IS NOT NULL OR h.period_end IS NOT NULL THEN
        json_build_object('start', h.period_start, 'end', h.period_end) END,
    'source', o.title, 'batch', h.batch_id, 'line', h.line)::text
FROM page h
JOIN source o ON o.id = h.source_id
LEFT JOIN words w ON w.key = h.behaviour
LEFT JOIN substance s ON s.id = h.substance_id
LEFT JOIN substance_response f ON f.substance_id = s.id
ORDER BY h.period_end DESC NULLS LAST, h.period_start DESC NULLS LAST, h.id
