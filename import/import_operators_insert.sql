-- New companies.
INSERT INTO operator (id, business_no, name, paid_in_capital_twd, employees) OVERRIDING SYSTEM VALUE
SELECT operator_id, business_no, name, capital, employees FROM stage_operator WHERE fresh
ORDER BY operator_id
