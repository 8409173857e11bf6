// The map's look: which layers, in which order, painted how. Pure: state in, MapLibre layer descriptions out.
// Classes and colours of the scores come from the layer's own legend, so map, legend and server cannot disagree.

import { familyLayers } from './families.mjs';
import { inkOn, rimOn } from './ink.mjs';

const FONT = ['Noto Sans TC', 'Noto Sans CJK TC', 'PingFang TC', 'Microsoft JhengHei'];
const CELL = ['has', 'count'];
const VALUE = ['coalesce', ['get', 'score'], ['get', 'max_score']];

// The colours of a legend by the class that tiles carry: other weights move its limits, not this expression.
function byClass(legend, pick) {
    const colors = legend.classes.flatMap((item, at) => [at + 1, pick(item.color)]);
    return ['match', ['get', 'score_class'], ...colors, pick(legend.no_data.color)];
}

// What a quantity does to a radius: stops over log10(1 + kg), so a tonne stands near 3, a million tonnes near 9. The legend of
// sizes is drawn from the same stops. Cells: pixels; points: times the radius of the zoom.
const CELL_STOPS = [[0, 9], [3, 12], [6, 20], [9, 28]];
const POINT_STOPS = [[0, 0.8], [3, 1], [6, 1.6], [9, 2.4]];
const byQuantity = (stops) => ['interpolate', ['linear'], ['log10', ['+', 1, ['coalesce', ['get', 'quantity_kg'], 0]]], ...stops.flat()];

function atQuantity(stops, kg) {
    const x = Math.min(Math.log10(1 + kg), stops.at(-1)[0]), at = Math.max(1, stops.findIndex(([stop]) => stop >= x));
    const [[x0, y0], [x1, y1]] = [stops[at - 1], stops[at]];
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
}

// Radii in pixels as the map draws them: of a single facility from zoom 14 to 18 on, of a circle with a count.
export const pointRadius = (kg) => POINT_ZOOMS[2][1] * atQuantity(POINT_STOPS, kg);
export const cellRadius = (kg) => atQuantity(CELL_STOPS, kg);

// No quantity known: by count.
const CELL_RADIUS = ['max',
    ['interpolate', ['linear'], ['log10', ['+', 1, ['get', 'count']]], 0, 9, 2, 13, 4, 20],
    byQuantity(CELL_STOPS)];
const POINT_ZOOMS = [[6, 3.5], [10, 5.5], [14, 8], [18, 11]];
const POINT_RADIUS = ['interpolate', ['linear'], ['zoom'],
    ...POINT_ZOOMS.flatMap(([zoom, radius]) => [zoom, ['*', radius, byQuantity(POINT_STOPS)]])];

function facilityLayers(legend, palette, visible) {
    const stroke = { 'circle-stroke-color': byClass(legend, (c) => rimOn(c, palette)) };
    return [{
        id: 'facility-points', type: 'circle', source: 'facilities', 'source-layer': 'facilities', visible,
        filter: ['!', CELL],
        layout: { 'circle-sort-key': ['coalesce', VALUE, -1] },
        paint: { 'circle-color': byClass(legend, (c) => c), 'circle-radius': POINT_RADIUS, 'circle-stroke-width': 1.2, ...stroke },
    }, {
        id: 'facility-cells', type: 'circle', source: 'facilities', 'source-layer': 'facilities', visible,
        filter: CELL,
        layout: { 'circle-sort-key': ['coalesce', VALUE, -1] },
        paint: {
            'circle-color': byClass(legend, (c) => c), 'circle-radius': CELL_RADIUS,
            'circle-stroke-width': 1.6, 'circle-opacity': 0.95, ...stroke,
        },
    }, {
        id: 'cell-counts', type: 'symbol', source: 'facilities', 'source-layer': 'facilities', visible,
        filter: CELL,
        layout: {
            'text-field': ['case', ['>=', ['get', 'count'], 10000],
                ['concat', ['to-string', ['round', ['/', ['get', 'count'], 1000]]], 'k'],
                ['to-string', ['get', 'count']]],
            'text-font': FONT, 'text-size': 11.5, 'text-padding': 0, 'text-allow-overlap': true,
        },
        paint: { 'text-color': byClass(legend, inkOn) },
    }, {
        id: 'facility-names', type: 'symbol', source: 'facilities', 'source-layer': 'facilities', visible, minzoom: 13,
        filter: ['!', CELL],
        layout: {
            'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 13, 'text-max-width': 11,
            'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.95,
            'text-justify': 'auto', 'text-padding': 4, 'symbol-sort-key': ['-', 0, ['coalesce', VALUE, -1]],
        },
        paint: { 'text-color': palette.name, 'text-halo-color': palette.halo, 'text-halo-width': 1.8 },
    }];
}

