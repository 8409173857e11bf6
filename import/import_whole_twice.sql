-- The first two lines about the same entry that say different things, if there are any.
SELECT a.line, b.line
FROM stage_record a JOIN stage_record b ON b.record_key = a.record_key AND b.line > a.line AND b.row_hash <> a.row_hash
ORDER BY a.line, b.line LIMIT 1
