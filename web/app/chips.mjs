// What narrows the view, as chips beside the search box: the substance, township and industry, the packet on the map; and the two
// switches of the page, language and theme.
import { h, icon } from './dom.mjs';
import { t } from './i18n.mjs';
import { loadPlaces, placeName } from './place_names.mjs';
import { weightsOf } from './radar_query.mjs';
import { on, set, state } from './store.mjs';
import { learn, substanceName } from './substances_field.mjs';
import { themeNow } from './theme.mjs';

// The township's name once the list of places is there; until then its code.
let placesAsked = false;

function learnPlaces(then) {
    if (!state.township || placesAsked) return;
    placesAsked = true;
    loadPlaces().then(then).catch(() => { placesAsked = false; });
}

function chip(kind, name, text, clear, open) {
    const label = [icon(name), h('span', {}, text)];
    return h('div', { class: `chip ${kind}` },
        open ? h('button', { type: 'button', class: 'chip-text', onclick: open }, label) : h('span', { class: 'chip-text' }, label),
        h('button', { type: 'button', class: 'chip-close', 'aria-label': t('remove', { name: text }), onclick: clear }, icon('close')));
}

function draw(box) {
    learn(state.cas, () => draw(box));
    learnPlaces(() => draw(box));
    box.replaceChildren(
        state.cas ? chip('substance', 'flask', substanceName(state.cas), () => set({ cas: null })) : '',
        state.township ? chip('township', 'pin', placeName(state.township), () => set({ township: '' })) : '',
        state.industry ? chip('industry', 'plant', state.industry, () => set({ industry: '' })) : '',
        Object.keys(state.radar).length ? chip('radar-weights', 'radar', t('weights_chip', { weights: weightsOf(state.radar).join(' / ') }),
            () => set({ radar: {} })) : '',
        state.packet ? chip('packet', 'alert', t('packet'),
            () => set({ packet: null, card: state.card?.kind === 'packet' ? null : state.card }),
            () => set({ card: { kind: 'packet' }, panelOpen: false })) : '');
}

function drawTools(box) {
    const night = themeNow() === 'night';
    box.replaceChildren(
        h('button', { type: 'button', class: 'btn square', id: 'lang', lang: state.lang === 'zh' ? 'en' : 'zh-Hant-TW',
            onclick: () => {
                set({ lang: state.lang === 'zh' ? 'en' : 'zh' });
                document.getElementById('lang').focus();
            } }, state.lang === 'zh' ? ['EN', h('span', { class: 'unseen' }, ' English')] : ['中', h('span', { class: 'unseen' }, '文')]),
        h('button', { type: 'button', class: 'btn square', id: 'theme', 'aria-label': night ? t('to_day') : t('to_night'),
            'aria-pressed': String(night), onclick: () => {
                set({ theme: night ? 'day' : 'night' });
                document.getElementById('theme').focus();
            } }, icon(night ? 'sun' : 'moon')));
}

export function chipsStart(box) {
    on(['cas', 'township', 'industry', 'packet', 'lang', 'card', 'radar'], () => draw(box));
    draw(box);
}

export function toolsStart(box) {
    on(['lang', 'theme'], () => drawTools(box));
    drawTools(box);
    return () => drawTools(box);
}
