-- What to do first, by topic, in both languages. $1 guide number without a trailing P
SELECT topic, max(text) FILTER (WHERE language = 'zh-TW'), max(text) FILTER (WHERE language = 'en')
FROM guide_action
WHERE guide = $1
GROUP BY topic
ORDER BY array_position(ARRAY['hazard', 'evacuation', 'protective_clothing', 'fire', 'spill',
                              'first_aid'], topic)
