-- Companies known already: what the file says now.
UPDATE operator o SET name = CASE WHEN s.named THEN s.name ELSE o.name END,
    paid_in_capital_twd = coalesce(s.capital, o.paid_in_capital_twd),
    employees = coalesce(s.employees, o.employees)
FROM stage_operator s
WHERE o.id = s.operator_id AND NOT s.fresh
  AND (o.name, o.paid_in_capital_twd, o.employees) IS DISTINCT FROM
      (CASE WHEN s.named THEN s.name ELSE o.name END, coalesce(s.capital, o.paid_in_capital_twd),
       coalesce(s.employees, o.employees))
