-- 0015_layout: the pictures of layout drawings (配置圖), by their content; the drawings are records.
CREATE TABLE layout_image (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    png    bytea NOT NULL
);
COMMENT ON TABLE layout_image IS 'Pictures of layouts. A record of kind layouts names its picture in fields.image_sha256; pictures are never changed, so they stay right when an import is undone.';
COMMENT ON COLUMN layout_image.sha256 IS 'SHA-256 of the picture in base64 as it came from the reader, hexadecimal.';
COMMENT ON COLUMN layout_image.png IS 'The picture as PNG, at most 4,096 pixels a side; its first pixel lies at the first corner of the record''s outline, its first row goes towards the second.';

CREATE VIEW layout AS
SELECT r.id, r.name, r.geom, r.fields ->> 'form' AS form, r.fields ->> 'image_sha256' AS image_sha256,
       (r.fields ->> 'width')::int AS width, (r.fields ->> 'height')::int AS height,
       (r.fields ->> 'pixel')::float8 AS pixel, r.fields ->> 'floor' AS floor, r.fields ->> 'drawn_on' AS drawn_on,
       n.facility_id, r.source_id, r.batch_id
FROM record r
LEFT JOIN LATERAL (SELECT facility_id FROM facility_number
    WHERE (scheme = 'ems_no' AND number = r.fields ->> 'ems_no') OR (scheme = 'factory_no' AND number = r.fields ->> 'factory_no')
    ORDER BY scheme, facility_id LIMIT 1) n ON true
WHERE r.kind = 'layouts' AND r.ended_batch_id IS NULL;
COMMENT ON VIEW layout IS 'Layout drawings as they stand, with the facility that their registration number names.';
COMMENT ON COLUMN layout.pixel IS 'Size of a pixel of the drawing as given, in units of its coordinate system.';
COMMENT ON COLUMN layout.facility_id IS 'The facility, if one with that number is known.';
