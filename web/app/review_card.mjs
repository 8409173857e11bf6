// One doubtful match for the eye: the question, why it is asked, both sides row by row with what agrees and what differs.
import { distance, hasPoint, parts, verdict, viewOf } from './compare.mjs';
import { h, icon } from './dom.mjs';
import { count, lonLat, metres, score } from './format.mjs';
import { nameOf, pick, t, tOr } from './i18n.mjs';
import { format } from './permalink.mjs';
import { state } from './store.mjs';

const SCHEMES = ['ems_no', 'factory_no', 'business_no'];
const MARKS = { same: '＝', differ: '≠', one: '◐' };
const LEVELS = [[0.8, 'high'], [0.6, 'good'], [0.4, 'even'], [0, 'low']];

function mapHash(points, facility) {
    const layers = { ...Object.fromEntries(Object.keys(state.layers).map((name) => [name, false])), facilities: true, names: true };
    return `./${format({ ...state, view: viewOf(points), layers, card: facility ? { kind: 'facility', id: facility } : null })}`;
}

function numberOf(side, scheme) {
    return (side.numbers ?? []).filter((item) => item.scheme === scheme).map((item) => item.number).join(t('comma'));
}

function placeText(side) {
    return hasPoint(side) ? lonLat(side.lon, side.lat) : '';
}

// [label, left, right, …, judged]; a row that nobody fills is left out.
function facilityRows(left, right) {
    const both = (label, of, judged = true) => ({ label, texts: [of(left), of(right)], judged });
    return [
        both(t('review_name'), (side) => side.name),
        both(t('aliases'), (side) => (side.names ?? []).join(t('comma')), false),
        both(t('address'), (side) => side.address),
        both(t('county'), (side) => side.county),
        ...SCHEMES.map((scheme) => both(t(`scheme_${scheme}`), (side) => numberOf(side, scheme))),
        both(t('industry'), (side) => side.industry),
        both(t('lon_lat'), placeText),
        both(t('review_holdings'), (side) => (side.holdings ? count(side.holdings) : ''), false),
        both(t('sources'), (side) => (side.sources ?? []).join(t('comma')), false),
    ];
}

function substanceRows({ reported = {}, substance = {}, named }) {
    const row = (label, a, b, c) => ({ label, texts: named ? [a, b, c] : [a, b], judged: true });
    return [
        row('CAS', reported.cas, substance.cas, named?.cas),
        row(t('review_code'), reported.code, '', ''),
        row(t('review_name_zh'), reported.name, substance.name_zh, named?.name_zh),
        row(t('review_name_en'), reported.name_en, substance.name_en, named?.name_en),
    ];
}

function cells(row) {
    const [left, right] = row.texts;
    const cut = row.judged && left && right && verdict(left, right) === 'differ' ? parts(left, right) : null;
    return row.texts.map((text, index) => h('td', {}, index < 2 && cut
        ? cut[index].map((part) => (part.same ? part.text : h('mark', { class: 'differ' }, part.text))) : text || h('span', { class: 'faint' }, '–')));
}

function tableRow(row) {
    const found = verdict(...row.texts.slice(0, 2));
    return h('tr', { class: row.judged ? `is-${found}` : '' }, h('th', { scope: 'row' }, row.label,
        row.judged && found !== 'none' && h('span', { class: `verdict ${found}` }, h('span', { 'aria-hidden': 'true' }, MARKS[found]), ` ${t(`verdict_${found}`)}`)),
    cells(row));
}

function comparison(heads, rows) {
    const filled = rows.filter((row) => row.texts.some(Boolean));
    return h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': t('review_compare') }, h('table', { class: 'compare' },
        h('caption', { class: 'unseen' }, t('review_compare')),
        h('thead', {}, h('tr', {}, h('td', {}), heads.map((head) => h('th', { scope: 'col' }, head)))),
        h('tbody', {}, filled.map(tableRow))));
}

function facilityHead(title, id, side) {
    if (!id) return title;
    const place = hasPoint(side) ? mapHash([side], id) : `./${format({ ...state, card: { kind: 'facility', id } })}`;
    return h('a', { class: 'head-link', href: place }, title, h('span', { class: 'unseen' }, `${t('colon')}${side.name ?? ''}`), icon('pin'));
}

// Metres apart and the link that shows both places.
function where(review, left, right) {
    const points = [left, right].filter(hasPoint);
    const far = review.detail.distance_m ?? (points.length === 2 ? distance(left, right) : null);
    const [first, second] = points.map(({ lon, lat }) => lon + lat);
    return h('div', { class: 'where' },
        h('p', {}, icon('pin'), far === null ? t('review_no_distance') : points.length === 2 && first === second
            ? t('review_same_point') : t('review_distance', { text: metres(far) })),
        points.length > 0 && h('a', { class: 'btn', id: 'on-map', href: mapHash(points, review.left_id ?? review.right_id) },
            icon('layers'), points.length === 2 ? t('review_both_on_map') : t('review_one_on_map')));
}

function facilityView(review) {
    const { left = { name: review.left_key }, right = { name: review.right_key } } = review.detail;
    const now = review.left_id && review.right_id
        ? t(review.left_id === review.right_id ? 'review_now_one' : 'review_now_two') : t('review_now_absent');
    return [comparison([facilityHead(t('review_first'), review.left_id, left), facilityHead(t('review_second'), review.right_id, right)],
        facilityRows(left, right)), where(review, left, right), h('p', { class: 'hint' }, now)];
}

function substanceView(review) {
    const { detail } = review;
    const filled = detail.substance ? detail : { reported: { name: review.left_key }, substance: { cas: review.right_key } };
    const heads = [t('review_reported'), t('review_substance'), ...(filled.named ? [t('review_named')] : [])];
    return [comparison(heads, substanceRows(filled)), h('p', { class: 'hint' }, t('review_substance_hint'))];
}

function level(confidence) {
    return t(`confidence_${LEVELS.find(([least]) => confidence >= least)[1]}`);
}

export function ruleText(review) {
    if (review.subject === 'substance') return tOr(`doubt_${review.rule}`, pick(review.rule_text) || review.rule);
    return pick(review.rule_text) || review.rule;
}

export function titleOf(review) {
    const { left, right, reported, substance } = review.detail;
    return review.subject === 'facility' ? [left?.name || review.left_key, right?.name || review.right_key]
        : [reported?.name || reported?.name_en || reported?.cas || review.left_key, substance ? nameOf(substance) : review.right_key];
}

export function reviewView(review) {
    const facility = review.subject === 'facility';
    return [
        h('h2', { id: 'review-title', tabindex: '-1' }, h('span', { class: 'faint block' }, t(facility ? 'review_is_one' : 'review_is_substance')),
            titleOf(review)[0], h('span', { class: 'versus' }, h('span', { 'aria-hidden': 'true' }, '⇄'), h('span', { class: 'unseen' }, t('review_and'))), titleOf(review)[1]),
        h('dl', { class: 'why' }, h('div', {}, h('dt', {}, t('review_rule')), h('dd', {}, ruleText(review))),
            h('div', {}, h('dt', {}, t('review_confidence')), h('dd', {}, `${level(review.confidence)}${t('in_brackets', { text: score(review.confidence) })}`))),
        facility ? facilityView(review) : substanceView(review),
    ];
}
