-- What happened to rows beside being new or changed.
SELECT 'CAS numbers mended', count(*) FROM stage_substance WHERE mended
UNION ALL
SELECT 'rows beside another of the same CAS number', count(*) FROM stage_plan WHERE entry > 1
UNION ALL
SELECT 'facts of which another source says otherwise', count(*)
FROM stage_plan p JOIN stage_merged m USING (cas) CROSS JOIN LATERAL jsonb_each_text(p.facts) f
WHERE p.what <> 'same' AND f.key IN ('un', 'erg_guide', 'nfpa_health', 'nfpa_flammability', 'nfpa_instability',
      'nfpa_special', 'ghs_signal', 'water_reactive', 'toxic_by_inhalation', 'physical_state', 'toxic_item_no')
  AND f.value IS DISTINCT FROM to_jsonb(m) ->> f.key
