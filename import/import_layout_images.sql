-- The pictures of the file's drawings, by their content. $1 place of the picture in a row, from 0
INSERT INTO layout_image (sha256, png)
SELECT DISTINCT s.fields::jsonb ->> 'image_sha256', decode(s.raw::jsonb ->> $1::int, 'base64')
FROM stage_plan p JOIN stage_record s ON s.line = p.line
WHERE p.what <> 'same' AND s.fields::jsonb ? 'image_sha256'
ON CONFLICT (sha256) DO NOTHING
