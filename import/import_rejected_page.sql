-- Rows of a batch that something was wrong with, by line, one result row a value; what is wrong is joined, and
-- kept is null where it is not known. $1 batch, $2 line to begin after, $3 rows
SELECT r.line, v.value, r.line::text, r.names, r.faulty, r.reasons, r.kept
FROM (SELECT line, (array_agg(row_values ORDER BY id))[1] AS row_values,
             string_agg(column_name, '; ' ORDER BY id) AS names, string_agg(value, '; ' ORDER BY id) AS faulty,
             string_agg(reason, '; ' ORDER BY id) AS reasons,
             CASE bool_and(kept) WHEN true THEN 'yes' WHEN false THEN 'no' END AS kept
      FROM rejected_row WHERE batch_id = $1::bigint AND line > $2::bigint
      GROUP BY line ORDER BY line LIMIT $3::int) r
LEFT JOIN LATERAL jsonb_array_elements_text(r.row_values) WITH ORDINALITY AS v(value, place) ON true
ORDER BY r.line, v.place
