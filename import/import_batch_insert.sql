-- The batch. $1 id, $2 source, $3 kind, $4 file, $5 bytes, $6 SHA-256, $7 CRS, $8 columns, rows: $9 read,
-- $10 new, $11 changed, $12 unchanged, $13 repeated, $14 rejected, $15 remarks, $16 start (s since 1970)
INSERT INTO import_batch (id, source_id, kind, file_name, file_bytes, file_sha256, crs, columns, rows_read,
    rows_new, rows_changed, rows_unchanged, rows_repeated, rows_rejected, remarks, started_at, published_at)
OVERRIDING SYSTEM VALUE
VALUES ($1::bigint, $2::int, $3, $4, $5::bigint, $6, $7, $8::jsonb, $9::bigint, $10::bigint, $11::bigint,
    $12::bigint, $13::bigint, $14::bigint, $15::jsonb, to_timestamp($16::float8), clock_timestamp())
