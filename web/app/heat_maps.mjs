// Two maps side by side that move together, each with the server's tiles of its heat, its legend and unit.
import { ask, explain, isAbort, sameOrigin } from './api.mjs';
import { h, icon, redraw } from './dom.mjs';
import { count, metres } from './format.mjs';
import { heatTitle } from './heat_here.mjs';
import { lacking, pairQuery } from './heat_pair.mjs';
import { mapTexts, pick, t } from './i18n.mjs';
import { signals } from './newest.mjs';
import { swatch } from './parts.mjs';
import { on, set, state } from './store.mjs';
import { layersFor } from './style.mjs';
import { HAZARD, palette, themeNow } from './theme.mjs';
import { hasWebGL2 } from './webgl.mjs';

const BOUNDS = [[112, 18], [128, 29]];
const GROUND = ['counties', 'townships'];
const EMPTY = { type: 'FeatureCollection', features: [] };
const CLASSES_LEAST = 2;         // of the interface
const LAYERS = { facilities: false, heat: true, names: true };
let ground = null;              // tile addresses of counties and townships, asked once for both

function askGround() {
    ground ??= Promise.all(GROUND.map(async (layer) => [layer, (await ask(`tiles/${layer}.json`)).tiles.map(sameOrigin)]));
    return ground;
}

const unitOf = (tilejson) => tilejson?.hazatlas.legend.unit.en;

function sameSwitch() {
    return h('label', { class: 'switch' }, h('input', { type: 'checkbox', role: 'switch', id: 'same-classes', checked: state.same === '1', onchange: (event) => set({ same: event.target.checked ? '1' : '' }) }),
        h('span', { class: 'knob', 'aria-hidden': 'true' }), h('span', {}, t('same_classes')));
}

// same: the switch that gives map B the classes of map A, where both are of one unit.
function legendView(side, tilejson, same) {
    const { legend, heat } = tilejson.hazatlas;
    return h('div', { class: 'heat-legend', id: `legend-${side}` }, h('p', { class: 'legend-title' }, heatTitle(heat.by), h('span', { class: 'unit' }, pick(legend.unit))),
        h('ul', {}, legend.classes.map((item) => h('li', {}, swatch(item.color), h('span', {}, pick(item.label))))),
        h('p', { class: 'hint' }, [heat.tier ? t('heat_public') : t('heat_explain', { radius: metres(heat.radius_m), kernel: t(`kernel_${heat.kernel}`) }),
            t('heat_points', { n: count(heat.points) })].join(' · ')), same && sameSwitch());
}

