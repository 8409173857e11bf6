-- The picture of a layout drawing and its name. $1 id
SELECT i.png, i.sha256 FROM layout l JOIN layout_image i ON i.sha256 = l.image_sha256 WHERE l.id = $1::bigint
