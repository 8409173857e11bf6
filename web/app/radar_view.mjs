// What the radar's page shows, beside what it shares with the map (store.mjs): kept in the address.
import { deskKeep, deskQuery } from './desk.mjs';
import { calm } from './newest.mjs';
import { RADAR_KEYS, radarFrom } from './radar_query.mjs';
import { on, set, state } from './store.mjs';

const ADDRESS_WAIT_MS = 250;    // browsers limit how often an address may change
const CODE = /^[A-Za-z0-9_-]{1,64}$/, CAS = /^\d{2,7}-\d\d-\d$/, WHOLE = /^\d{1,15}$/;
const one = (...values) => (text) => (values.includes(text) ? text : values[0]);
const like = (pattern) => (text) => (pattern.test(text ?? '') ? text : '');

// name in the state → [name in the address, what is taken from there]
const PARTS = {
    of: ['of', one('facilities', 'substances')],
    county: ['county', like(CODE)],
    township: ['township', like(CODE)],
    industry: ['industry', (text) => (text ?? '').slice(0, 200)],
    cas: ['cas', (text) => like(CAS)(text) || null],
    minScore: ['min', (text) => (Number(text) > 0 && Number(text) < 1e6 ? Number(text) : 0)],
    sort: ['sort', one('area', 'mean', 'geometric')],
    after: ['after', (text) => Number(like(WHOLE)(text))],
    rows: ['rows', (text) => Number(one('20', '50', '100', '200')(text))],
    chosen: ['chosen', like(/^(\d{1,15}|\d{2,7}-\d\d-\d)$/)],
    by: ['by', one('county', 'township', 'hexagon')],
    hexagon: ['size', (text) => Number(one('5000', '2000', '10000', '20000')(text))],
    measure: ['measure', one('sum', 'number', 'mean', 'maximum', 'p90', 'quantity')],
    runFrom: ['from', like(WHOLE)],
    runTo: ['to', like(/^(\d{1,15}|page)$/)],
};
const DEFAULTS = Object.fromEntries(Object.entries(PARTS).map(([name, [, read]]) => [name, read(null)]));

function read() {
    const query = deskQuery();
    return { radar: radarFrom(query), ...Object.fromEntries(Object.entries(PARTS).map(([name, [key, take]]) => [name, take(query.get(key))])) };
}

function write() {
    deskKeep({ ...state.radar, ...Object.fromEntries(Object.entries(PARTS).map(([name, [key]]) =>
        [key, state[name] === DEFAULTS[name] ? '' : state[name]])) });
}

// The filters of the lists as the server's parameters.
export function listFilters() {
    const { county, township, industry, cas, minScore } = state;
    return { county, township, industry, cas, min_score: minScore || null };
}

// Another filter or order begins at the first page.
export function setFirst(patch) {
    set({ ...patch, after: 0 });
}

export function radarViewStart() {
    Object.assign(state, DEFAULTS, read());
    const later = calm(write, ADDRESS_WAIT_MS);
    on(['radar', ...Object.keys(PARTS)], later);
    addEventListener('hashchange', () => {
        if (RADAR_KEYS.concat('lang').some((key) => deskQuery().has(key))) set(read());
    });
}

// Once the page's language is known: settings that cannot be understood do not stay in the address.
export function radarViewSettle() {
    if (RADAR_KEYS.some((key) => deskQuery().has(key))) write();
}
