-- What is past its day, as a JSON object: facilities whose latest declared period ended more than so many
-- days before a day, by source; records that say until when they hold (zones, places), by kind.
-- ISO dates compare as text. $1 day (ISO date), $2 days
WITH last_told AS (
    SELECT source_id, facility_id, max(period_end) AS until FROM holding GROUP BY source_id, facility_id),
declared AS (
    SELECT source_id, count(*) AS facilities, count(*) FILTER (WHERE until < $1::date - $2::int) AS overdue,
           count(*) FILTER (WHERE until IS NULL) AS undated, max(until) AS latest
    FROM last_told GROUP BY source_id),
dated AS (
    SELECT kind, v.until
    FROM record r CROSS JOIN LATERAL (SELECT coalesce(r.fields ->> 'valid_until', r.fields ->> 'valid_to') AS until) v
    WHERE r.ended_batch_id IS NULL AND v.until ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$')
SELECT json_build_object(
    'declarations', (SELECT coalesce(json_agg(json_build_object(
        'source', s.name, 'title', s.title, 'facilities', d.facilities, 'overdue', d.overdue, 'undated', d.undated,
        'latest', d.latest::text) ORDER BY s.name), '[]')
        FROM declared d JOIN source s ON s.id = d.source_id),
    'validity', (SELECT coalesce(json_agg(json_build_object(
        'kind', k.kind, 'dated', k.dated, 'past', k.past, 'earliest', k.earliest) ORDER BY k.kind), '[]')
        FROM (SELECT kind, count(*) AS dated, count(*) FILTER (WHERE until < $1::text) AS past, min(until) AS earliest
              FROM dated GROUP BY kind) k))::text
