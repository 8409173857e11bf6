// The panel on the left (a sheet on phones): two tabs, layers with legends and filters, and the list of what is on the map.
import { byId, h, icon } from './dom.mjs';
import { t } from './i18n.mjs';
import { layersTab } from './layers.mjs';
import { listTab } from './list.mjs';
import { on, set, state } from './store.mjs';

const TABS = ['layers', 'list'];

function tabButton(name) {
    const move = (event) => {
        if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
        const next = TABS[(TABS.indexOf(name) + 1) % TABS.length];
        set({ tab: next });
        byId(`tab-${next}`).focus();
    };
    return h('button', {
        type: 'button', role: 'tab', id: `tab-${name}`, class: 'tab', 'aria-controls': `pane-${name}`,
        onclick: () => set({ tab: name }), onkeydown: move,
    }, icon(name), h('span', {}, ''));
}

function show() {
    for (const name of TABS) {
        const chosen = state.tab === name;
        const tab = byId(`tab-${name}`);
        tab.setAttribute('aria-selected', String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
        tab.lastElementChild.textContent = t(`tab_${name}`);
        byId(`pane-${name}`).hidden = !chosen;
    }
    document.body.classList.toggle('panel-open', state.panelOpen);
}

export function panelStart(panel) {
    const close = h('button', { type: 'button', class: 'btn square sheet-close', onclick: () => set({ panelOpen: false }) },
        icon('close'));
    const tabs = h('div', { role: 'tablist', class: 'tabs' }, TABS.map(tabButton));
    const panes = TABS.map((name) => h('div', {
        role: 'tabpanel', id: `pane-${name}`, 'aria-labelledby': `tab-${name}`, class: 'pane', tabindex: '0',
    }));
    panel.append(h('div', { class: 'panel-head' }, tabs, close), ...panes);
    const words = () => {
        close.setAttribute('aria-label', t('close'));
        tabs.setAttribute('aria-label', t('panel_label'));
        show();
    };
    layersTab(panes[0]);
    listTab(panes[1]);
    on(['tab', 'panelOpen'], show);
    on(['lang'], words);
    words();
    panel.addEventListener('keydown', (event) => {
        if (event.key === 'Escape' && state.panelOpen) set({ panelOpen: false });
    });
}
