-- Every reported quantity of a period, for the series of quantities: facility id, substance id (null = not linked), its
-- name in the report and the normal form of that, behaviour, source, first and last day of the period (days since
-- 1970), kilograms (null = not in kilograms), quantity and unit as reported where there are none. Quantities of
-- mixtures are of no substance and are left out; rows without a period are of no series.
COPY (
    SELECT h.facility_id, h.substance_id, CASE WHEN h.substance_id IS NULL THEN h.reported_key END,
           CASE WHEN h.substance_id IS NULL THEN coalesce(h.reported_name, h.reported_name_en, h.reported_cas,
                                                          h.reported_code) END,
           h.behaviour, h.source_id, h.period_start - DATE '1970-01-01', h.period_end - DATE '1970-01-01',
           h.quantity_kg, CASE WHEN h.quantity_kg IS NULL THEN h.reported_quantity END,
           CASE WHEN h.quantity_kg IS NULL THEN h.reported_unit END
    FROM holding h
    WHERE h.parts = 1 AND h.period_start IS NOT NULL AND h.period_end IS NOT NULL) TO STDOUT (FORMAT binary)
