-- Orange guides: distances and titles; always with guide 111 (unidentified cargo).
-- $1 array of guide numbers without a trailing P, e.g. {124,131}
SELECT guide, edition, title_zh, title_en, isolation_liquid_m, isolation_solid_m,
       large_spill_downwind_m, fire_isolation_m, fire_evacuation_m, citation, imported_from
FROM response_guide_now
WHERE guide = ANY ($1::text[]) OR guide = '111'
ORDER BY guide
