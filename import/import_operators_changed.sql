-- Companies of which the file says something else than is stored.
SELECT count(*) FROM stage_operator s JOIN operator o ON o.id = s.operator_id
WHERE NOT s.fresh
  AND (o.name, o.paid_in_capital_twd, o.employees) IS DISTINCT FROM
      (CASE WHEN s.named THEN s.name ELSE o.name END, coalesce(s.capital, o.paid_in_capital_twd),
       coalesce(s.employees, o.employees))
