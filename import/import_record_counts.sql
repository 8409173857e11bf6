-- Rows new, changed, unchanged, and repeated word for word.
SELECT count(*) FILTER (WHERE what = 'new'), count(*) FILTER (WHERE what = 'changed'),
       count(*) FILTER (WHERE what = 'same'),
       (SELECT count(*) FROM stage_record s JOIN stage_plan q USING (record_key)
        WHERE s.line <> q.line AND s.row_hash = q.row_hash)
FROM stage_plan
