-- 0038_threshold_assignment: which substances belong to which item of the regulated quantities,
-- and which reports mean a quantity on site. Both are data that a person can change.

CREATE TABLE threshold_assignment (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule_set      text NOT NULL,
    cas           text,
    reported_name text,
    reported_key  text,
    category      text,
    item_no       text,
    item          text,
    water_soluble boolean,
    shipped       boolean NOT NULL DEFAULT false,
    decided_by    text NOT NULL CHECK (decided_by <> ''),
    reason        text NOT NULL CHECK (reason <> ''),
    decided_at    timestamptz NOT NULL DEFAULT now(),
    CHECK ((cas IS NULL) <> (reported_key IS NULL)),
    CHECK ((reported_key IS NULL) = (reported_name IS NULL)),
    CHECK ((category IS NULL) = (item_no IS NULL)),
    UNIQUE NULLS NOT DISTINCT (rule_set, cas, reported_key, shipped)
);
COMMENT ON TABLE threshold_assignment IS 'Substances that belong to an item of the regulated quantities (管制量) though neither its CAS list nor its name says so, or that do not. What a person decides goes before what comes with the product.';
COMMENT ON COLUMN threshold_assignment.id IS 'Our number.';
COMMENT ON COLUMN threshold_assignment.rule_set IS 'The set of rules (regulated_quantity.rule_set).';
COMMENT ON COLUMN threshold_assignment.cas IS 'The substance by CAS number.';
COMMENT ON COLUMN threshold_assignment.reported_name IS 'Or a name as sources report it, where no substance is linked to it.';
COMMENT ON COLUMN threshold_assignment.reported_key IS 'Normal form of reported_name.';
COMMENT ON COLUMN threshold_assignment.category IS 'Category of the item; null = it belongs to none: decided, not unknown.';
COMMENT ON COLUMN threshold_assignment.item_no IS 'Its number in the category.';
COMMENT ON COLUMN threshold_assignment.item IS 'Its name (regulated_quantity.item_zh), so that another edition with other numbers is not mistaken; null = the number says it.';
COMMENT ON COLUMN threshold_assignment.water_soluble IS 'Whether the liquid mixes with water: items may have another quantity for those that do. Null = not known: the smaller quantity counts, and the check says so.';
COMMENT ON COLUMN threshold_assignment.shipped IS 'Comes with the product.';
COMMENT ON COLUMN threshold_assignment.decided_by IS 'Who decided.';
COMMENT ON COLUMN threshold_assignment.reason IS 'Why.';
COMMENT ON COLUMN threshold_assignment.decided_at IS 'When.';

CREATE TABLE on_site_behaviour (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_id  integer REFERENCES source ON DELETE CASCADE,
    behaviour  text NOT NULL CHECK (behaviour IN ('manufacture', 'import', 'export', 'use', 'store', 'sell',
               'transfer', 'discard', 'other')),
    decided_by text NOT NULL CHECK (decided_by <> ''),
    reason     text NOT NULL CHECK (reason <> ''),
    UNIQUE NULLS NOT DISTINCT (source_id, behaviour)
);
COMMENT ON TABLE on_site_behaviour IS 'Behaviours whose reported quantity is on site: the others are amounts that went through in a period. A source with rows of its own goes by those alone.';
COMMENT ON COLUMN on_site_behaviour.id IS 'Our number.';
COMMENT ON COLUMN on_site_behaviour.source_id IS 'The source; null = every source without rows of its own.';
COMMENT ON COLUMN on_site_behaviour.behaviour IS 'As in holding.behaviour.';
COMMENT ON COLUMN on_site_behaviour.decided_by IS 'Who decided.';
COMMENT ON COLUMN on_site_behaviour.reason IS 'Why.';
INSERT INTO on_site_behaviour (behaviour, decided_by, reason)
VALUES ('store', 'HazAtlas', '貯存 is a quantity that lies on site; the other behaviours are sums of a period');

CREATE VIEW on_site AS
SELECT s.id AS source_id, o.behaviour
FROM source s JOIN on_site_behaviour o ON o.source_id = s.id
     OR (o.source_id IS NULL AND NOT EXISTS (SELECT FROM on_site_behaviour n WHERE n.source_id = s.id));
COMMENT ON VIEW on_site IS 'Behaviours whose quantity is on site, for each source.';
COMMENT ON COLUMN on_site.source_id IS 'The source.';
COMMENT ON COLUMN on_site.behaviour IS 'As in holding.behaviour.';

CREATE TRIGGER threshold_assignment_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON threshold_assignment
    FOR EACH STATEMENT EXECUTE FUNCTION atlas_touch();
CREATE TRIGGER on_site_behaviour_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON on_site_behaviour
    FOR EACH STATEMENT EXECUTE FUNCTION atlas_touch();

