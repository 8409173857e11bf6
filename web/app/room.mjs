// How much of the map the panels cover, so that its centre is the middle of what can be seen; and the cross that marks it.
import { byId } from './dom.mjs';
import { setRoom } from './map.mjs';
import { on, state } from './store.mjs';

// The same numbers as in layout.css.
const PHONE = matchMedia('(max-width: 900px)'), TABLET = matchMedia('(max-width: 1180px)');
const PANEL = 404, CARD = 444, EDGE = 12, TOP = 68, BOTTOM = 40, PHONE_TOP = 68, PHONE_BOTTOM = 104, SHEET_PART = 0.56;

function padding() {
    if (PHONE.matches) {
        const sheet = state.card || state.panelOpen;
        return { top: PHONE_TOP, bottom: sheet ? Math.round(innerHeight * SHEET_PART) : PHONE_BOTTOM, left: 0, right: 0 };
    }
    return { top: TOP, bottom: BOTTOM, left: state.card && TABLET.matches ? EDGE : PANEL, right: state.card ? CARD : 0 };
}

export function roomStart(map) {
    const cross = byId('crosshair');
    const mark = () => {
        const { x, y } = map.project(map.getCenter());
        cross.style.left = `${x}px`;
        cross.style.top = `${y}px`;
    };
    const fit = () => {
        setRoom(padding());
        mark();
    };
    on(['card', 'panelOpen'], fit);
    map.on('resize', fit);
    map.on('move', mark);
    map.on('moveend', mark);
    cross.removeAttribute('hidden');
    fit();
}
