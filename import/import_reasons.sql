-- Reasons by frequency, each with the sentence of its first row.
SELECT code, count(*), 'line ' || min(line) || coalesce(', ' || (array_agg(column_name ORDER BY line))[1], '')
       || ': ' || (array_agg(reason ORDER BY line))[1]
FROM stage_note GROUP BY code ORDER BY count(*) DESC, code LIMIT 32
