// The map itself: keeps MapLibre's sources and layers equal to what style.mjs and the tilesets say.
import { FAMILY_IDS } from './families.mjs';
import { addImages } from './images.mjs';
import { mapTexts, t } from './i18n.mjs';
import { calm } from './newest.mjs';
import { on, set, state } from './store.mjs';
import { layersFor } from './style.mjs';
import { HAZARD, palette, themeNow } from './theme.mjs';
import { onTilesets, tileFailed, tilesets } from './tilesets.mjs';

const EMPTY = { type: 'FeatureCollection', features: [] };
const BOUNDS = [[112, 18], [128, 29]];      // Taiwan with its outlying islands, and room to pan
const TILED = ['counties', 'townships', 'facilities', 'heat', ...FAMILY_IDS];
const LOOK_MS = 50;
const MARGIN = 24;              // px a revealed place keeps from the panels

let map = null;
let ready = false;
let room = { top: 0, bottom: 0, left: 0, right: 0 };     // see setRoom
const data = { packet: EMPTY, selection: EMPTY };
const applied = new Map();                  // layer id → JSON of the description last applied
const held = {}, sent = {};                 // layer → its tileset that the map draws, that it is fetching

export function theMap() {
    return map;
}

function tileSource(layer) {
    const { tilejson, tiles } = tilesets[layer];
    const raster = layer === 'heat';
    return {
        type: raster ? 'raster' : 'vector', tiles, minzoom: tilejson.minzoom ?? 0,
        maxzoom: tilejson.maxzoom ?? 14,
        ...(raster && { tileSize: 256 }),
    };
}

function syncLayer(layer, before) {
    const { visible = true, ...spec } = layer;
    spec.layout = { ...spec.layout, visibility: visible ? 'visible' : 'none' };
    const text = JSON.stringify(spec);
    if (!map.getLayer(spec.id)) map.addLayer(spec, before);
    else if (applied.get(spec.id) !== text) {
        for (const [key, value] of Object.entries(spec.layout)) map.setLayoutProperty(spec.id, key, value);
        for (const [key, value] of Object.entries(spec.paint ?? {})) map.setPaintProperty(spec.id, key, value);
    }
    applied.set(spec.id, text);
}

// Draws by the legends of the tiles the map holds.
function drawLayers() {
    if (!ready) return;
    const layers = layersFor({
        layers: state.layers, lang: state.lang, legend: held.facilities?.legend ?? null,
        palette: palette(), dark: themeNow() === 'night', hazard: HAZARD, hasHeat: Boolean(held.heat),
        legends: Object.fromEntries(FAMILY_IDS.map((id) => [id, held[id]?.legend])),
    }).filter((layer) => !layer.source || map.getSource(layer.source));
    let before;
    for (const layer of layers.reverse()) {
        syncLayer(layer, before);
        before = layer.id;
    }
}

// A tile that came unchanged, or not at all, draws no frame of its own.
const lookAgain = calm(() => map.triggerRepaint(), LOOK_MS);

// The map has, and draws by, what the server last said of this layer.
function isFollowed(layer) {
    const wanted = tilesets[layer];
    return !wanted?.tiles || !sent[layer] && wanted.tiles === held[layer]?.tiles && wanted.legend === held[layer].legend;
}

// MapLibre keeps what a tile on its way brings though its address changed meanwhile, and an answer that overtakes another.
// So a layer's new address waits until all its tiles are there, and is followed by its colours before the next one.
// Runs after each frame, when changes of layers have reached the tiles' states. True: colours are due.
function followTileset(layer) {
    if (isFollowed(layer)) return false;
    const wanted = tilesets[layer];
    if (!map.getSource(layer)) {
        map.addSource(layer, tileSource(layer));
        held[layer] = wanted;
        return true;
    }
    if (!map.isSourceLoaded(layer)) {
        lookAgain();
        return false;
    }
    if (sent[layer]) {
        held[layer] = sent[layer];
        delete sent[layer];
        return true;
    }
    sent[layer] = wanted;
    if (JSON.stringify(wanted.tiles) !== JSON.stringify(held[layer].tiles)) map.getSource(layer).setTiles(wanted.tiles);
    lookAgain();
    return false;
}

