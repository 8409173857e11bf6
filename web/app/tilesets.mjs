// What the server says about its layers (TileJSON with legend), fetched anew when filters or atlas change.
import { ask, explain, isAbort, sameOrigin } from './api.mjs';
import { FAMILY_IDS } from './families.mjs';
import { heatTileQuery } from './heat_choice.mjs';
import { calm } from './newest.mjs';
import { filters, on, set, state } from './store.mjs';
import { themeNow } from './theme.mjs';

const CALM_MS = 150;

// layer id → { key, tilejson, tiles, legend, error }; what came last stays while an error stands.
export const tilesets = {};
const listeners = [];
const asking = {};

export function onTilesets(fn) {
    listeners.push(fn);
}

function tell(layer) {
    for (const fn of listeners) fn(layer);
}

function queryOf(layer) {
    if (layer === 'facilities') return filters();
    if (layer === 'heat') return heatTileQuery(themeNow());
    return {};
}

const keyOf = (layer) => JSON.stringify([queryOf(layer), state.atlas]);

// The atlas number keeps a browser from answering with tiles of the atlas before.
function versioned(template) {
    if (state.atlas === null) return template;
    return `${template}${template.includes('?') ? '&' : '?'}v=${state.atlas}`;
}

const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
let following = false;

// While weights are moved the newest are asked for as soon as the answer before is there, once a frame at most.
async function follow() {
    if (following) return;
    following = true;
    await frame();
    while (tilesets.facilities?.key !== keyOf('facilities')) {
        await load('facilities');
        await frame();
    }
    following = false;
}

async function load(layer) {
    asking[layer]?.abort();
    const control = asking[layer] = new AbortController();
    const key = keyOf(layer);
    tilesets[layer] = { ...tilesets[layer], key };
    try {
        const tilejson = await ask(`tiles/${layer}.json`, { query: queryOf(layer), signal: control.signal, fresh: true });
        tilesets[layer] = {
            key, tilejson, legend: tilejson.hazatlas?.legend ?? null, error: null,
            tiles: tilejson.tiles.map((template) => versioned(sameOrigin(template))),
        };
    } catch (error) {
        if (isAbort(error)) return;
        tilesets[layer] = { ...tilesets[layer], error: explain(error) };
    }
    tell(layer);
}

// The map tells of a tile that did not come; the layer's line in the panel then says so.
export function tileFailed(layer, text) {
    if (!tilesets[layer] || tilesets[layer].error === text) return;
    tilesets[layer].error = text;
    tell(layer);
}

// again: also ask anew for what failed.
export function loadTilesets({ again = false } = {}) {
    const wanted = ['counties', 'townships', 'facilities', ...(state.layers.heat ? ['heat'] : []),
        ...FAMILY_IDS.filter((id) => state.layers[id])];
    return Promise.all(wanted
        .filter((layer) => tilesets[layer]?.key !== keyOf(layer) || again && tilesets[layer].error)
        .map(load));
}

export function tilesetsStart() {
    on(['atlas', 'cas', 'county', 'township', 'industry', 'minScore', 'heat', 'theme', 'layers'], () => { loadTilesets(); });
    on(['radar'], follow);
    on(['radar'], calm(loadTilesets, CALM_MS));         // heat by score, when the weights rest
}

export function setLayer(layer, shown) {
    set({ layers: { ...state.layers, [layer]: shown } });
}
