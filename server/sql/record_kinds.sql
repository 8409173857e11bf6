-- How many records each family has, and how many of them are drawn.
SELECT kind, count(*), count(geom) FROM record WHERE ended_batch_id IS NULL GROUP BY kind ORDER BY kind
