// Layout drawings laid over the map: which of them, and the lists that switch them.
import { ask, explain, sameOrigin } from './api.mjs';
import { h, icon } from './dom.mjs';
import { t } from './i18n.mjs';
import { fitBox, theMap } from './map.mjs';
import { section } from './parts.mjs';
import { on, set, state } from './store.mjs';

const UNDER = ['inside-discs', 'facility-points'];     // drawings lie under these
const laid = new Map();         // id → the server's answer

function sourceId(id) {
    return `overlay-${id}`;
}

async function lay(map, id) {
    try {
        const layout = laid.get(id) ?? await ask(`api/v1/layouts/${id}`);
        laid.set(id, layout);
        if (!state.overlays.includes(id) || map.getSource(sourceId(id)) || !layout.image) return;
        map.addSource(sourceId(id), { type: 'image', url: sameOrigin(layout.image), coordinates: layout.corners });
        map.addLayer({ id: sourceId(id), type: 'raster', source: sourceId(id), paint: { 'raster-opacity': 0.85, 'raster-fade-duration': 0 } },
            UNDER.find((layer) => map.getLayer(layer)));
    } catch (error) {
        console.warn(explain(error));
    }
}

function sync() {
    const map = theMap();
    if (!map) return;
    for (const id of laid.keys()) {
        if (state.overlays.includes(id) || !map.getSource(sourceId(id))) continue;
        map.removeLayer(sourceId(id));
        map.removeSource(sourceId(id));
    }
    for (const id of state.overlays) lay(map, id);
}

export function overlayStart() {
    on(['overlays'], sync);
    sync();
}

function row(layout) {
    const shown = layout.image ? state.overlays.includes(layout.id) : state.layers.layouts;
    const name = [layout.name, layout.floor].filter(Boolean).join(' ');
    const toggle = () => {
        if (layout.image) set({ overlays: shown ? state.overlays.filter((id) => id !== layout.id) : [...state.overlays, layout.id] });
        else set({ layers: { ...state.layers, layouts: !shown } });
        if (!shown) fitBox(layout.bbox, 19);
        button.replaceWith(row(layout));
    };
    const button = h('button', { type: 'button', class: 'btn wide-btn', 'aria-pressed': String(shown), 'data-layout': layout.id, onclick: toggle },
        icon('layers'), shown ? t('layout_hide', { name }) : t('layout_show', { name }));
    return button;
}

// The drawings of a facility, or nothing where there are none.
export async function layoutSection(facility, signal) {
    const { layouts } = await ask('api/v1/layouts', { query: { facility }, signal });
    return layouts.length > 0 && section(t('layouts_title', { n: layouts.length }), layouts.map(row));
}

export async function layoutButton(id, signal) {
    return row(await ask(`api/v1/layouts/${id}`, { signal }));
}
