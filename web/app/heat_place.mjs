// Both values at a place that was chosen on one of the maps, and who makes them.
import { deskHash } from './desk.mjs';
import { h, icon } from './dom.mjs';
import { lonLat } from './format.mjs';
import { contributorCard, heatHere, heatTitle } from './heat_here.mjs';
import { lacking, pairQuery } from './heat_pair.mjs';
import { t } from './i18n.mjs';
import { signals } from './newest.mjs';
import { on, set, state } from './store.mjs';

function open(item, parts) {
    const card = contributorCard(item);
    const address = card && (card.kind === 'facility' ? `facility:${card.id}` : `record:${card.family}:${card.id}`);
    return card ? h('a', { class: 'row', href: `./${deskHash()}&card=${address}` }, parts) : h('div', { class: 'row' }, parts);
}

export function heatPlaceStart(box) {
    const next = signals();
    const draw = async ({ focus = false } = {}) => {
        const signal = next(), { at } = state;
        if (!at) {
            box.replaceChildren(h('section', { class: 'sheet' }, h('h2', {}, t('heat_at')), h('p', { class: 'hint' }, t('heat_at_hint'))));
            return;
        }
        try {
            const sides = await Promise.all(['A', 'B'].map(async (side) => {
                const choice = state[`heat${side}`], lack = lacking(choice);
                return h('div', { class: 'at-side', id: `at-${side.toLowerCase()}` }, h('h3', {}, t('heat_side', { side }), ' · ', heatTitle(choice.by)),
                    lack ? h('p', { class: 'notice' }, t(lack)) : await heatHere({ ...at, query: pairQuery(choice), signal, open }));
            }));
            if (signal.aborted) return;
            box.replaceChildren(h('section', { class: 'sheet' }, h('div', { class: 'pair-head' }, h('h2', { tabindex: '-1' }, t('heat_at'), ' ', h('span', { class: 'faint' }, lonLat(at.lon, at.lat))),
                h('button', { type: 'button', class: 'btn square', 'aria-label': t('close'), onclick: () => set({ at: null }) }, icon('close'))), h('div', { class: 'pair' }, sides)));
            if (focus) box.querySelector('h2').focus({ preventScroll: true });
        } catch (error) {
            if (!signal.aborted) throw error;
        }
    };
    on(['at'], () => draw({ focus: true }));
    on(['heatA', 'heatB', 'lang'], () => draw());
    draw();
}
