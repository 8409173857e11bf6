-- Size and age of one facility: its operator as it is stored, and every row that says its year of foundation, or
-- paid-in capital or employees of its operator (rows of other facilities of the operator too), as JSON; paid-in
-- capital in TWD and employees of the operator (null = not known).
-- $1 facility id, $2 limit of rows
WITH said AS (
    SELECT r.facility_id, f.name, o.name AS source, o.title, r.fields, b.file_name, r.line, r.batch_id, b.published_at
    FROM facility me
    JOIN facility f ON f.id = me.id OR f.operator_id = me.operator_id
    JOIN facility_record r ON r.facility_id = f.id AND r.ended_batch_id IS NULL
    JOIN source o ON o.id = r.source_id
    JOIN import_batch b ON b.id = r.batch_id
    WHERE me.id = $1 AND (r.fields ? 'paid_in_capital_twd' OR r.fields ? 'employees'
                          OR (f.id = me.id AND r.fields ? 'established_year'))
    ORDER BY f.id <> me.id, b.published_at DESC, r.id
    LIMIT $2)
SELECT json_build_object(
    'operator', CASE WHEN p.id IS NOT NULL THEN json_build_object('name', p.name, 'business_no', p.business_no,
        'paid_in_capital_twd', p.paid_in_capital_twd, 'employees', p.employees) END,
    'established_year', f.established_year,
    'rows', (SELECT coalesce(json_agg(json_build_object('facility', s.facility_id, 'name', s.name, 'source', s.source,
                 'source_title', s.title, 'established_year', s.fields -> 'established_year',
                 'paid_in_capital_twd', s.fields -> 'paid_in_capital_twd', 'employees', s.fields -> 'employees',
                 'file', s.file_name, 'line', s.line, 'batch', s.batch_id,
                 'imported_at', to_char(s.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))), '[]')
             FROM said s))::text, p.paid_in_capital_twd, p.employees
FROM facility f LEFT JOIN operator p ON p.id = f.operator_id
WHERE f.id = $1
