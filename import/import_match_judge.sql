-- Rule, confidence and certainty of each pair, the first that holds, in the order of the report: factory
-- number, control number, business number (only where name or address agree), name with county, door and
-- distance. Places: one = same door, or at most 300 m; near = at most 5 km. A number of a plant that
-- differs (一廠, 二廠) speaks against everything but numbers and a person. Confidences are planning
-- values, ordered by how often such pairs were right in the agencies' registers.
UPDATE stage_pair p SET rule = j.rule, confidence = j.confidence, certain = j.certain
FROM (SELECT q.ctid AS at, v.* FROM stage_pair q
      CROSS JOIN LATERAL (SELECT coalesce(q.same_door, false) OR coalesce(q.distance_m <= 300, false) AS one,
                                 q.same_name IS NULL OR q.alike >= 0.4 AS agree,
                                 coalesce(q.other_plant, false) AS other,
                                 coalesce(q.same_name, false) AS named,
                                 coalesce(q.one_plant, false) AS plant,
                                 coalesce(q.alike, 0) AS alike) c
      CROSS JOIN LATERAL (
        SELECT * FROM (VALUES
          (1, q.decided, 'confirmed', 1.0, true),
          (2, q.factory AND NOT c.other AND (c.agree OR c.one), 'factory_no', 0.99, true),
          (3, q.factory, 'factory_no_other_name', 0.5, false),
          (4, q.ems AND NOT c.other AND (c.agree OR c.one), 'ems_no', 0.98, true),
          (5, q.ems, 'ems_no_other_name', 0.5, false),
          (6, c.other, NULL, 0.0, false),
          (7, q.business AND c.plant AND c.one AND q.same_county IS NOT false, 'business_no', 0.97, true),
          (8, q.business AND q.same_door, 'business_no_door', 0.93, true),
          (9, q.business AND c.plant AND q.same_county AND q.distance_m IS NULL, 'business_no_name', 0.9, true),
          (10, c.plant AND q.same_door, 'name_door', 0.95, true),
          (11, c.plant AND c.one, 'name_near', 0.92, true),
          (12, c.named AND c.one, 'plant_unclear', 0.5, false),
          (13, q.business AND q.same_county IS NOT false, 'business_no', 0.55, false),
          (14, q.business, 'business_no', 0.4, false),
          (15, c.named AND NOT c.plant AND q.same_county AND coalesce(q.distance_m <= 5000, true), 'plant_unclear', 0.35, false),
          (16, c.named AND NOT c.plant, NULL, 0.0, false),
          (17, c.named AND q.same_county AND q.distance_m IS NULL, 'name_county', 0.7, false),
          (18, c.named AND q.same_county IS NOT false AND q.distance_m <= 5000, 'name_apart', 0.6, false),
          (19, c.named AND q.same_county IS NOT false AND q.distance_m > 5000, 'name_far', 0.35, false),
          (20, c.named AND q.same_county IS NULL, 'name_only', 0.45, false),
          (21, c.named, 'name_other_county', 0.3, false),
          (22, q.same_door AND c.alike >= 0.4, 'similar_name', 0.4 + 0.4 * c.alike, false)
        ) rules(n, holds, rule, confidence, certain)
        WHERE holds ORDER BY n LIMIT 1) v) j
WHERE j.at = p.ctid
