// What the heat map is asked for: choices, the interface's parameters, the address. Nothing of the page.
import { HEAT_DEFAULT, state } from './store.mjs';

export const HEAT_BY = ['count', 'quantity', 'hazard', 'radar', 'incidents', 'concentration', 'intensity'];
export const HEAT_KERNELS = ['quartic', 'triangular', 'uniform', 'triweight', 'epanechnikov'];
export const HEAT_BEHAVIOURS = ['manufacture', 'import', 'export', 'use', 'store', 'sell', 'transfer', 'discard', 'other'];
export const PUBLIC_BY = ['count', 'quantity'];
export const YEAR = /^(19|20|21)\d\d$/;

// Whether the server draws such a map: concentrations are of one substance; the public version has numbers of facilities, and
// quantities of one substance.
export function heatOffers(by, { tier, cas }) {
    return (!tier || PUBLIC_BY.includes(by)) && Boolean(cas || !(by === 'concentration' || (tier && by === 'quantity')));
}

// What is summed: what was chosen where it is offered, else the number of facilities.
export function heatBy() {
    return heatOffers(state.heat.by, { tier: state.heat.tier, cas: state.cas }) ? state.heat.by : 'count';
}

// The parameters of the interface; what is as by default is left out. The public picture takes no filter but the substance;
// scores are those of the map's weights.
export function heatQuery() {
    const { heat } = state, by = heatBy();
    const changed = Object.fromEntries(Object.entries(heat).filter(([name, value]) => value !== HEAT_DEFAULT[name] && name !== 'by'));
    const only = heat.tier ? { tier: heat.tier } : { ...changed, county: state.county, ...(by === 'radar' && state.radar) };
    return { by, ...only, cas: state.cas };
}

// Tiles are coloured by the server, for the day or for the night.
export function heatTileQuery(theme) {
    return { ...heatQuery(), theme: theme === 'night' ? theme : null };
}

// What of an address is a choice of this page; anything else stays as by default.
export function heatFromAddress(query) {
    const one = (name, choices) => (choices.includes(query.get(name)) ? query.get(name) : HEAT_DEFAULT[name]);
    const radius = Number(query.get('radius'));
    const year = (name) => (YEAR.test(query.get(name) ?? '') ? query.get(name) : '');
    return {
        by: one('by', HEAT_BY), kernel: one('kernel', HEAT_KERNELS), radius: radius >= 100 && radius <= 20000 ? radius : HEAT_DEFAULT.radius,
        behaviour: one('behaviour', HEAT_BEHAVIOURS), from: year('from'), to: year('to'), tier: one('tier', ['public']),
    };
}

export function heatToAddress(heat) {
    return Object.entries(heat).filter(([name, value]) => name === 'by' || value !== HEAT_DEFAULT[name]);
}

// The page that compares this map with another: quantity beside anything else, the number of facilities beside quantity.
export function heatCompareHref(hash) {
    const text = (query) => encodeURIComponent(new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString());
    const a = heatQuery(), { lon, lat, zoom } = state.view;
    const b = { by: a.by === 'quantity' ? 'count' : 'quantity', ...(a.tier ? { tier: a.tier } : { county: a.county, radius: a.radius, kernel: a.kernel }), cas: a.cas };
    return `heat.html${hash}&a=${text(a)}&b=${text(b)}&map=${zoom.toFixed(2)}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
}
