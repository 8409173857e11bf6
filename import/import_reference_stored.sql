-- A row where this version of the table is loaded. $1 file stem, $2 SHA-256
SELECT 1 FROM reference_table WHERE name = $1::text AND sha256 = $2::text
