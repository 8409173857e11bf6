-- What is said of rows that are kept: identifier and name that differ, numbers that may be several, cells split.
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT s.line, NULL, left(CASE l.note WHEN 'several_substances' THEN concat_ws(' ', l.reported_cas, l.reported_name, l.reported_name_en)
           ELSE concat_ws(' / ', coalesce(l.reported_cas, l.reported_code), coalesce(l.reported_name, l.reported_name_en)) END, 200),
       l.note,
       CASE l.note
       WHEN 'cas_name_differ' THEN 'the CAS number is that of ' || u.name_zh || ' (' || u.name_en || '), the name means '
           || coalesce(o.name_zh || ' (' || o.cas || ')', 'another substance') || ': linked by the CAS number until it is reviewed'
       WHEN 'code_name_differ' THEN 'the code is that of ' || u.name_zh || ' (' || u.name_en || '), the name means '
           || coalesce(o.name_zh || ' (' || o.cas || ')', 'another substance') || ': linked by the code until it is reviewed'
       WHEN 'cas_not_known' THEN 'the CAS number is right and of no substance known here, the name is that of '
           || o.name_zh || ' (' || o.cas || '): not linked until it is reviewed'
       WHEN 'cas_ambiguous' THEN 'the damaged CAS number may have been '
           || (SELECT string_agg(g.cas, ' or ' ORDER BY g.cas) FROM stage_link_guess g WHERE g.link_id = l.id)
           || ': the names decide until it is reviewed'
       ELSE 'the row names ' || l.parts || ' substances ('
           || (SELECT string_agg(q.name, ', ' ORDER BY q.part) FROM stage_link_part q WHERE q.link_id = l.id AND q.part > 0)
           || '): a holding for each, the quantity is that of the mixture' END,
       s.raw, true
FROM stage_link l
JOIN stage_plan p ON p.link_id = l.id AND p.what IS NOT NULL
JOIN stage_holding s ON s.line = p.line
LEFT JOIN substance u ON u.id = l.substance_id
LEFT JOIN substance o ON o.id = l.other_id
WHERE l.note IS NOT NULL
