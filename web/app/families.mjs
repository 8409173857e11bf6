// The families of records that the map can show: their groups, shapes, symbols and colours. Ids are the server's layers.
import { rimOn } from './ink.mjs';

// mark: outline of the symbol; sign: [zh, en] letter in it, so that kinds differ by more than colour; by class where there are several.
export const FAMILIES = [
    { id: 'zones', group: 'response', shape: 'area', day: '#1f56a8', night: '#7db3ff' },
    { id: 'places', group: 'response', shape: 'point', mark: 'square', color: '#1f4e8c', sign: ['點', '•'], classes: {
        hospital: { color: '#a3122f', sign: ['醫', 'H'] }, fire_station: { color: '#b3410e', sign: ['消', 'F'] },
        shelter: { color: '#2b6a2f', sign: ['避', 'S'] }, school: { color: '#1f4e8c', sign: ['校', 'E'] },
        hydrant: { color: '#8a2d12', sign: ['栓', 'Y'] }, water_intake: { color: '#0b6470', sign: ['取', 'W'] },
    } },
    { id: 'incidents', group: 'response', shape: 'point', mark: 'diamond', color: '#7a1022', sign: ['事', '!'] },
    { id: 'layouts', group: 'response', shape: 'line', day: '#5b2a86', night: '#c9a2f0' },
    { id: 'basins', group: 'water', shape: 'area', day: '#0f7480', night: '#5fc6d0' },
    { id: 'rivers', group: 'water', shape: 'line', day: '#0f7480', night: '#5fc6d0' },
    { id: 'sites', group: 'water', shape: 'point', mark: 'circle', color: '#0b6470', sign: ['站', 'P'] },
    { id: 'samples', group: 'water', shape: 'point', mark: 'triangle', color: '#0b6470', sign: ['樣', 'S'] },
    { id: 'contaminated', group: 'risk', shape: 'point', mark: 'triangle', color: '#6b4712', sign: ['污', 'C'] },
    { id: 'stations', group: 'risk', shape: 'point', mark: 'circle', color: '#553a8a', sign: ['測', 'M'] },
    { id: 'stocks', group: 'risk', shape: 'point', mark: 'square', color: '#7a2f63', sign: ['化', 'C'] },
    // Not records of their own: what checks found of the facilities. graded: coloured by the layer's legend; badge: where it stands
    // beside the facility's circle, px; number: what a circle of several says; page: the list of them.
    { id: 'thresholds', group: 'checks', shape: 'point', graded: true, derived: true, badge: [-9, -9], number: 'report', page: 'checks.html' },
    { id: 'anomalies', group: 'checks', shape: 'point', graded: true, derived: true, badge: [9, -9], number: 'anomalies', page: 'checks.html', kind: 'anomalies' },
    // And how good the positions are.
    { id: 'missing_positions', group: 'quality', shape: 'area', graded: true, derived: true },
    { id: 'doubtful_positions', group: 'quality', shape: 'point', mark: 'diamond', color: '#5b4a00', sign: ['疑', '?'], derived: true, classes: {
        other_county: { color: '#a3122f', sign: ['縣', 'C'] }, coast: { color: '#0b6470', sign: ['岸', 'S'] },
        unchecked: { color: '#55606a', sign: ['未', 'U'] }, shared: { color: '#6b4712', sign: ['同', 'P'] },
        far_from_river: { color: '#553a8a', sign: ['遠', 'R'] },
    } },
];
export const GROUPS = ['response', 'water', 'risk', 'checks', 'quality'];
export const FAMILY_IDS = FAMILIES.map((family) => family.id);
export const RECORD_IDS = FAMILIES.filter((family) => !family.derived).map((family) => family.id);

// Every symbol of the map: { name, mark, color, sign }.
export function symbols() {
    return FAMILIES.filter((family) => family.shape === 'point' && !family.graded).flatMap((family) => [
        { name: family.id, mark: family.mark, color: family.color, sign: family.sign },
        ...Object.entries(family.classes ?? {}).map(([name, look]) => ({ name: `${family.id}-${name}`, mark: family.mark, ...look })),
    ]);
}

const FONT = ['Noto Sans TC', 'Noto Sans CJK TC', 'PingFang TC', 'Microsoft JhengHei'];
const CELL = ['has', 'count'];
const CELL_RADIUS = ['interpolate', ['linear'], ['log10', ['+', 1, ['get', 'count']]], 0, 8, 2, 12, 4, 18];

const NO_COLOR = '#9e9e9e';      // the legends' own grey, where a legend has none

// The colours of a legend's classes, or what `pick` makes of them; grey where nothing is known.
function byLegend(legend, pick = (color) => color) {
    return ['case', ['!', ['has', legend.property]], pick(legend.no_data?.color ?? NO_COLOR),
        ['step', ['get', legend.property], pick(legend.classes[0].color), ...legend.classes.slice(1).flatMap((item) => [item.min, pick(item.color)])]];
}

