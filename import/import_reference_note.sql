-- Notes that a table of the product is loaded. $1 file stem, $2 SHA-256, $3 rows
INSERT INTO reference_table (name, sha256, rows) VALUES ($1::text, $2::text, $3::int)
ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, rows = excluded.rows, loaded_at = now()
