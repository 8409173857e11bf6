import { FAMILY_IDS } from './families.mjs';

// What the page shows, in one object. Parts read `state`, change it by `set`, and are told by `on`.

export const HEAT_DEFAULT = { by: 'count', kernel: 'quartic', radius: 2500, behaviour: '', from: '', to: '', tier: '' };

export const state = {
    lang: 'zh',
    theme: 'auto',              // auto | day | night
    view: { lon: 120.9, lat: 23.7, zoom: 7.2 },
    layers: { facilities: true, heat: false, names: true, ...Object.fromEntries(FAMILY_IDS.map((id) => [id, false])) },
    heat: { ...HEAT_DEFAULT },  // what the heat map sums, see heat.mjs
    cas: null,                  // CAS number that filters facilities and heat
    county: '',                 // county code
    township: '',               // township code
    industry: '',               // as reported
    minScore: 0,
    radar: {},                  // settings of the warning radar that differ from the server's own, see radar_query.mjs
    card: null,                 // { kind: facility | record | place | incident | packet | pick, … }
    overlays: [],               // ids of the layout drawings laid over the map
    packet: null,               // id of the packet drawn on the map
    tab: 'layers',              // layers | list
    panelOpen: false,           // phones only
    atlas: null,                // number of the atlas the server holds
};

const listeners = [];

// fn(changed: Set of keys) is called after every change that touches one of `keys`.
export function on(keys, fn) {
    listeners.push({ keys, fn });
}

export function set(patch) {
    const changed = new Set();
    for (const [key, value] of Object.entries(patch)) {
        if (JSON.stringify(state[key]) === JSON.stringify(value)) continue;
        state[key] = value;
        changed.add(key);
    }
    if (changed.size) tell(changed);
}

// Tells those who listen for one of these keys.
export function tell(changed) {
    for (const { keys, fn } of listeners) {
        if (keys.some((key) => changed.has(key))) fn(changed);
    }
}

// The filters as the server's query parameters.
export function filters() {
    const { cas, county, township, industry } = state;
    return { cas, county, township, industry, min_score: state.minScore || null, ...state.radar };
}
