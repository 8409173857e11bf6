// Fingers, mouse and keys on the map: tap a place, hold it (or right-click) for an incident, Enter for what is at the centre.
import { flyTo } from './map.mjs';
import { set, state } from './store.mjs';

const FINGER_PX = 22;           // half of a 44 px target
const MOUSE_PX = 6;
const CELL_ZOOM = 2;            // levels a tap on a cell goes in
const ZOOM_LIMIT = 20;
const SAME_PX = 6;              // facilities nearer to each other than this cannot be told apart: the person chooses

function facilitiesAt(map, point, reach) {
    const layers = ['facility-points', 'facility-cells'].filter((id) => map.getLayer(id));
    const box = [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
    const seen = new Set();
    return map.queryRenderedFeatures(box, { layers }).map((feature) => {
        const [lon, lat] = feature.geometry.coordinates;
        const at = map.project([lon, lat]);
        return { feature, lon, lat, away: Math.hypot(at.x - point.x, at.y - point.y) };
    }).filter(({ feature, lon, lat }) => {
        const key = feature.properties.id ?? feature.id ?? `${lon},${lat}`;     // a feature may lie in two tiles' margins
        return !seen.has(key) && seen.add(key);
    }).sort((a, b) => a.away - b.away);
}

// True when there was something there.
function pickAt(map, point, reach) {
    const found = facilitiesAt(map, point, reach);
    if (!found.length) return false;
    const [first] = found;
    if (first.feature.properties.count && map.getZoom() < ZOOM_LIMIT) {
        flyTo(first.lon, first.lat, map.getZoom() + CELL_ZOOM);
        return true;
    }
    const points = found.filter(({ feature, away }) => !feature.properties.count && away - first.away < SAME_PX)
        .map(({ feature }) => feature.properties);
    if (!points.length) return false;
    set({
        panelOpen: false,
        card: points.length === 1 ? { kind: 'facility', id: points[0].id }
            : { kind: 'pick', items: points.map(({ id, name, score, substances }) => ({ id, name, score: score ?? null, substances })) },
    });
    return true;
}

export function incidentAt(lon, lat) {
    set({ panelOpen: false, card: { kind: 'incident', lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)) } });
}

export function interactStart(map) {
    const coarse = matchMedia('(pointer: coarse)');
    map.on('click', (event) => {
        if (pickAt(map, event.point, coarse.matches ? FINGER_PX : MOUSE_PX)) return;
        // Where the heat is shown, a tap asks for its value there.
        if (state.layers.heat) set({ panelOpen: false, card: { kind: 'place', lon: event.lngLat.lng, lat: event.lngLat.lat } });
    });
    map.on('contextmenu', (event) => {
        event.preventDefault();
        incidentAt(event.lngLat.lng, event.lngLat.lat);
    });
    map.getCanvas().addEventListener('keydown', (event) => {
        if (event.key === 'Enter') pickAt(map, map.project(map.getCenter()), FINGER_PX);
    });
    for (const layer of ['facility-points', 'facility-cells']) {
        map.on('mouseenter', layer, () => { map.getCanvas().style.cursor = 'pointer'; });
        map.on('mouseleave', layer, () => { map.getCanvas().style.cursor = ''; });
    }
}
