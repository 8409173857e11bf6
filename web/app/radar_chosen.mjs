// One score explained: the chart, then line by line from raw values through class limits and weights to the area.
import { explain } from './api.mjs';
import { h, icon } from './dom.mjs';
import { nameOf, t } from './i18n.mjs';
import { calm, newest } from './newest.mjs';
import { radarChart } from './radar.mjs';
import { chartHref, radarExplain } from './radar_answer.mjs';
import { on, set, state } from './store.mjs';
import { themeNow } from './theme.mjs';

const CALM_MS = 120;
let answer = null, fault = '', shown = '';

function view() {
    const { of, chosen } = state;
    return [h('div', { class: 'pair-head' }, h('h2', { tabindex: '-1' }, nameOf(answer)),
        h('button', { type: 'button', class: 'btn square', id: 'chosen-close', 'aria-label': t('close'), onclick: () => set({ chosen: '' }) }, icon('close'))),
    radarChart(answer), h('div', { class: 'buttons' }, h('a', { class: 'btn', id: 'chart-file', download: true, href: chartHref(of, chosen, themeNow()) }, icon('save'), 'SVG'))];
}

export function radarChosenStart(box) {
    const draw = () => {
        const parts = fault ? [h('p', { class: 'notice error', role: 'alert' }, icon('alert'), h('span', {}, fault))] : answer ? view() : [];
        box.replaceChildren(...(state.chosen && parts.length ? [h('section', { class: 'sheet', id: 'chosen' }, parts)] : []));
    };
    const load = newest(async () => {
        const { of, chosen } = state;
        if (!chosen) {
            [answer, fault, shown] = [null, '', ''];
            draw();
            return;
        }
        try {
            answer = await radarExplain(of, chosen);
            fault = '';
        } catch (error) {
            fault = explain(error);
        }
        draw();
        if (shown !== chosen) box.querySelector('h2')?.focus();
        shown = chosen;
    });
    on(['radar', 'atlas'], calm(load, CALM_MS));
    on(['of', 'chosen'], load);
    on(['lang', 'theme'], draw);
    load();
}
