-- 0001_core: sources, import batches, rejected rows, facilities, substances, holdings, areas.
-- Geometry is EPSG:4326 (longitude, latitude) with a metric copy in EPSG:3826 (TWD97 / TM2 121).
-- Columns *_key hold the normal form of gis/text.h, by which names are compared and searched.

CREATE TABLE source (
    id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9_.-]{0,63}$'),
    title      text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE source IS 'The agency system (來源系統) that rows came from; every row keeps it.';
COMMENT ON COLUMN source.id IS 'Our number.';
COMMENT ON COLUMN source.name IS 'Short name, as given to import --source.';
COMMENT ON COLUMN source.title IS 'Name shown to people.';
COMMENT ON COLUMN source.created_at IS 'When it was first imported from.';

CREATE TABLE import_batch (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_id      integer NOT NULL REFERENCES source,
    kind           text NOT NULL,
    file_name      text NOT NULL,
    file_bytes     bigint NOT NULL,
    file_sha256    text NOT NULL,
    crs            text,
    columns        jsonb NOT NULL DEFAULT '{}',
    started_at     timestamptz NOT NULL DEFAULT now(),
    published_at   timestamptz NOT NULL DEFAULT now(),
    rows_read      bigint NOT NULL,
    rows_new       bigint NOT NULL,
    rows_changed   bigint NOT NULL,
    rows_unchanged bigint NOT NULL,
    rows_repeated  bigint NOT NULL,
    rows_rejected  bigint NOT NULL,
    remarks        jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE import_batch IS 'One published import of one file. It is whole or absent: it is written by the transaction that publishes its rows.';
COMMENT ON COLUMN import_batch.id IS 'Our number; shown to people.';
COMMENT ON COLUMN import_batch.source_id IS 'The source that the file came from.';
COMMENT ON COLUMN import_batch.kind IS 'Family of data: facilities, holdings, substances, areas.';
COMMENT ON COLUMN import_batch.file_name IS 'Name of the file without its folder.';
COMMENT ON COLUMN import_batch.file_bytes IS 'Size of the file as given (compressed where it was), bytes.';
COMMENT ON COLUMN import_batch.file_sha256 IS 'SHA-256 of the file as given, hexadecimal.';
COMMENT ON COLUMN import_batch.crs IS 'Coordinate system the coordinates were taken in, e.g. EPSG:4326; null where there are none.';
COMMENT ON COLUMN import_batch.columns IS 'Which column of the file was taken for which field.';
COMMENT ON COLUMN import_batch.started_at IS 'When reading began.';
COMMENT ON COLUMN import_batch.published_at IS 'When the rows became visible.';
COMMENT ON COLUMN import_batch.rows_read IS 'Rows in the file, header excluded.';
COMMENT ON COLUMN import_batch.rows_new IS 'Rows that made a new record.';
COMMENT ON COLUMN import_batch.rows_changed IS 'Rows that changed a record.';
COMMENT ON COLUMN import_batch.rows_unchanged IS 'Rows equal to what was stored.';
COMMENT ON COLUMN import_batch.rows_repeated IS 'Rows that say again what an earlier row of the file says; counted once.';
COMMENT ON COLUMN import_batch.rows_rejected IS 'Rows kept aside in rejected_row.';
COMMENT ON COLUMN import_batch.remarks IS 'Counts that the report of this kind adds, e.g. holdings without a linked substance.';

CREATE TABLE rejected_row (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch_id    bigint NOT NULL REFERENCES import_batch ON DELETE CASCADE,
    line        bigint NOT NULL,
    column_name text,
    value       text,
    code        text NOT NULL,
    reason      text NOT NULL,
    row_values  jsonb NOT NULL
);
CREATE INDEX ON rejected_row (batch_id, line);
COMMENT ON TABLE rejected_row IS 'A row that could not be used, with what, where and why; nothing is dropped in silence.';
COMMENT ON COLUMN rejected_row.id IS 'Our number.';
COMMENT ON COLUMN rejected_row.batch_id IS 'The import it belongs to.';
COMMENT ON COLUMN rejected_row.line IS 'Line of the file where the row begins (1 = first line); feature number for files without lines.';
COMMENT ON COLUMN rejected_row.column_name IS 'Column of the file at fault, if one is.';
COMMENT ON COLUMN rejected_row.value IS 'Its value, cut at 200 characters.';
COMMENT ON COLUMN rejected_row.code IS 'Short name of the reason, for counting.';
COMMENT ON COLUMN rejected_row.reason IS 'The reason as a sentence, with what to do.';
COMMENT ON COLUMN rejected_row.row_values IS 'The whole row as an array of texts in file order, for export and mending.';

CREATE TABLE area (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('county', 'township')),
    code        text NOT NULL,
    name        text NOT NULL,
    name_en     text,
    name_key    text NOT NULL,
    county_code text,
    source_id   integer NOT NULL REFERENCES source,
    batch_id    bigint NOT NULL REFERENCES import_batch DEFERRABLE INITIALLY DEFERRED,
    geom        geometry(MultiPolygon, 4326) NOT NULL,
    geom_3826   geometry(MultiPolygon, 3826) GENERATED ALWAYS AS (ST_Transform(geom, 3826)) STORED,
    geom_3857   geometry(MultiPolygon, 3857) GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED,
    UNIQUE (kind, code)
);
CREATE INDEX ON area USING gist (geom);
CREATE INDEX ON area USING gist (geom_3826);
CREATE INDEX ON area USING gist (geom_3857);
COMMENT ON TABLE area IS 'County (縣市) and township (鄉鎮市區) borders.';
COMMENT ON COLUMN area.id IS 'Our number.';
COMMENT ON COLUMN area.kind IS 'county or township.';
COMMENT ON COLUMN area.code IS 'Code of the Ministry of the Interior, e.g. 64000 or 64000010.';
COMMENT ON COLUMN area.name IS 'Name in Chinese as imported.';
COMMENT ON COLUMN area.name_en IS 'Name in English, if known.';
COMMENT ON COLUMN area.name_key IS 'Normal form of name.';
COMMENT ON COLUMN area.county_code IS 'Code of the county a township lies in; of itself for a county.';
COMMENT ON COLUMN area.source_id IS 'Source of the border.';
COMMENT ON COLUMN area.batch_id IS 'Import that brought this version.';
COMMENT ON COLUMN area.geom IS 'Border, EPSG:4326.';
COMMENT ON COLUMN area.geom_3826 IS 'The same in metres, EPSG:3826.';
COMMENT ON COLUMN area.geom_3857 IS 'The same in Web Mercator, EPSG:3857, for tiles.';

