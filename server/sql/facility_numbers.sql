-- Registration numbers of one facility, as a JSON array.
-- $1 facility id
SELECT coalesce(json_agg(json_build_object('scheme', scheme,
           'label', CASE scheme
                    WHEN 'ems_no' THEN json_build_object('zh', '管制編號', 'en', 'Control no.')
                    WHEN 'factory_no' THEN json_build_object('zh', '工廠登記編號', 'en', 'Factory no.')
                    ELSE json_build_object('zh', '統一編號', 'en', 'Business no.') END,
           'number', number)
       ORDER BY scheme = 'ems_no' DESC, scheme = 'factory_no' DESC, number), '[]')::text
FROM facility_number
WHERE facility_id = $1
