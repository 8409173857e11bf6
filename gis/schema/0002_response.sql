-- 0002_response: tables that emergency packets are made from, and the packets.

CREATE TABLE response_distance (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    edition      text NOT NULL,
    table_no     text NOT NULL CHECK (table_no IN ('1', '3')),
    un           text NOT NULL CHECK (un ~ '^[0-9]{4}$'),
    guide        text NOT NULL,
    name_en      text NOT NULL,
    condition    text NOT NULL DEFAULT '' CHECK (condition IN ('', 'land', 'water')),
    container    text NOT NULL DEFAULT '',
    spill        text NOT NULL CHECK (spill IN ('small', 'large')),
    time_of_day  text NOT NULL CHECK (time_of_day IN ('day', 'night')),
    wind         text NOT NULL DEFAULT '' CHECK (wind IN ('', 'low', 'moderate', 'high')),
    isolation_m  integer NOT NULL CHECK (isolation_m > 0),
    downwind_m   integer NOT NULL CHECK (downwind_m > 0),
    at_least     boolean NOT NULL,
    note         text NOT NULL DEFAULT '',
    citation     text NOT NULL
);
CREATE INDEX ON response_distance (un);
COMMENT ON TABLE response_distance IS 'Initial isolation and protective action distances of the Emergency Response Guidebook, Tables 1 and 3.';
COMMENT ON COLUMN response_distance.id IS 'Our number.';
COMMENT ON COLUMN response_distance.edition IS 'Edition, e.g. ERG 2024.';
COMMENT ON COLUMN response_distance.table_no IS 'Table of the guidebook: 1 or 3.';
COMMENT ON COLUMN response_distance.un IS 'UN number.';
COMMENT ON COLUMN response_distance.guide IS 'Guide number.';
COMMENT ON COLUMN response_distance.name_en IS 'Entry as printed.';
COMMENT ON COLUMN response_distance.condition IS 'land or water where the book tells them apart.';
COMMENT ON COLUMN response_distance.container IS 'Container (Table 3).';
COMMENT ON COLUMN response_distance.spill IS 'small (up to 208 L) or large.';
COMMENT ON COLUMN response_distance.time_of_day IS 'day (sunrise to sunset) or night.';
COMMENT ON COLUMN response_distance.wind IS 'Wind class of Table 3: low (< 10 km/h), moderate (10-20), high (> 20).';
COMMENT ON COLUMN response_distance.isolation_m IS 'Radius of initial isolation, metres.';
COMMENT ON COLUMN response_distance.downwind_m IS 'Protective action distance downwind, metres.';
COMMENT ON COLUMN response_distance.at_least IS 'The book prints "11+ km": the distance can be larger.';
COMMENT ON COLUMN response_distance.note IS 'Doubts about this row.';
COMMENT ON COLUMN response_distance.citation IS 'Where it was printed.';

CREATE TABLE response_guide (
    guide                  text PRIMARY KEY,
    edition                text NOT NULL,
    title_en               text NOT NULL,
    title_zh               text NOT NULL,
    isolation_liquid_m     integer,
    isolation_solid_m      integer,
    large_spill_downwind_m integer,
    fire_isolation_m       integer,
    fire_evacuation_m      integer,
    citation               text NOT NULL
);
COMMENT ON TABLE response_guide IS 'Orange guides of the Emergency Response Guidebook: their distances.';
COMMENT ON COLUMN response_guide.guide IS 'Guide number, e.g. 124.';
COMMENT ON COLUMN response_guide.edition IS 'Edition, e.g. ERG 2024.';
COMMENT ON COLUMN response_guide.title_en IS 'Title in English.';
COMMENT ON COLUMN response_guide.title_zh IS 'Title in Traditional Chinese (our translation).';
COMMENT ON COLUMN response_guide.isolation_liquid_m IS 'Immediate isolation for liquids (or any state), metres.';
COMMENT ON COLUMN response_guide.isolation_solid_m IS 'Immediate isolation for solids, metres.';
COMMENT ON COLUMN response_guide.large_spill_downwind_m IS 'Initial downwind evacuation for a large spill, metres; null = the guide gives none.';
COMMENT ON COLUMN response_guide.fire_isolation_m IS 'Isolation when a tank is in a fire, metres.';
COMMENT ON COLUMN response_guide.fire_evacuation_m IS 'Initial evacuation when a tank is in a fire, metres.';
COMMENT ON COLUMN response_guide.citation IS 'Where it was printed.';

