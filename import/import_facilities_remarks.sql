-- How the positions of the file's facilities were judged.
SELECT v.name, count(*)
FROM stage_plan p JOIN facility f ON f.id = p.facility_id
JOIN (VALUES ('missing', 'without a position, not drawn', 1),
             ('outside', 'positions off every county, not drawn', 2),
             ('other_zone', 'positions in TM2 zone 119 taken for 121 or reverse, not drawn', 3),
             ('coast', 'positions up to 1 km off the coast', 4),
             ('other_county', 'positions in another county than the address', 5),
             ('unchecked', 'positions unchecked: no borders are loaded', 6)) v(code, name, n)
  ON v.code = f.position_check
GROUP BY v.name, v.n ORDER BY v.n
