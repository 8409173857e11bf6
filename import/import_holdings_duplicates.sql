-- Rows whose holding stands again further down in the file with another quantity: kept aside.
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT s.line, NULL, s.reported_quantity || ' ' || s.reported_unit, 'duplicate_key',
       'line ' || p.kept_line || ' of the file is about the same facility, substance, behaviour and period and says something else; the later line was taken',
       s.raw, false
FROM stage_plan p JOIN stage_holding s ON s.line = p.line
WHERE p.line <> p.kept_line AND NOT p.same_row
