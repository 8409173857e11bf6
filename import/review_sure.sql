-- What sources said under either key is linked by this rule now. $1 and $2 keys, $3 rule, $4 confidence
UPDATE facility_record SET link_rule = $3::text, link_confidence = $4::real
WHERE own_key IN ($1::text, $2::text) AND ended_batch_id IS NULL