-- What is certain without asking anybody: substances that the rule itself names, that its definition
-- covers word for word, or whose own name says the class. Solutions, powders with a sieve test and
-- substances of which only a concentration decides are left to a person.
INSERT INTO threshold_assignment (rule_set, cas, category, item_no, item, shipped, decided_by, reason)
SELECT '公共危險物品及可燃性高壓氣體', cas, category, item_no, item, true, 'HazAtlas', reason
FROM (VALUES
    ('1', '1', '氯酸鹽類', 'a chlorate by its name (氯酸鉀, 氯酸鈉)', '3811-04-9 7775-09-9'),
    ('1', '2', '過氯酸鹽類', 'a perchlorate by its name (過氯酸鉀, 過氯酸銨)', '7778-74-7 7790-98-9'),
    ('1', '3', '無機過氧化物', 'an inorganic peroxide: the example of the declaration briefing (過氧化鈉)', '1313-60-6'),
    ('1', '4', '次氯酸鹽類', 'a solid hypochlorite by its name (次氯酸鈣)', '7778-54-3'),
    ('1', '6', '硝酸鹽類', 'a nitrate by its name (硝酸銨, 硝酸鈉, 硝酸鉀, 硝酸銀, 硝酸鎘)',
     '6484-52-2 7631-99-4 7757-79-1 7761-88-8 10325-94-7'),
    ('1', '8', '過錳酸鹽類', 'a permanganate by its name (過錳酸鉀)', '7722-64-7'),
    ('1', '9', '重鉻酸鹽類', 'a dichromate by its name (重鉻酸鉀, 重鉻酸銨, 重鉻酸鈉)', '7778-50-9 7789-09-5 7789-12-0 10588-01-9'),
    ('1', '14', '亞硝酸鹽類', 'a nitrite by its name (亞硝酸鈉)', '7632-00-0'),
    ('1', '15', '亞氯酸鹽類', 'a chlorite by its name (亞氯酸鈉)', '7758-19-2'),
    ('1', '17', '過硫酸鹽類', 'a persulfate by its name (過硫酸鉀, 過硫酸銨, 過硫酸鈉)', '7727-21-1 7727-54-0 7775-27-1'),
    ('3', '3', '烷基鋁', 'an alkyl aluminium by its name (三甲基鋁, 三乙基鋁, 三異丁基鋁)', '75-24-1 97-93-8 100-99-2'),
    ('3', '4', '烷基鋰', 'an alkyl lithium by its name (正丁基鋰)', '109-72-8'),
    ('3', '6', '鹼金屬(鉀和鈉除外)及鹼土金屬', 'an alkali or alkaline earth metal: lithium, calcium (鋰, 鈣)', '7439-93-2 7440-70-2'),
    ('3', '7', '有機金屬化合物(烷基鋁、烷基鋰除外)', 'an organometallic compound: diethylzinc (二乙基鋅)', '557-20-0'),
    ('3', '8', '金屬氫化物', 'a metal hydride by its name (氫化鋰, 氫化鈉)', '7580-67-8 7646-69-7'),
    ('3', '9', '金屬磷化物', 'a metal phosphide by its name (磷化鈣, 磷化鋅, 磷化鎂, 磷化鋁)', '1305-99-3 1314-84-7 12057-74-8 20859-73-8'),
    ('3', '10', '鈣或鋁的碳化物', 'calcium carbide (碳化鈣), named by the item', '75-20-7'),
    ('4', '1', '特殊易燃物', 'named by the item: 乙醚, 二硫化碳, 乙醛, 環氧丙烷', '60-29-7 75-15-0 75-07-0 75-56-9'),
    ('4', '2', '第一石油類', 'named by the item: 丙酮, 汽油', '67-64-1 8006-61-9'),
    ('4', '3', '酒精類', 'one to three carbon atoms and one saturated hydroxyl group: 甲醇, 乙醇, 正丙醇, 異丙醇',
     '67-56-1 64-17-5 71-23-8 67-63-0'),
    ('4', '4', '第二石油類', 'named by the item: 煤油, 柴油', '8008-20-6 68476-30-2 68334-30-5'),
    ('5', '1', '有機過氧化物', 'an organic peroxide by its name',
     '94-36-0 80-43-3 110-05-4 75-91-2 80-15-9 105-74-8 1338-23-4 79-21-0'),
    ('5', '5', '偶氮化合物', 'an azo compound by its name (偶氮二異丁腈)', '78-67-1'),
    ('5', '8', '金屬疊氮化合物', 'a metal azide by its name (疊氮化鈉)', '26628-22-8'),
    ('6', '4', '鹵素間化合物', 'an interhalogen compound that is liquid (五氟化溴)', '7789-30-2')
) AS certain (category, item_no, item, reason, list), regexp_split_to_table(list, ' ') AS cas;
