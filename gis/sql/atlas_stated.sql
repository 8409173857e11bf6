-- National quantities that sources state themselves, for the atlas, by substance: system, substance id, behaviour,
-- year, kg.
SELECT NULL::text, NULL::integer, NULL::text, NULL::integer, NULL::double precision WHERE false
