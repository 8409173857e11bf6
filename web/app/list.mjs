// What is on the map, in text: the facilities nearest to its centre. For screen readers, and for pages without a map.
import { ask, isAbort } from './api.mjs';
import { h } from './dom.mjs';
import { count, metres } from './format.mjs';
import { t } from './i18n.mjs';
import { theMap } from './map.mjs';
import { signals } from './newest.mjs';
import { errorBox, loading, scoreBadge } from './parts.mjs';
import { filters, on, set, state } from './store.mjs';

const LIMIT = 30;
const WAIT_MS = 400;
const RADIUS_LIMIT_M = 50000;
const EARTH_M_PER_DEGREE = 111320;

// Half the diagonal of what the map shows, in metres on the ground.
function radius() {
    const map = theMap();
    if (!map) return RADIUS_LIMIT_M;
    const bounds = map.getBounds();
    const dy = (bounds.getNorth() - bounds.getSouth()) * EARTH_M_PER_DEGREE;
    const dx = (bounds.getEast() - bounds.getWest()) * EARTH_M_PER_DEGREE * Math.cos(state.view.lat * Math.PI / 180);
    return Math.max(100, Math.min(RADIUS_LIMIT_M, Math.ceil(Math.hypot(dx, dy) / 2)));
}

export function facilityButton(item, more) {
    return h('button', { type: 'button', class: 'row', onclick: () => set({ card: { kind: 'facility', id: item.id }, panelOpen: false }) },
        h('span', { class: 'row-text' }, h('span', { class: 'row-name' }, item.name), h('span', { class: 'row-more' }, more)),
        scoreBadge(item.score));
}

function rowText(item) {
    return [metres(item.distance_m), t('n_substances', { n: count(item.substances) }), item.number].filter(Boolean).join(' · ');
}

export function listTab(pane) {
    const next = signals();
    let timer = 0, stale = true;

    async function refresh() {
        if (state.tab !== 'list') {
            stale = true;
            return;
        }
        stale = false;
        const near = `${state.view.lon.toFixed(5)},${state.view.lat.toFixed(5)}`;
        const within = radius();
        if (!pane.childElementCount) pane.replaceChildren(loading());
        try {
            const answer = await ask('api/v1/facilities', {
                query: { near, radius: within, ...filters(), limit: LIMIT }, signal: next(),
            });
            const shown = answer.facilities.length;
            pane.replaceChildren(h('section', { class: 'section' }, h('h2', {}, t('list_title')),
                h('p', { class: 'hint' }, t('list_within', { radius: metres(within) }), ' ',
                    shown < answer.matched ? t('list_part', { shown, n: count(answer.matched) }) : t('list_all', { n: count(answer.matched) })),
                shown ? h('ol', { class: 'rows' }, answer.facilities.map((item) => h('li', {}, facilityButton(item, rowText(item)))))
                    : h('p', { class: 'notice' }, t('list_empty'))));
        } catch (error) {
            if (!isAbort(error)) pane.replaceChildren(errorBox(error, refresh));
        }
    }

    const later = () => {
        clearTimeout(timer);
        timer = setTimeout(refresh, WAIT_MS);
    };
    on(['view', 'cas', 'county', 'township', 'industry', 'minScore', 'radar', 'atlas'], later);
    on(['tab'], () => { if (stale) refresh(); });
    on(['lang'], refresh);
    refresh();
}
