-- How many doubtful matches stand open, confirmed, refused. $1 subject or null
SELECT count(*) FILTER (WHERE status = 'open'), count(*) FILTER (WHERE status = 'confirmed'),
       count(*) FILTER (WHERE status = 'refused')
FROM review WHERE $1::text IS NULL OR subject = $1
