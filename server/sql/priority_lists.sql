-- The priority lists, the latest imported first: name, companies, its latest import.
SELECT list, count(*), max(batch_id) FROM priority_company GROUP BY list ORDER BY max(batch_id) DESC, list
