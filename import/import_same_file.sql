-- The latest standing (not undone) batch of a source and kind if it is this very file understood the same way, else none.
-- $1 source name, $2 kind, $3 SHA-256, $4 columns (JSON)
SELECT b.id
FROM (SELECT i.id, i.file_sha256, i.columns FROM import_batch i JOIN source s ON s.id = i.source_id
      WHERE s.name = $1::text AND i.kind = $2::text AND i.undone_at IS NULL ORDER BY i.id DESC LIMIT 1) b
WHERE b.file_sha256 = $3::text AND b.columns = $4::jsonb
