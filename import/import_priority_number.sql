-- Rows of one masked name are several companies: from the second on their number is added to the key, in the
-- order of the file. A name that is written out is one company. $1 source (the same for all sources)
WITH numbered AS (
    SELECT line, row_number() OVER (PARTITION BY record_key ORDER BY line) AS n
    FROM stage_record WHERE name ~ '[●○〇◯⚫＊*]')
UPDATE stage_record s SET record_key = s.record_key || '|' || d.n
FROM numbered d WHERE d.line = s.line AND d.n > 1 AND $1::int IS NOT NULL
