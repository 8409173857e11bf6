-- Takes a row off the whitelist. $1 our number
DELETE FROM anomaly_allowed WHERE id = $1
