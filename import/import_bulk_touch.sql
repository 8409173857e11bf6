-- What atlas_touch() does: raises the atlas number and tells listening servers at commit. $1 table
WITH raised AS (UPDATE atlas_revision SET number = number + 1 RETURNING number)
SELECT pg_notify('hazatlas_changed', $1::text) FROM raised
