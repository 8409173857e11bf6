// What the radar's endpoints are asked and answer, in the shape that the page works with.
import { ask, url } from './api.mjs';
import { radarValue, substanceQuery } from './radar_query.mjs';
import { listFilters } from './radar_view.mjs';
import { state } from './store.mjs';

// Parameters of the chosen list: filters and settings.
function listQuery(of) {
    return of === 'substances' ? { ...listFilters(), cas: null, ...substanceQuery(state.radar) } : { ...listFilters(), ...state.radar };
}

export function radarList(of, signal) {
    const { sort, after, rows } = state;
    return ask(`api/v1/radar/${of}`, { query: { ...listQuery(of), sort: sort === 'area' ? null : sort, limit: rows, after: after || null }, signal });
}

export function downloadHref(of, format) {
    return url(`api/v1/radar/${of}`, { ...listQuery(of), sort: state.sort === 'area' ? null : state.sort, format });
}

export function radarSensitivity(of, points, top) {
    return ask('api/v1/radar/sensitivity', { query: { of, points, top, ...explainQuery(of) } });
}

const one = (of, id, more) => `api/v1/radar/${of}/${encodeURIComponent(id)}${more}`;

// Settings without filters.
export function explainQuery(of) {
    return of === 'substances' ? substanceQuery(state.radar) : state.radar;
}

export function radarExplain(of, id) {
    return ask(one(of, id, '/explain'), { query: explainQuery(of) });
}

export function chartHref(of, id, theme) {
    return url(one(of, id, '.svg'), { ...explainQuery(of), theme });
}

// What a saved run is asked to be compared with: another one, the data of now with its settings, or those of the page.
export function compareQuery() {
    const { runFrom, runTo, county, radar } = state;
    const own = runTo === 'page' ? { ...radar, weights: radarValue(radar, 'weights') } : {};
    return { from: runFrom, to: /^\d+$/.test(runTo) ? runTo : 'now', county, ...own };
}