CREATE TABLE guide_action (
    guide    text NOT NULL,
    topic    text NOT NULL CHECK (topic IN ('hazard', 'protective_clothing', 'evacuation', 'fire',
             'spill', 'first_aid')),
    language text NOT NULL CHECK (language IN ('en', 'zh-TW')),
    text     text NOT NULL,
    PRIMARY KEY (guide, topic, language)
);
COMMENT ON TABLE guide_action IS 'What to do first, in one or two sentences of our own words for each guide.';
COMMENT ON COLUMN guide_action.guide IS 'Guide number.';
COMMENT ON COLUMN guide_action.topic IS 'hazard, protective_clothing, evacuation, fire, spill, first_aid.';
COMMENT ON COLUMN guide_action.language IS 'en or zh-TW.';
COMMENT ON COLUMN guide_action.text IS 'The sentences.';

CREATE TABLE threshold (
    category      text NOT NULL,
    item_no       text NOT NULL,
    category_zh   text NOT NULL,
    category_en   text NOT NULL,
    item_zh       text NOT NULL,
    item_en       text NOT NULL,
    quantity      double precision,
    unit          text NOT NULL DEFAULT '',
    water_soluble boolean,
    note          text NOT NULL DEFAULT '',
    citation      text NOT NULL,
    UNIQUE NULLS NOT DISTINCT (category, item_no, item_zh, water_soluble)
);
COMMENT ON TABLE threshold IS 'Regulated quantities (管制量) of hazardous materials.';
COMMENT ON COLUMN threshold.category IS 'Category number of the rule.';
COMMENT ON COLUMN threshold.item_no IS 'Item number in the category.';
COMMENT ON COLUMN threshold.category_zh IS 'Category in Chinese.';
COMMENT ON COLUMN threshold.category_en IS 'Category in English.';
COMMENT ON COLUMN threshold.item_zh IS 'Item in Chinese.';
COMMENT ON COLUMN threshold.item_en IS 'Item in English.';
COMMENT ON COLUMN threshold.quantity IS 'Regulated quantity; null where the rule is not a quantity.';
COMMENT ON COLUMN threshold.unit IS 'Its unit: kg or L.';
COMMENT ON COLUMN threshold.water_soluble IS 'Item is for water-soluble (true) or insoluble (false) liquids; null = both.';
COMMENT ON COLUMN threshold.note IS 'Remarks of the rule.';
COMMENT ON COLUMN threshold.citation IS 'The rule.';

CREATE TABLE packet (
    id           text PRIMARY KEY CHECK (id ~ '^[a-z0-9]{16}$'),
    created_at   timestamptz NOT NULL DEFAULT now(),
    atlas_number bigint NOT NULL,
    facility_id  bigint,
    geom         geometry(Point, 4326) NOT NULL,
    body         jsonb NOT NULL
);
CREATE INDEX ON packet (created_at);
COMMENT ON TABLE packet IS 'Emergency response packets (應變包裹) as they were given out; never changed.';
COMMENT ON COLUMN packet.id IS 'Random name in the URL.';
COMMENT ON COLUMN packet.created_at IS 'When it was made.';
COMMENT ON COLUMN packet.atlas_number IS 'Atlas that it was computed from.';
COMMENT ON COLUMN packet.facility_id IS 'Facility of the incident, if one was named.';
COMMENT ON COLUMN packet.geom IS 'Place of the incident, EPSG:4326.';
COMMENT ON COLUMN packet.body IS 'The whole answer.';

CREATE TABLE reference_table (
    name      text PRIMARY KEY,
    sha256    text NOT NULL,
    rows      integer NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE reference_table IS 'Which of the tables shipped in data/ are loaded, and in which version.';
COMMENT ON COLUMN reference_table.name IS 'File stem, e.g. response_distances.';
COMMENT ON COLUMN reference_table.sha256 IS 'SHA-256 of the file, hexadecimal.';
COMMENT ON COLUMN reference_table.rows IS 'Rows loaded.';
COMMENT ON COLUMN reference_table.loaded_at IS 'When.';
