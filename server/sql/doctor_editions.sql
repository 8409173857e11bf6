-- doctor_editions: the editions that packets go by, one line: table, edition, who brought it.
SELECT string_agg(CASE e.table_no WHEN 'guides' THEN 'guides' ELSE 'Table ' || e.table_no END || ' ' || e.edition
                  || coalesce(' (imported from ' || s.title || ')', ''), ', ' ORDER BY e.table_no)
FROM hazatlas.response_edition e LEFT JOIN hazatlas.source s ON s.id = e.source_id
WHERE e.in_use
