// What the radar's endpoints are asked and answer, in the shape that the page works with.
import { ask, url } from './api.mjs';
import { substanceQuery } from './radar_query.mjs';
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

export function radarSensitivity(of, radar, points, top) {
    return ask('api/v1/radar/sensitivity', { query: { of, points, top, ...(of === 'substances' ? substanceQuery(radar) : radar) } });
}

const one = (of, id, more) => `api/v1/radar/${of}/${encodeURIComponent(id)}${more}`;

export function radarExplain(of, id) {
    return ask(one(of, id, '/explain'), { query: of === 'substances' ? substanceQuery(state.radar) : state.radar });
}

export function chartHref(of, id, theme) {
    return url(one(of, id, '.svg'), { ...(of === 'substances' ? substanceQuery(state.radar) : state.radar), theme });
}
