// The frame of the pages beside the map (imports, doubtful matches, quality): head with links, language and theme. Both are kept
// in the address, so that they go along from page to page and to whom the link is sent.
import { toolsStart } from './chips.mjs';
import { byId, h, icon } from './dom.mjs';
import { langStart, t } from './i18n.mjs';
import { on, set, state } from './store.mjs';
import { themeStart } from './theme.mjs';

export const PAGES = [['radar', 'radar.html'], ['heat', 'heat.html'], ['checks', 'checks.html'], ['imports', 'imports.html'], ['review', 'review.html'], ['quality', 'quality.html']];

let own = {};       // what the page itself keeps in the address

function readAddress() {
    const query = deskQuery();
    if (['zh', 'en'].includes(query.get('lang'))) set({ lang: query.get('lang') });
    if (['day', 'night', 'auto'].includes(query.get('theme'))) set({ theme: query.get('theme') });
}

// Language and theme as the address carries them.
export function deskHash() {
    return `#lang=${state.lang}${state.theme === 'auto' ? '' : `&theme=${state.theme}`}`;
}

function address() {
    return deskHash() + Object.entries(own).filter(([, value]) => value).map(([key, value]) => `&${key}=${encodeURIComponent(value)}`).join('');
}

// The page's own part of the address: { name: value }; empty values are left out.
export function deskKeep(values) {
    own = values;
    if (location.hash !== address()) history.replaceState(null, '', address());
}

export function deskQuery() {
    return new URLSearchParams(location.hash.slice(1));
}

export function deskStart(page) {
    readAddress();
    const tools = h('div', { class: 'tools' });
    const nav = h('nav', { class: 'desk-nav' });
    const words = () => {
        for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
        document.title = `${t(`desk_${page}`)} · HazAtlas`;
        nav.setAttribute('aria-label', t('desk_nav'));
        nav.replaceChildren(h('a', { class: 'btn', href: `./${deskHash()}` }, icon('layers'), t('desk_map')),
            ...PAGES.map(([name, file]) => h('a', { class: 'btn', href: `${file}${deskHash()}`, 'aria-current': name === page ? 'page' : null },
                t(`desk_${name}`))));
        const here = nav.querySelector('[aria-current]');       // phones: the page's own link is in sight
        nav.scrollLeft = here.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;
    };
    byId('desk-head').append(nav, tools);
    langStart(words);
    const drawTools = toolsStart(tools);
    themeStart(() => {
        drawTools();
        words();
    });
    on(['lang', 'theme'], () => {
        history.replaceState(null, '', address());
        words();
    });
}
