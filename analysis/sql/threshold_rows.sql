-- What every facility reports to be on site, for the check of regulated quantities: facility id, substance id (null =
-- not linked), its name in the report and the normal form of that, source, first and last day of the period (days
-- since 1970), quantity and unit as reported, whether the quantity is that of a mixture, registration and place that
-- the row names (null = the facility's own, and none), how many rows about it were kept aside at import.
COPY (
    SELECT h.facility_id, h.substance_id,
           CASE WHEN h.substance_id IS NULL THEN h.reported_key END,
           CASE WHEN h.substance_id IS NULL THEN coalesce(h.part_name, h.reported_name, h.reported_name_en, h.reported_cas,
                                                          h.reported_code) END,
           h.source_id, h.period_start - DATE '1970-01-01', h.period_end - DATE '1970-01-01', h.reported_quantity,
           h.reported_unit, h.parts > 1,
           CASE WHEN h.place IS NULL THEN h.own_key ELSE concat(h.own_key, E'\n', h.place) END, h.rows_aside
    FROM holding h JOIN on_site o USING (source_id, behaviour)) TO STDOUT (FORMAT binary)
