-- Anomalies that a person allowed, by facility: our number, facility id, CAS number, reported_key, behaviour, source
-- id, last day (days since 1970), who, why, when.
SELECT id, facility_id, cas, reported_key, behaviour, source_id, until - DATE '1970-01-01', decided_by, reason,
       to_char(decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
FROM anomaly_allowed ORDER BY facility_id, id
