// Starts the page: what the address says, the parts of the page, then the map if this device can draw one.
import { cardStart } from './card.mjs';
import { chipsStart, toolsStart } from './chips.mjs';
import { dockStart } from './dock.mjs';
import { byId, h, icon } from './dom.mjs';
import { langStart, t } from './i18n.mjs';
import { interactStart } from './interact.mjs';
import { isDrawn, mapStart, themeChanged, theMap } from './map.mjs';
import { overlayStart } from './overlay.mjs';
import { packetStart } from './packet.mjs';
import { panelStart } from './panel.mjs';
import { partsStart } from './parts.mjs';
import { permalinkStart } from './permalink.mjs';
import { roomStart } from './room.mjs';
import { searchStart } from './search.mjs';
import { statusStart } from './status.mjs';
import { on, set, state } from './store.mjs';
import { themeStart } from './theme.mjs';
import { loadTilesets, tilesetsStart } from './tilesets.mjs';
import { hasWebGL2 } from './webgl.mjs';

function words() {
    for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
    for (const element of document.querySelectorAll('[data-t-label]')) element.setAttribute('aria-label', t(element.dataset.tLabel));
    document.title = t('app_title');
}

// Everything but the map works without WebGL2: search, list, cards, packets.
function withoutMap(why) {
    document.body.classList.add('no-map');
    byId('incident-centre').hidden = true;
    byId('map').hidden = true;
    const box = byId('no-map');
    const draw = () => box.replaceChildren(h('div', { class: 'notice warn' }, icon('alert'),
        h('div', {}, h('strong', {}, t('no_map')), h('p', {}, t('no_map_more')), why && h('p', { class: 'faint' }, why))));
    box.hidden = false;
    on(['lang'], draw);
    draw();
    set({ tab: 'list', panelOpen: true });
}

async function startMap() {
    if (!hasWebGL2()) {
        withoutMap('');
        return;
    }
    try {
        const maplibre = await import('../../vendor/maplibre-gl/maplibre-gl.mjs');
        const map = await mapStart(maplibre, byId('map'));
        roomStart(map);
        interactStart(map);
        overlayStart();
    } catch (error) {
        withoutMap(String(error.message ?? error));
    }
}

async function start() {
    permalinkStart();
    langStart(words);
    const drawTools = toolsStart(byId('tools'));
    themeStart(() => {
        themeChanged();
        drawTools();
    });
    searchStart(document.querySelector('.search'));
    chipsStart(byId('chips'));
    panelStart(byId('panel'));
    cardStart(byId('card'));
    dockStart(byId('dock'), byId('incident-centre'));
    packetStart();
    partsStart();
    tilesetsStart();
    // The first status brings the atlas number that the tiles' addresses carry; without an answer they are asked for all the same.
    const first = statusStart(byId('status')).then(() => loadTilesets());
    await Promise.all([startMap(), first]);
}

// For tests and for people who look: read only.
Object.defineProperty(window, 'hazatlas', {
    value: Object.freeze({
        get map() { return theMap(); },
        get drawn() { return isDrawn(); },
        get state() { return JSON.parse(JSON.stringify(state)); },
    }),
});
start();