function followTilesets() {
    const due = TILED.filter(followTileset);
    if (!due.length) return;
    drawLayers();
    map.triggerRepaint();
}

// Nothing is on its way to the map that is known of.
export function isDrawn() {
    return Boolean(map?.getLayer('facility-points')) && TILED.every(isFollowed) && map.loaded() && map.areTilesLoaded() && !map.isMoving();
}

export function themeChanged() {
    drawLayers();
}

// name: packet | selection
export function setData(name, collection) {
    data[name] = collection ?? EMPTY;
    map?.getSource(name)?.setData(data[name]);
}

// Room that panels cover, in pixels, so that "the centre" is the middle of what can be seen.
export function setRoom(padding) {
    const same = ['top', 'bottom', 'left', 'right'].every((side) => room[side] === padding[side]);
    room = padding;
    if (!same) map.easeTo({ padding, duration: 200 });
}

// Moves the map only if the place is not to be seen.
export function reveal(lon, lat) {
    if (!map) return;
    if (map.isMoving()) {
        map.once('moveend', () => reveal(lon, lat));
        return;
    }
    const { x, y } = map.project([lon, lat]);
    const { clientWidth, clientHeight } = map.getContainer();
    const inside = x > room.left + MARGIN && x < clientWidth - room.right - MARGIN
        && y > room.top + MARGIN && y < clientHeight - room.bottom - MARGIN;
    if (!inside) map.easeTo({ center: [lon, lat], padding: room, duration: 300 });
}

export function flyTo(lon, lat, zoom) {
    if (!map) {
        set({ view: { lon, lat, zoom: zoom ?? state.view.zoom } });
        return;
    }
    map.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), zoom ?? 0), padding: room, duration: 500 });
}

export function fitBox([west, south, east, north], maxZoom = 15) {
    if (!map) {
        set({ view: { lon: (west + east) / 2, lat: (south + north) / 2, zoom: 9 } });
        return;
    }
    map.setPadding(room);
    map.fitBounds([[west, south], [east, north]], { padding: 40, maxZoom, duration: 500 });
}

function remember() {
    const { lng, lat } = map.getCenter();
    set({ view: { lon: Number(lng.toFixed(6)), lat: Number(lat.toFixed(6)), zoom: Number(map.getZoom().toFixed(3)) } });
}

function followView() {
    const { lng, lat } = map.getCenter();
    const { view } = state;
    if (Math.abs(lng - view.lon) < 1e-5 && Math.abs(lat - view.lat) < 1e-5 && Math.abs(map.getZoom() - view.zoom) < 0.01) return;
    map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom });
}

function failed(event) {
    const text = event.error?.message ?? '';
    if (event.sourceId) tileFailed(event.sourceId, t('error_tiles', { text }));
    else console.warn(text);
}

// Throws when the device cannot draw the map.
export async function mapStart(maplibre, container) {
    map = new maplibre.Map({
        container, style: { version: 8, sources: {}, layers: [], transition: { duration: 0 } },
        center: [state.view.lon, state.view.lat], zoom: state.view.zoom, minZoom: 5, maxZoom: 20, maxBounds: BOUNDS,
        attributionControl: false, locale: mapTexts(), maxPitch: 0, dragRotate: false, pitchWithRotate: false,
        touchPitch: false, fadeDuration: 0,
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new maplibre.ScaleControl({ maxWidth: 110, unit: 'metric' }), 'bottom-left');
    map.addControl(new maplibre.NavigationControl({ showCompass: false }), 'bottom-right');
    map.on('error', failed);
    map.on('moveend', remember);
    await new Promise((resolve) => { map.once('style.load', resolve); });
    addImages(map);
    for (const name of Object.keys(data)) map.addSource(name, { type: 'geojson', data: data[name] });
    ready = true;
    map.on('render', followTilesets);
    onTilesets(() => map.triggerRepaint());
    on(['layers', 'lang'], drawLayers);
    on(['view'], followView);
    map.triggerRepaint();
    return map;
}
