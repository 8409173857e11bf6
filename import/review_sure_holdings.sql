-- Holdings reported under either key are linked by this rule now. $1 and $2 keys, $3 rule, $4 confidence
UPDATE holding SET facility_rule = $3::text, facility_confidence = $4::real WHERE own_key IN ($1::text, $2::text)
