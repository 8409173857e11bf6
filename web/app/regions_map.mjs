// The map of regions: polygons in classes of the shown measure, with the county lines of the map page.
import { colorsOf, NONE } from './regions_scale.mjs';
import { mapTexts } from './i18n.mjs';
import { sameOrigin } from './api.mjs';
import { palette, themeNow } from './theme.mjs';
import { hasWebGL2 } from './webgl.mjs';

const TAIWAN = [[118.1, 21.8], [122.1, 26.5]], MAIN_ISLAND = [[119.3, 21.85], [122.05, 25.35]];
const EMPTY = { type: 'FeatureCollection', features: [] };
const PADDING = 16;

function fill(limits) {
    const colors = colorsOf(limits), value = ['get', 'value'];
    const step = limits.length ? ['step', value, colors[0], ...limits.flatMap((limit, at) => [limit, colors[at + 1]])] : colors[0];
    return ['case', ['!', ['has', 'value']], NONE[themeNow()], step];
}

// Gives null where this device draws no maps. { show(collection, limits), mark(id), theme() }; chosen(id) on a click.
export async function regionsMap(container, countyTiles, chosen) {
    if (!hasWebGL2()) return null;
    const maplibre = await import('../../vendor/maplibre-gl/maplibre-gl.mjs');
    const map = new maplibre.Map({
        container, style: { version: 8, sources: {}, layers: [], transition: { duration: 0 } }, bounds: MAIN_ISLAND,
        fitBoundsOptions: { padding: PADDING }, minZoom: 4, maxZoom: 14, maxBounds: [[110, 16], [130, 31]], attributionControl: false, locale: mapTexts(),
        maxPitch: 0, dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0, cooperativeGestures: false, scrollZoom: false,
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new maplibre.NavigationControl({ showCompass: false }), 'bottom-right');
    await new Promise((resolve) => { map.once('style.load', resolve); });
    map.addSource('regions', { type: 'geojson', data: EMPTY, promoteId: 'region' });
    map.addSource('counties', { type: 'vector', tiles: countyTiles.map(sameOrigin), maxzoom: 14 });
    map.addLayer({ id: 'sea', type: 'background', paint: {} });
    map.addLayer({ id: 'land', type: 'fill', source: 'counties', 'source-layer': 'counties', paint: {} });
    map.addLayer({ id: 'regions', type: 'fill', source: 'regions', paint: { 'fill-color': NONE.day, 'fill-opacity': 0.88 } });
    map.addLayer({ id: 'region-lines', type: 'line', source: 'regions', paint: { 'line-width': 0.7, 'line-opacity': 0.7 } });
    map.addLayer({ id: 'county-lines', type: 'line', source: 'counties', 'source-layer': 'counties', paint: { 'line-width': 1.2 } });
    map.addLayer({ id: 'region-marked', type: 'line', source: 'regions', filter: ['==', ['get', 'region'], ''], paint: { 'line-width': 4 } });
    map.on('click', 'regions', (event) => chosen(event.features[0].properties.region));
    map.on('mousemove', 'regions', () => { map.getCanvas().style.cursor = 'pointer'; });
    map.on('mouseleave', 'regions', () => { map.getCanvas().style.cursor = ''; });
    const theme = () => {
        const now = palette();
        map.setPaintProperty('sea', 'background-color', now.sea);
        map.setPaintProperty('land', 'fill-color', now.land);
        map.setPaintProperty('region-lines', 'line-color', now.outline);
        map.setPaintProperty('county-lines', 'line-color', now.outline);
        map.setPaintProperty('region-marked', 'line-color', now.ring);
    };
    theme();
    let last = null;
    return {
        map, theme,
        show(collection, limits) {
            if (collection !== last) map.getSource('regions').setData(collection);
            last = collection;
            map.setPaintProperty('regions', 'fill-color', fill(limits));
        },
        mark(id) {
            map.setFilter('region-marked', ['==', ['get', 'region'], id ?? '']);
        },
        wholeTaiwan(all) {
            map.fitBounds(all ? TAIWAN : MAIN_ISLAND, { padding: PADDING, animate: false });
        },
    };
}