CREATE TABLE area_part (
    area_id integer NOT NULL REFERENCES area ON DELETE CASCADE,
    kind    text NOT NULL,
    geom    geometry(Polygon, 4326) NOT NULL
);
CREATE INDEX ON area_part USING gist (geom);
COMMENT ON TABLE area_part IS 'Borders cut into pieces of at most 64 vertices, so that "which township is this point in" is quick.';
COMMENT ON COLUMN area_part.area_id IS 'The area it is a piece of.';
COMMENT ON COLUMN area_part.kind IS 'Kind of that area.';
COMMENT ON COLUMN area_part.geom IS 'The piece, EPSG:4326.';

CREATE TABLE county_alias (
    name_key text PRIMARY KEY,
    county_key text NOT NULL
);
COMMENT ON TABLE county_alias IS 'Names of counties before the reforms of 2010 and 2014 (and usual short forms), as addresses still write them.';
COMMENT ON COLUMN county_alias.name_key IS 'Normal form of the old name.';
COMMENT ON COLUMN county_alias.county_key IS 'Normal form of the name of the county that it is part of today.';
INSERT INTO county_alias VALUES
    ('台北縣', '新北市'), ('桃園縣', '桃園市'), ('台中縣', '台中市'), ('台南縣', '台南市'),
    ('高雄縣', '高雄市'), ('馬祖縣', '連江縣');

