-- Entries of the table that are in use now. $1 kind
SELECT CASE $1::text
    WHEN 'response_table1' THEN (SELECT count(DISTINCT un) FROM response_distance_now WHERE table_no = '1')
    WHEN 'response_table3' THEN (SELECT count(DISTINCT (un, container)) FROM response_distance_now WHERE table_no = '3')
    WHEN 'response_table2' THEN
        (SELECT count(DISTINCT r.fields ->> 'un') FROM record r
         JOIN response_edition e ON e.in_use AND e.table_no = '2' AND e.source_id = r.source_id
              AND e.edition = r.fields ->> 'edition'
         WHERE r.kind = 'response_table2' AND r.ended_batch_id IS NULL)
    WHEN 'response_guides' THEN (SELECT count(*) FROM response_guide_now)
    WHEN 'thresholds' THEN (SELECT count(*) FROM regulated_quantity)
END
