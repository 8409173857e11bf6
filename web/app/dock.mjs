// Phones: three large buttons at the bottom. Wider screens: one floating button for an incident at the map's centre.
import { h, icon } from './dom.mjs';
import { t } from './i18n.mjs';
import { incidentAt } from './interact.mjs';
import { on, set, state } from './store.mjs';

function atCentre() {
    incidentAt(state.view.lon, state.view.lat);
}

export function dockStart(dock, floating) {
    const tab = (name) => h('button', { type: 'button', class: 'dock-button', onclick: () => set({ tab: name, panelOpen: true, card: null }) },
        icon(name), t(`tab_${name}`));
    floating.addEventListener('click', atCentre);
    const draw = () => {
        dock.replaceChildren(tab('layers'), tab('list'),
            h('button', { type: 'button', class: 'dock-button incident', onclick: atCentre }, icon('target'), t('incident_centre_short')));
        floating.replaceChildren(icon('target'), t('incident_centre'));
    };
    on(['lang'], draw);
    draw();
}
