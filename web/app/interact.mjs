// Fingers, mouse and keys on the map: tap a place, hold it (or right-click) for an incident, Enter for what is at the centre.
import { FAMILIES } from './families.mjs';
import { flyTo } from './map.mjs';
import { set, state } from './store.mjs';

const FINGER_PX = 22;           // half of a 44 px target
const MOUSE_PX = 6;
const CELL_ZOOM = 2;            // levels a tap on a cell goes in
const ZOOM_LIMIT = 20;
const SAME_PX = 6;              // facilities nearer to each other than this cannot be told apart: the person chooses

const POINTS = ['facility-points', 'facility-cells', ...FAMILIES.filter((family) => family.shape === 'point')
    .flatMap((family) => [`${family.id}-point`, `${family.id}-cell`])];
const SHAPES = FAMILIES.filter((family) => family.shape !== 'point' && !family.derived)
    .map((family) => (family.shape === 'line' ? `${family.id}-line` : `${family.id}-fill`));

const OF_FACILITIES = ['facilities', 'thresholds', 'anomalies'];     // sources whose points are facilities

const there = (map, layers) => layers.filter((id) => map.getLayer(id));

function pointsAt(map, point, reach) {
    const box = [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
    const seen = new Set();
    return map.queryRenderedFeatures(box, { layers: there(map, POINTS) }).map((feature) => {
        const [lon, lat] = feature.geometry.coordinates;
        const at = map.project([lon, lat]);
        return { feature, lon, lat, away: Math.hypot(at.x - point.x, at.y - point.y) };
    }).filter(({ feature, lon, lat }) => {
        const key = `${feature.source}:${feature.id ?? feature.properties.id ?? `${lon},${lat}`}`;  // it may lie in two tiles' margins
        return !seen.has(key) && seen.add(key);
    }).sort((a, b) => a.away - b.away);
}

function itemOf({ properties, id, source }) {
    const { name, score, substances } = properties;
    if (OF_FACILITIES.includes(source)) return { id: properties.id, name, score: score ?? null, substances };
    if (properties.kind === 'facilities') return { id: properties.id, name, score: null };
    return { family: properties.kind ?? source, id: properties.id ?? id, name };
}

function openItems(items) {
    const [only] = items;
    set({
        panelOpen: false,
        card: items.length > 1 ? { kind: 'pick', items }
            : only.family ? { kind: 'record', family: only.family, id: only.id } : { kind: 'facility', id: only.id },
    });
    return true;
}

// Zones, basins and rivers under the finger, each once.
function pickShape(map, point) {
    const seen = new Set();
    const found = map.queryRenderedFeatures([[point.x - MOUSE_PX, point.y - MOUSE_PX], [point.x + MOUSE_PX, point.y + MOUSE_PX]],
        { layers: there(map, SHAPES) }).map(itemOf).filter((item) => {
        const key = `${item.family}:${item.id}`;
        return !seen.has(key) && seen.add(key);
    });
    return found.length > 0 && openItems(found);
}

// True when there was something there.
function pickAt(map, point, reach) {
    const found = pointsAt(map, point, reach);
    if (!found.length) return pickShape(map, point);
    const [first] = found;
    if (first.feature.properties.count && map.getZoom() < ZOOM_LIMIT) {
        flyTo(first.lon, first.lat, map.getZoom() + CELL_ZOOM);
        return true;
    }
    const items = found.filter(({ feature, away }) => !feature.properties.count && away - first.away < SAME_PX)
        .map(({ feature }) => itemOf(feature))
        .filter((item, i, all) => all.findIndex((other) => other.family === item.family && other.id === item.id) === i);
    return items.length > 0 && openItems(items);
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
    for (const layer of POINTS) {
        map.on('mouseenter', layer, () => { map.getCanvas().style.cursor = 'pointer'; });
        map.on('mouseleave', layer, () => { map.getCanvas().style.cursor = ''; });
    }
}
