-- 0040_radar_age_band: the classes of the warning radar's age factor (J), as data.

CREATE TABLE radar_age_band (
    years    integer PRIMARY KEY CHECK (years BETWEEN 0 AND 1000),
    class    smallint NOT NULL CHECK (class BETWEEN 1 AND 10),
    citation text NOT NULL
);
COMMENT ON TABLE radar_age_band IS 'Bands of the age factor of facilities: from so many years on a facility has this class, up to the next band. From data/radar_age_bands.csv; at most 16.';
COMMENT ON COLUMN radar_age_band.years IS 'Age in years from which the class holds.';
COMMENT ON COLUMN radar_age_band.class IS 'Class of the factor, 1 to 10.';
COMMENT ON COLUMN radar_age_band.citation IS 'Where the band comes from.';
CREATE TRIGGER radar_age_band_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON radar_age_band
    FOR EACH STATEMENT EXECUTE FUNCTION atlas_touch();
