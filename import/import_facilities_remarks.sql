-- How the positions of the file's facilities were judged.
SELECT v.name, count(*)
FROM stage_plan p JOIN facility f ON f.id = p.facility_id
JOIN (VALUES ('missing', 'without a position, not drawn', 1),
             ('outside', 'positions off every county, not drawn', 2),
             ('coast', 'positions up to 1 km off the coast', 3),
             ('other_county', 'positions in another county than the address', 4),
             ('unchecked', 'positions unchecked: no borders are loaded', 5)) v(code, name, n)
  ON v.code = f.position_check
GROUP BY v.name, v.n ORDER BY v.n
