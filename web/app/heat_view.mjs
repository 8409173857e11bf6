// What the page of two heat maps shows, beside what it shares with the map: kept in the address.
import { deskKeep, deskQuery } from './desk.mjs';
import { pairChoice, pairFrom, pairText, ZONES } from './heat_pair.mjs';
import { calm } from './newest.mjs';
import { on, set, state } from './store.mjs';

const ADDRESS_WAIT_MS = 250;    // browsers limit how often an address may change
const VIEW = { lon: 120.9, lat: 23.7, zoom: 6.2 };
const SIDES = ['a', 'b', 'both'];
const GRID = /^\d{1,6}(\.\d{1,6})?$/;

function viewOf(text) {
    const [zoom, lat, lon] = (text ?? '').split('/').map(Number);
    return zoom >= 4 && zoom <= 20 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180 ? { lon, lat, zoom } : VIEW;
}

function placeOf(text) {
    const [lon, lat] = (text ?? '').split(',').map(Number);
    return text && Math.abs(lon) <= 180 && Math.abs(lat) <= 85 ? { lon, lat } : null;
}

function read() {
    const query = deskQuery();
    const one = (name, choices, first) => (choices.includes(query.get(name)) ? query.get(name) : first);
    return {
        heatA: pairFrom(query.get('a')), heatB: query.has('b') ? pairFrom(query.get('b')) : pairChoice({ by: 'quantity' }),
        zones: one('zones', ZONES, 'county'), zoneSide: one('side', SIDES, 'both'), at: placeOf(query.get('at')), view: viewOf(query.get('map')),
        pixel: GRID.test(query.get('pixel') ?? '') ? query.get('pixel') : '', crs: one('crs', ['EPSG:3826', 'EPSG:3825', 'EPSG:4326', 'EPSG:3857'], 'EPSG:3826'),
        extent: one('extent', ['all', 'view'], 'all'), same: one('same', ['1'], ''),
    };
}

function write() {
    const { heatA, heatB, zones, zoneSide, at, view, pixel, crs, extent, same } = state;
    deskKeep({
        a: pairText(heatA), b: pairText(heatB), zones: zones === 'county' ? '' : zones, side: zoneSide === 'both' ? '' : zoneSide,
        at: at ? `${at.lon.toFixed(6)},${at.lat.toFixed(6)}` : '', map: `${view.zoom.toFixed(2)}/${view.lat.toFixed(5)}/${view.lon.toFixed(5)}`,
        pixel, crs: crs === 'EPSG:3826' ? '' : crs, extent: extent === 'all' ? '' : extent, same,
    });
}

export function heatViewStart() {
    Object.assign(state, read());
    on(['heatA', 'heatB', 'zones', 'zoneSide', 'at', 'view', 'pixel', 'crs', 'extent', 'same'], calm(write, ADDRESS_WAIT_MS));
    addEventListener('hashchange', () => { if (deskQuery().has('a') || deskQuery().has('lang')) set(read()); });
}
