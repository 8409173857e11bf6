-- 0004_position_zone: positions written in the other TM2 zone have a check of their own.
ALTER TABLE facility DROP CONSTRAINT facility_position_check_check;
ALTER TABLE facility ADD CONSTRAINT facility_position_check_check CHECK (position_check IN
    ('ok', 'coast', 'other_county', 'outside', 'missing', 'unchecked', 'other_zone'));
COMMENT ON COLUMN facility.position_check IS 'ok: in a county, that of the address where it names one; coast: up to 1 km off every border (harbours; borders are generalised); other_county: in another county than the address; outside: farther off than that, kept but not drawn; missing: none reported, not drawn; unchecked: no borders were loaded at import; other_zone: not in the county of the address, but exactly 2 degrees of longitude from it: the source took TM2 zone 119 (Penghu, Kinmen, Matsu) for 121 or the other way round; kept but not drawn, and not moved.';