function groundLayers(palette) {
    return [
        { id: 'land', type: 'fill', source: 'counties', 'source-layer': 'counties',
            paint: { 'fill-color': palette.land, 'fill-antialias': true } },
        { id: 'heat', type: 'raster', source: 'heat',
            paint: { 'raster-opacity': palette.heatOpacity, 'raster-fade-duration': 0, 'raster-resampling': 'nearest' } },
        { id: 'township-lines', type: 'line', source: 'townships', 'source-layer': 'townships', minzoom: 8.5,
            paint: { 'line-color': palette.township, 'line-width': ['interpolate', ['linear'], ['zoom'], 8.5, 0.6, 14, 1.6] } },
        { id: 'county-lines', type: 'line', source: 'counties', 'source-layer': 'counties',
            paint: { 'line-color': palette.county, 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.7, 14, 2.2] } },
    ];
}

function nameLayers(palette, lang, visible) {
    const field = lang === 'en' ? ['coalesce', ['get', 'name_en'], ['get', 'name']] : ['get', 'name'];
    const paint = { 'text-color': palette.text, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 };
    return [{
        id: 'township-names', type: 'symbol', source: 'townships', 'source-layer': 'townships_label', minzoom: 10, visible,
        layout: { 'text-field': field, 'text-font': FONT, 'text-size': 13, 'text-padding': 14, 'text-max-width': 8 },
        paint: { ...paint, 'text-opacity': 0.85 },
    }, {
        id: 'county-names', type: 'symbol', source: 'counties', 'source-layer': 'counties_label', maxzoom: 10.5, visible,
        layout: {
            'text-field': field, 'text-font': FONT, 'text-letter-spacing': lang === 'en' ? 0.02 : 0.12, 'text-padding': 4,
            'text-size': ['interpolate', ['linear'], ['zoom'], 6, 12.5, 10, 17], 'text-max-width': 7,
            'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'], 'text-radial-offset': 1.1,
        },
        paint,
    }];
}

function packetLayers(palette, hazard) {
    const zone = (kind) => ['==', ['get', 'kind'], kind];
    return [
        { id: 'protective-fill', type: 'fill', source: 'packet', filter: zone('protective_action'),
            paint: { 'fill-color': hazard.protective, 'fill-opacity': 0.14 } },
        { id: 'protective-hatch', type: 'fill', source: 'packet', filter: zone('protective_action'),
            paint: { 'fill-pattern': 'hatch' } },
        { id: 'protective-line', type: 'line', source: 'packet', filter: zone('protective_action'),
            paint: { 'line-color': hazard.protective, 'line-width': 3 } },
        { id: 'isolation-fill', type: 'fill', source: 'packet', filter: zone('isolation'),
            paint: { 'fill-color': hazard.isolation, 'fill-opacity': 0.38 } },
        { id: 'isolation-line', type: 'line', source: 'packet', filter: zone('isolation'),
            paint: { 'line-color': hazard.isolation, 'line-width': 3.5 } },
    ];
}

// Discs under the facilities inside the zones, so that each stands out from hatch and heat.
function insideLayer(palette, hazard) {
    return {
        id: 'inside-discs', type: 'circle', source: 'packet', filter: ['==', ['get', 'kind'], 'facility'],
        paint: {
            'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, 6, 14, 12.5, 18, 16], 'circle-color': palette.halo,
            'circle-stroke-width': 3.5,
            'circle-stroke-color': ['match', ['get', 'zone'], 'isolation', hazard.isolation, hazard.protective],
        },
    };
}

function markLayers(palette) {
    return [
        { id: 'selection-ring', type: 'circle', source: 'selection',
            paint: {
                'circle-radius': ['interpolate', ['linear'], ['zoom'], 6, 10, 14, 15, 18, 19], 'circle-opacity': 0,
                'circle-stroke-width': 4, 'circle-stroke-color': palette.ring,
            } },
        { id: 'wind-arrow', type: 'symbol', source: 'packet',
            filter: ['all', ['==', ['get', 'kind'], 'incident'], ['has', 'wind_to']],
            layout: {
                'icon-image': 'wind', 'icon-rotate': ['get', 'wind_to'], 'icon-rotation-alignment': 'map',
                'icon-anchor': 'top', 'icon-offset': [0, 16], 'icon-allow-overlap': true, 'icon-ignore-placement': true,
            } },
        { id: 'incident-mark', type: 'symbol', source: 'packet', filter: ['==', ['get', 'kind'], 'incident'],
            layout: { 'icon-image': 'incident', 'icon-allow-overlap': true, 'icon-ignore-placement': true } },
    ];
}

// Bottom to top. A layer whose legend has not come yet is left out.
export function layersFor({ layers, lang, legend, palette, dark, hazard, hasHeat, legends }) {
    const look = { layers, lang, palette, dark, legends };
    return [
        { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
        ...groundLayers(palette).map((layer) => (layer.id === 'heat' ? { ...layer, visible: layers.heat && hasHeat } : layer)),
        ...familyLayers(look, false),
        ...packetLayers(palette, hazard),
        ...nameLayers(palette, lang, layers.names),
        insideLayer(palette, hazard),
        ...(legend ? facilityLayers(legend, palette, layers.facilities) : []),
        ...familyLayers(look, true),
        ...markLayers(palette),
    ];
}
