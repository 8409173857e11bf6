-- How the positions of the file's rows were judged. $1 kind, $2 source
SELECT v.name, count(*)
FROM stage_plan p
JOIN record r ON r.kind = $1 AND r.source_id = $2::int AND r.record_key = p.record_key AND r.ended_batch_id IS NULL
JOIN (VALUES ('missing', 'without a position, not drawn', 1),
             ('outside', 'positions off every county, not drawn', 2),
             ('other_zone', 'positions in TM2 zone 119 taken for 121 or reverse, not drawn', 3),
             ('coast', 'positions up to 1 km off the coast', 4),
             ('other_county', 'positions in another county than is named', 5),
             ('unchecked', 'positions unchecked: no borders are loaded', 6)) v(code, name, n)
  ON v.code = r.position_check
GROUP BY v.name, v.n ORDER BY v.n
