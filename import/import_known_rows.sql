-- Hashes of what a source says now, for known.c; without those whose position a report has to speak of
-- again. The name of the source stands in place of %s: letters, digits, '_', '.' and '-' only.
COPY (SELECT r.row_hash
      FROM facility_record r JOIN source s ON s.id = r.source_id
      WHERE s.name = '%s' AND r.ended_batch_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM facility f WHERE f.position_check <> 'ok' AND f.id = r.facility_id))
TO STDOUT (FORMAT binary)