// One side, without its tiles yet. { map, load(), paint(), tilejson() }
async function side(name, boxes, maplibre, { moved, chosen, sides }) {
    const key = `heat${name}`, { map: container, legend } = boxes;
    const map = new maplibre.Map({
        container, style: { version: 8, sources: {}, layers: [], transition: { duration: 0 } }, center: [state.view.lon, state.view.lat], zoom: state.view.zoom,
        minZoom: 4, maxZoom: 20, maxBounds: BOUNDS, attributionControl: false, locale: { ...mapTexts(), 'Map.Title': t('heat_map_of', { side: name }) },
        maxPitch: 0, dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0, scrollZoom: false,
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new maplibre.ScaleControl({ maxWidth: 110, unit: 'metric' }), 'bottom-left');
    map.addControl(new maplibre.NavigationControl({ showCompass: false }), 'bottom-right');
    await new Promise((resolve) => { map.once('style.load', resolve); });
    for (const [layer, tiles] of await askGround()) map.addSource(layer, { type: 'vector', tiles, maxzoom: 14 });
    map.addSource('selection', { type: 'geojson', data: EMPTY });
    const next = signals();
    let tilejson = null, fault = '', shown = '';

    // The colours of the heat are those of its legend: nothing shines through.
    function looks() {
        return layersFor({ layers: LAYERS, lang: state.lang, legend: null, palette: palette(), dark: themeNow() === 'night', hazard: HAZARD, hasHeat: Boolean(tilejson), legends: {} })
            .filter((layer) => !layer.source || map.getSource(layer.source))
            .map(({ visible = true, ...layer }) => ({ ...layer, layout: { ...layer.layout, visibility: visible ? 'visible' : 'none' },
                paint: { ...layer.paint, ...(layer.id === 'heat' && { 'raster-opacity': 1 }) } }));
    }

    function paint() {
        for (const layer of looks()) {
            if (map.getLayer(layer.id)) map.removeLayer(layer.id);
            map.addLayer(layer);
        }
    }

    function mark() {
        map.getSource('selection').setData(state.at ? { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {},
            geometry: { type: 'Point', coordinates: [state.at.lon, state.at.lat] } }] } : EMPTY);
    }

    const first = () => (name === 'B' ? sides.A?.tilejson() : null);      // whose classes may be taken

    function words() {
        const lack = lacking(state[key]);
        redraw(legend, fault ? h('p', { class: 'notice error', role: 'alert' }, icon('alert'), h('span', {}, fault)) : lack ? h('p', { class: 'notice' }, t(lack))
            : tilejson ? legendView(name.toLowerCase(), tilejson, Boolean(first()) && unitOf(first()) === unitOf(tilejson)) : h('p', { class: 'loading' }, t('loading')));
        map.getCanvas().setAttribute('aria-label', t('heat_map_of', { side: name }));
        for (const [selector, text] of [['.maplibregl-ctrl-zoom-in', 'zoom_in'], ['.maplibregl-ctrl-zoom-out', 'zoom_out']]) {
            const button = container.querySelector(selector);
            button.setAttribute('aria-label', t(text));
            button.title = t(text);
        }
    }

    function drawTiles() {
        const tiles = tilejson ? tilejson.tiles.map((template) => sameOrigin(template)) : [];
        if (JSON.stringify(tiles) === shown) return;
        shown = JSON.stringify(tiles);
        if (map.getLayer('heat')) map.removeLayer('heat');
        if (map.getSource('heat')) map.removeSource('heat');
        if (!tilejson) return;
        map.addSource('heat', { type: 'raster', tiles, tileSize: 256, minzoom: tilejson.minzoom ?? 0, maxzoom: tilejson.maxzoom ?? 14 });
        map.addLayer(looks().find((layer) => layer.id === 'heat'), 'township-lines');
    }

    async function askTiles(signal) {
        const own = { ...pairQuery(state[key]), theme: themeNow() === 'night' ? 'night' : null };
        const answer = await ask('tiles/heat.json', { query: own, signal, fresh: true });
        if (state.same !== '1' || unitOf(first()) !== unitOf(answer) || first().hazatlas.legend.classes.length < CLASSES_LEAST) return answer;
        const classes = first().hazatlas.legend.classes.map((item) => item.min).join(',');
        return ask('tiles/heat.json', { query: { ...own, classes }, signal, fresh: true });
    }

    async function load() {
        const signal = next();
        try {
            tilejson = lacking(state[key]) ? null : await askTiles(signal);
            fault = '';
        } catch (error) {
            if (isAbort(error)) return;
            [tilejson, fault] = [null, explain(error)];
        }
        drawTiles();
        words();
        if (name === 'A') await sides.B?.load();
    }

    map.on('error', (event) => {
        if (event.sourceId !== 'heat') return;
        fault = t('error_tiles', { text: event.error?.message ?? '' });
        words();
    });
    map.on('move', (event) => moved(name, map, event));
    map.on('click', ({ lngLat }) => chosen(lngLat.lng, lngLat.lat));
    map.getCanvas().addEventListener('keydown', (event) => {
        if (event.key === 'Enter') chosen(map.getCenter().lng, map.getCenter().lat);
    });
    on(name === 'B' ? [key, 'same'] : [key], load);
    on(['at'], mark);
    on(['lang'], () => {
        paint();
        words();
    });
    paint();
    mark();
    words();
    return { map, load, paint, tilejson: () => tilejson };
}

// boxes: { A: { map, legend }, B: … }. Gives null where this device draws no maps.
export async function heatMapsStart(boxes) {
    if (!hasWebGL2()) {
        for (const { legend } of Object.values(boxes)) legend.replaceChildren(h('p', { class: 'notice' }, t('heat_no_webgl')));
        return null;
    }
    const maplibre = await import('../../vendor/maplibre-gl/maplibre-gl.mjs');
    const sides = {};
    let leading = false;            // a map that follows does not lead
    const moved = (name, map) => {
        if (leading) return;
        leading = true;
        const { lng, lat } = map.getCenter(), zoom = map.getZoom();
        for (const [other, { map: follower }] of Object.entries(sides)) if (other !== name) follower.jumpTo({ center: [lng, lat], zoom });
        leading = false;
        set({ view: { lon: Number(lng.toFixed(6)), lat: Number(lat.toFixed(6)), zoom: Number(zoom.toFixed(3)) } });
    };
    const chosen = (lon, lat) => set({ at: { lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)) } });
    for (const [name, box] of Object.entries(boxes)) sides[name] = await side(name, box, maplibre, { moved, chosen, sides });
    on(['view'], () => {
        const { map } = sides.A, { lng, lat } = map.getCenter(), { view } = state;
        if (Math.abs(lng - view.lon) + Math.abs(lat - view.lat) > 1e-5 || Math.abs(map.getZoom() - view.zoom) > 0.01) map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom });
    });
    sides.B.map.jumpTo({ center: sides.A.map.getCenter(), zoom: sides.A.map.getZoom() });      // A may have been moved before B was there
    on(['theme'], () => {
        for (const { paint } of Object.values(sides)) paint();
        sides.A.load();             // B follows
    });
    await sides.A.load();
    return sides;
}
