-- 1 where every row of the file says that its table is to be used, else 0.
SELECT coalesce(bool_and(coalesce((fields::jsonb ->> 'use')::boolean, false)), false)::integer FROM stage_record
