-- The latest standing (not undone) batch of a source and kind that was this very file understood the same way, else none.
-- $1 source name, $2 kind, $3 SHA-256, $4 columns (JSON)
SELECT i.id FROM import_batch i JOIN source s ON s.id = i.source_id
WHERE s.name = $1::text AND i.kind = $2::text AND i.file_sha256 = $3::text AND i.columns = $4::jsonb
  AND i.undone_at IS NULL
ORDER BY i.id DESC LIMIT 1