CREATE TABLE operator (
    id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    business_no          text UNIQUE CHECK (business_no ~ '^[0-9]{8}$'),
    name                 text NOT NULL,
    paid_in_capital_twd  double precision CHECK (paid_in_capital_twd >= 0),
    employees            integer CHECK (employees >= 0)
);
COMMENT ON TABLE operator IS 'The company (運作人) behind one or more facilities.';
COMMENT ON COLUMN operator.id IS 'Our number.';
COMMENT ON COLUMN operator.business_no IS '統一編號, 8 digits.';
COMMENT ON COLUMN operator.name IS 'Name of the company.';
COMMENT ON COLUMN operator.paid_in_capital_twd IS 'Paid-in capital (實收資本額), New Taiwan dollars; for the size factor.';
COMMENT ON COLUMN operator.employees IS 'Persons employed; for the size factor.';

CREATE TABLE facility (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    facility_key        text NOT NULL UNIQUE,
    operator_id         bigint REFERENCES operator,
    name                text NOT NULL,
    name_en             text,
    address             text,
    phone               text,
    industry            text,
    industrial_park     text,
    established_year    integer CHECK (established_year BETWEEN 1600 AND 2200),
    county_code         text,
    township_code       text,
    address_county_code text,
    geom                geometry(Point, 4326),
    geom_3826           geometry(Point, 3826) GENERATED ALWAYS AS (ST_Transform(geom, 3826)) STORED,
    position_method     text NOT NULL DEFAULT 'reported',
    position_accuracy_m double precision CHECK (position_accuracy_m >= 0),
    position_check      text NOT NULL CHECK (position_check IN
                        ('ok', 'coast', 'other_county', 'outside', 'missing', 'unchecked')),
    reported_x          double precision,
    reported_y          double precision,
    reported_crs        text,
    search_key          text NOT NULL DEFAULT '',
    source_id           integer NOT NULL REFERENCES source,
    batch_id            bigint NOT NULL REFERENCES import_batch DEFERRABLE INITIALLY DEFERRED,
    changed_at          timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON facility USING gist (geom);
CREATE INDEX ON facility USING gist (geom_3826);
CREATE INDEX facility_search ON facility USING gin (search_key gin_trgm_ops);
CREATE INDEX ON facility (county_code);
CREATE INDEX ON facility (position_check) WHERE position_check <> 'ok';
COMMENT ON TABLE facility IS 'One place with a registration (廠場): factory, warehouse, tank farm, laboratory, dealer. Its present state; what each source said of it, and when, is facility_record.';
COMMENT ON COLUMN facility.id IS 'Our number; the feature id of tiles and of OGC API Features.';
COMMENT ON COLUMN facility.facility_key IS 'What makes two rows the same facility: ems:管制編號, else factory:工廠登記編號, else source and normal form of name and address.';
COMMENT ON COLUMN facility.operator_id IS 'Company behind it, if known.';
COMMENT ON COLUMN facility.name IS 'Name in Chinese as the latest source gives it.';
COMMENT ON COLUMN facility.name_en IS 'Name in English, if known.';
COMMENT ON COLUMN facility.address IS 'Address as reported.';
COMMENT ON COLUMN facility.phone IS 'Telephone as reported.';
COMMENT ON COLUMN facility.industry IS 'Industry (行業別) as reported.';
COMMENT ON COLUMN facility.industrial_park IS 'Industrial park (工業區) as reported.';
COMMENT ON COLUMN facility.established_year IS 'Year of foundation, Gregorian; for the age factor.';
COMMENT ON COLUMN facility.county_code IS 'County the position lies in; the county of the address where there is no position.';
COMMENT ON COLUMN facility.township_code IS 'Township the position lies in.';
COMMENT ON COLUMN facility.address_county_code IS 'County that the address names, if one is recognised.';
COMMENT ON COLUMN facility.geom IS 'Position, EPSG:4326; null where it is missing or was not accepted (position_check).';
COMMENT ON COLUMN facility.geom_3826 IS 'The same in metres, EPSG:3826.';
COMMENT ON COLUMN facility.position_method IS 'How the position came: reported, geocoded, surveyed, drawn, or as the source says.';
COMMENT ON COLUMN facility.position_accuracy_m IS 'Accuracy in metres as the source says; null = not said.';
COMMENT ON COLUMN facility.position_check IS 'ok: in a county, that of the address where it names one; coast: up to 1 km off every border (harbours; borders are generalised); other_county: in another county than the address; outside: farther off than that, kept but not drawn; missing: none reported, not drawn; unchecked: no borders were loaded at import.';
COMMENT ON COLUMN facility.reported_x IS 'First coordinate exactly as reported (easting or longitude).';
COMMENT ON COLUMN facility.reported_y IS 'Second coordinate exactly as reported (northing or latitude).';
COMMENT ON COLUMN facility.reported_crs IS 'Coordinate system they were taken in.';
COMMENT ON COLUMN facility.search_key IS 'Normal form of name, English name, aliases, numbers and address, for search.';
COMMENT ON COLUMN facility.source_id IS 'Source of the latest state.';
COMMENT ON COLUMN facility.batch_id IS 'Import of the latest state.';
COMMENT ON COLUMN facility.changed_at IS 'When the state last changed.';

CREATE TABLE facility_number (
    facility_id bigint NOT NULL REFERENCES facility ON DELETE CASCADE,
    scheme      text NOT NULL CHECK (scheme IN ('ems_no', 'factory_no', 'business_no')),
    number      text NOT NULL,
    PRIMARY KEY (facility_id, scheme, number)
);
CREATE INDEX ON facility_number (scheme, number);
COMMENT ON TABLE facility_number IS 'Registration numbers of a facility.';
COMMENT ON COLUMN facility_number.facility_id IS 'The facility.';
COMMENT ON COLUMN facility_number.scheme IS 'ems_no 管制編號, factory_no 工廠登記編號, business_no 統一編號.';
COMMENT ON COLUMN facility_number.number IS 'The number, upper case, without spaces.';

CREATE TABLE facility_alias (
    facility_id bigint NOT NULL REFERENCES facility ON DELETE CASCADE,
    name        text NOT NULL,
    source_id   integer NOT NULL REFERENCES source,
    PRIMARY KEY (facility_id, name)
);
COMMENT ON TABLE facility_alias IS 'Other names that sources gave or give a facility.';
COMMENT ON COLUMN facility_alias.facility_id IS 'The facility.';
COMMENT ON COLUMN facility_alias.name IS 'The name as reported.';
COMMENT ON COLUMN facility_alias.source_id IS 'The source that first gave it.';

CREATE TABLE facility_record (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    facility_id    bigint NOT NULL REFERENCES facility ON DELETE CASCADE,
    source_id      integer NOT NULL REFERENCES source,
    batch_id       bigint NOT NULL REFERENCES import_batch DEFERRABLE INITIALLY DEFERRED,
    ended_batch_id bigint REFERENCES import_batch DEFERRABLE INITIALLY DEFERRED,
    line           bigint NOT NULL,
    row_hash       bytea NOT NULL,
    fields         jsonb NOT NULL
);
CREATE UNIQUE INDEX facility_record_now ON facility_record (facility_id, source_id) WHERE ended_batch_id IS NULL;
COMMENT ON TABLE facility_record IS 'What a source said of a facility, row by row, with its history; only ever added to and ended.';
COMMENT ON COLUMN facility_record.id IS 'Our number.';
COMMENT ON COLUMN facility_record.facility_id IS 'The facility.';
COMMENT ON COLUMN facility_record.source_id IS 'Who said it.';
COMMENT ON COLUMN facility_record.batch_id IS 'Import that brought it.';
COMMENT ON COLUMN facility_record.ended_batch_id IS 'Import whose row took its place; null = what the source says now.';
COMMENT ON COLUMN facility_record.line IS 'Line in the file.';
COMMENT ON COLUMN facility_record.row_hash IS 'Hash of the fields, to see that nothing changed.';
COMMENT ON COLUMN facility_record.fields IS 'All fields as understood.';

CREATE TABLE substance (
    id                  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cas                 text NOT NULL UNIQUE CHECK (cas ~ '^[1-9][0-9]{1,6}-[0-9]{2}-[0-9]$'),
    name_zh             text NOT NULL,
    name_en             text NOT NULL,
    un                  text CHECK (un ~ '^[0-9]{4}$'),
    erg_guide           text,
    nfpa_health         smallint CHECK (nfpa_health BETWEEN 0 AND 4),
    nfpa_flammability   smallint CHECK (nfpa_flammability BETWEEN 0 AND 4),
    nfpa_instability    smallint CHECK (nfpa_instability BETWEEN 0 AND 4),
    nfpa_special        text,
    ghs_pictograms      text[] NOT NULL DEFAULT '{}',
    ghs_signal          text,
    ghs_h               text[] NOT NULL DEFAULT '{}',
    water_reactive      boolean,
    water_reactive_gases text,
    toxic_by_inhalation boolean,
    physical_state      text,
    density_kg_l        double precision CHECK (density_kg_l > 0),
    toxic_item_no       text,
    citation            text NOT NULL,
    row_hash            bytea NOT NULL,
    source_id           integer NOT NULL REFERENCES source,
    batch_id            bigint NOT NULL REFERENCES import_batch DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE substance IS 'A chemical (化學物質) by CAS number, with the facts that warnings and packets need. Null = not known, never "no".';
COMMENT ON COLUMN substance.id IS 'Our number.';
COMMENT ON COLUMN substance.cas IS 'CAS registry number, check digit verified.';
COMMENT ON COLUMN substance.name_zh IS 'Name in Traditional Chinese.';
COMMENT ON COLUMN substance.name_en IS 'Name in English.';
COMMENT ON COLUMN substance.un IS 'UN number, 4 digits.';
COMMENT ON COLUMN substance.erg_guide IS 'Guide of the Emergency Response Guidebook, e.g. 124 or 131P.';
COMMENT ON COLUMN substance.nfpa_health IS 'NFPA 704 health, 0-4.';
COMMENT ON COLUMN substance.nfpa_flammability IS 'NFPA 704 flammability, 0-4.';
COMMENT ON COLUMN substance.nfpa_instability IS 'NFPA 704 instability, 0-4.';
COMMENT ON COLUMN substance.nfpa_special IS 'NFPA 704 special: W, OX, SA.';
COMMENT ON COLUMN substance.ghs_pictograms IS 'GHS pictograms, GHS01-GHS09.';
COMMENT ON COLUMN substance.ghs_signal IS 'GHS signal word: Danger or Warning.';
COMMENT ON COLUMN substance.ghs_h IS 'GHS hazard statements, e.g. H225.';
COMMENT ON COLUMN substance.water_reactive IS 'Gives toxic or flammable gas with water, or reacts violently (ERG Table 2, NFPA W).';
COMMENT ON COLUMN substance.water_reactive_gases IS 'Gases that it gives with water, e.g. HCl.';
COMMENT ON COLUMN substance.toxic_by_inhalation IS 'Toxic inhalation hazard (TIH) of the Emergency Response Guidebook.';
COMMENT ON COLUMN substance.physical_state IS 'gas, liquid or solid at 20 °C.';
COMMENT ON COLUMN substance.density_kg_l IS 'Density, kg per litre.';
COMMENT ON COLUMN substance.toxic_item_no IS '列管編號 of the toxic and concerned chemical substances list, 5 digits.';
COMMENT ON COLUMN substance.citation IS 'Where the facts of this row come from.';
COMMENT ON COLUMN substance.row_hash IS 'Hash of the row as imported.';
COMMENT ON COLUMN substance.source_id IS 'Source of the row.';
COMMENT ON COLUMN substance.batch_id IS 'Import of the row.';

CREATE TABLE substance_name (
    substance_id integer NOT NULL REFERENCES substance ON DELETE CASCADE,
    name         text NOT NULL,
    language     text NOT NULL CHECK (language IN ('zh', 'en', 'code')),
    name_key     text NOT NULL,
    PRIMARY KEY (substance_id, name)
);
CREATE INDEX ON substance_name (name_key);
CREATE INDEX substance_name_search ON substance_name USING gin (name_key gin_trgm_ops);
COMMENT ON TABLE substance_name IS 'Names and synonyms of a substance, and its codes (CAS, UN, 列管編號). A name that several substances bear links none of them.';
COMMENT ON COLUMN substance_name.substance_id IS 'The substance.';
COMMENT ON COLUMN substance_name.name IS 'The name as written.';
COMMENT ON COLUMN substance_name.language IS 'zh, en or code.';
COMMENT ON COLUMN substance_name.name_key IS 'Normal form of name.';

CREATE TABLE substance_factor (
    substance_id integer NOT NULL REFERENCES substance ON DELETE CASCADE,
    factor       text NOT NULL CHECK (factor IN ('export_value', 'incidents', 'hazard_score',
                 'quantity_score', 'incident_score', 'economy_score')),
    value        double precision NOT NULL,
    unit         text NOT NULL,
    period       text NOT NULL,
    citation     text NOT NULL,
    PRIMARY KEY (substance_id, factor, period)
);
COMMENT ON TABLE substance_factor IS 'Raw values of the warning radar that are not computed from holdings. Official scores (…_score, 1-10) are kept for comparison.';
COMMENT ON COLUMN substance_factor.substance_id IS 'The substance.';
COMMENT ON COLUMN substance_factor.factor IS 'export_value, incidents, or an official score.';
COMMENT ON COLUMN substance_factor.value IS 'The value.';
COMMENT ON COLUMN substance_factor.unit IS 'Its unit.';
COMMENT ON COLUMN substance_factor.period IS 'Period it is for.';
COMMENT ON COLUMN substance_factor.citation IS 'Where it was printed.';

CREATE TABLE holding (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    facility_id       bigint NOT NULL REFERENCES facility ON DELETE CASCADE,
    substance_id      integer REFERENCES substance ON DELETE SET NULL,
    substance_link    text CHECK (substance_link IN ('cas', 'name_zh', 'name_en', 'code')),
    reported_cas      text,
    reported_name     text,
    reported_name_en  text,
    reported_code     text,
    reported_key      text NOT NULL,
    behaviour         text NOT NULL CHECK (behaviour IN ('manufacture', 'import', 'export', 'use',
                      'store', 'sell', 'transfer', 'discard', 'other')),
    period_start      date,
    period_end        date,
    quantity_kg       double precision CHECK (quantity_kg >= 0),
    reported_quantity text NOT NULL,
    reported_unit     text NOT NULL,
    source_id         integer NOT NULL REFERENCES source,
    batch_id          bigint NOT NULL REFERENCES import_batch DEFERRABLE INITIALLY DEFERRED,
    line              bigint NOT NULL,
    CHECK (period_end >= period_start),
    UNIQUE NULLS NOT DISTINCT (facility_id, source_id, reported_key, behaviour, period_start, period_end)
);
CREATE INDEX ON holding (substance_id);
COMMENT ON TABLE holding IS 'How much of a substance a facility makes, uses or stores in a period (運作量), as one source reported it.';
COMMENT ON COLUMN holding.id IS 'Our number.';
COMMENT ON COLUMN holding.facility_id IS 'The facility.';
COMMENT ON COLUMN holding.substance_id IS 'The substance, where CAS, code or name link it with certainty; null = not linked.';
COMMENT ON COLUMN holding.substance_link IS 'The rule that linked it.';
COMMENT ON COLUMN holding.reported_cas IS 'CAS number as reported.';
COMMENT ON COLUMN holding.reported_name IS 'Chinese name as reported.';
COMMENT ON COLUMN holding.reported_name_en IS 'English name as reported.';
COMMENT ON COLUMN holding.reported_code IS '列管編號 or the code of the source, as reported.';
COMMENT ON COLUMN holding.reported_key IS 'Normal form of what names the substance in the report; with facility, source, behaviour and period it identifies the holding.';
COMMENT ON COLUMN holding.behaviour IS 'manufacture 製造, import 輸入, export 輸出, use 使用, store 貯存, sell 販賣, transfer 運送, discard 廢棄, other.';
COMMENT ON COLUMN holding.period_start IS 'First day of the period.';
COMMENT ON COLUMN holding.period_end IS 'Last day of the period.';
COMMENT ON COLUMN holding.quantity_kg IS 'Quantity in kilograms; null where the unit cannot be converted (a volume without density, a count of bottles).';
COMMENT ON COLUMN holding.reported_quantity IS 'Quantity exactly as reported.';
COMMENT ON COLUMN holding.reported_unit IS 'Unit exactly as reported.';
COMMENT ON COLUMN holding.source_id IS 'Source of the report.';
COMMENT ON COLUMN holding.batch_id IS 'Import of the latest state.';
COMMENT ON COLUMN holding.line IS 'Line in the file.';
