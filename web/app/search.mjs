// The one search box: name, address, number, CAS, UN number, 中文 or English, coordinates.
import { combobox } from './combobox.mjs';
import { h, icon } from './dom.mjs';
import { find } from './find.mjs';
import { t } from './i18n.mjs';
import { flyTo } from './map.mjs';
import { on, set } from './store.mjs';

function chosen(item, input) {
    input.value = '';
    input.blur();
    if (item.type === 'substance') {
        set({ cas: item.cas, tab: 'list' });
        return;
    }
    set({
        panelOpen: false,
        card: item.type === 'facility' ? { kind: 'facility', id: item.id } : { kind: 'place', lon: item.lon, lat: item.lat },
    });
    if (item.lon !== null) flyTo(item.lon, item.lat, item.type === 'facility' ? 14 : 13);
}

export function searchStart(container) {
    const input = h('input', { id: 'search-input', type: 'search', enterkeyhint: 'search', class: 'search-input' });
    const popup = h('div', { class: 'popup', id: 'search-list', hidden: true });
    container.append(icon('search'), input, popup);
    const words = () => {
        input.placeholder = t('search_hint');
        input.setAttribute('aria-label', t('search_name'));
    };
    combobox(input, popup, { find, chosen });
    on(['lang'], words);
    words();
}