// Badges at the corners of the facilities' circles; those of several say how many of them were found.
function gradedPoints(family, palette, visible, legend) {
    if (!legend) return [];
    const common = { source: family.id, 'source-layer': family.id, visible };
    const circle = { ...common, type: 'circle' };
    const paint = { 'circle-color': byLegend(legend), 'circle-stroke-width': 1.6, 'circle-stroke-color': byLegend(legend, (color) => rimOn(color, palette)),
        'circle-translate': family.badge };
    return [
        { ...circle, id: `${family.id}-cell`, filter: CELL, paint: { ...paint, 'circle-radius': CELL_RADIUS } },
        { ...common, id: `${family.id}-count`, type: 'symbol', filter: CELL,
            paint: { 'text-color': '#111111', 'text-halo-color': '#ffffff', 'text-halo-width': 1.6, 'text-translate': family.badge },
            layout: { 'text-field': ['to-string', ['get', family.number]], 'text-font': FONT, 'text-size': 11, 'text-allow-overlap': true } },
        { ...circle, id: `${family.id}-point`, filter: ['!', CELL], layout: { 'circle-sort-key': ['coalesce', ['get', legend.property], -1] },
            paint: { ...paint, 'circle-radius': ['interpolate', ['linear'], ['zoom'], 6, 4, 10, 5.5, 14, 7.5] } },
    ];
}

// Counties by a share; nothing until the legend has come.
function gradedLayers(family, palette, name, visible, legend) {
    if (!legend) return [];
    const color = byLegend(legend);
    const common = { source: family.id, visible };
    return [
        { ...common, id: `${family.id}-fill`, type: 'fill', 'source-layer': family.id,
            paint: { 'fill-color': color, 'fill-outline-color': palette.county } },
        { ...common, id: `${family.id}-name`, type: 'symbol', 'source-layer': `${family.id}_label`,
            layout: { 'text-font': FONT, 'text-size': 13, 'text-padding': 4, 'text-field': ['concat', name, '\n',
                ['to-string', ['get', 'missing']], ' / ', ['to-string', ['get', 'facilities']]] },
            paint: { 'text-color': palette.name, 'text-halo-color': palette.halo, 'text-halo-width': 1.8 } },
    ];
}

function shapeLayers(family, palette, dark, name, visible) {
    const color = dark ? family.night : family.day;
    const common = { source: family.id, 'source-layer': family.id, visible };
    const text = { 'text-color': color, 'text-halo-color': palette.halo, 'text-halo-width': 1.8 };
    const line = { ...common, id: `${family.id}-line`, type: 'line',
        paint: { 'line-color': color, 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 1.2, 12, 2.6] } };
    const font = { 'text-field': name, 'text-font': FONT, 'text-size': 13, 'text-padding': 8 };
    if (family.shape === 'line') {
        return [line, { ...common, id: `${family.id}-name`, type: 'symbol', minzoom: 8, paint: text,
            layout: { ...font, 'symbol-placement': 'line' } }];
    }
    return [
        { ...common, id: `${family.id}-fill`, type: 'fill', paint: { 'fill-color': color, 'fill-opacity': 0.07 } }, line,
        { ...common, id: `${family.id}-name`, type: 'symbol', 'source-layer': `${family.id}_label`, minzoom: 7, layout: font, paint: text },
    ];
}

function pointLayers(family, palette, lang, name, visible) {
    const common = { source: family.id, 'source-layer': family.id, visible };
    const classes = Object.keys(family.classes ?? {});
    const image = `${family.id}-${lang}`;
    return [
        { ...common, id: `${family.id}-cell`, type: 'circle', filter: CELL, paint: { 'circle-color': family.color,
            'circle-radius': CELL_RADIUS, 'circle-stroke-width': 1.6, 'circle-stroke-color': '#ffffff' } },
        { ...common, id: `${family.id}-count`, type: 'symbol', filter: CELL, paint: { 'text-color': '#ffffff' },
            layout: { 'text-field': ['to-string', ['get', 'count']], 'text-font': FONT, 'text-size': 11, 'text-allow-overlap': true } },
        { ...common, id: `${family.id}-point`, type: 'symbol', filter: ['!', CELL],
            layout: {
                'icon-image': classes.length ? ['match', ['get', 'class'],
                    ...classes.flatMap((item) => [item, `${family.id}-${item}-${lang}`]), image] : image,
                'icon-size': ['interpolate', ['linear'], ['zoom'], 7, 0.5, 11, 0.8, 15, 1.1],
                'icon-allow-overlap': true, 'icon-ignore-placement': true,
                'text-field': ['step', ['zoom'], '', 13, name], 'text-font': FONT, 'text-size': 12.5, 'text-max-width': 10,
                'text-anchor': 'top', 'text-offset': [0, 1.1], 'text-optional': true,
            },
            paint: { 'text-color': palette.name, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 } },
    ];
}

// Areas and lines lie under the facilities, points over them.
export function familyLayers({ layers, lang, palette, dark, legends }, points) {
    const name = lang === 'en' ? ['coalesce', ['get', 'name_en'], ['get', 'name']] : ['get', 'name'];
    return FAMILIES.filter((family) => (family.shape === 'point') === points).flatMap((family) => (points
        ? family.graded ? gradedPoints(family, palette, layers[family.id], legends?.[family.id]) : pointLayers(family, palette, lang, name, layers[family.id])
        : family.graded ? gradedLayers(family, palette, name, layers[family.id], legends?.[family.id])
            : shapeLayers(family, palette, dark, name, layers[family.id])));
}
