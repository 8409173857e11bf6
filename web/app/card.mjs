// One card at a time, at the right (a sheet on phones). Each kind of card is a function that fetches and returns its parts.
import { isAbort } from './api.mjs';
import { byId, h, icon } from './dom.mjs';
import { facilityCard } from './facility.mjs';
import { t } from './i18n.mjs';
import { incidentCard } from './incident.mjs';
import { reveal, setData, theMap } from './map.mjs';
import { packetCard } from './packet.mjs';
import { calm, signals } from './newest.mjs';
import { errorBox, loading } from './parts.mjs';
import { pickCard, placeCard } from './place.mjs';
import { recordCard } from './record.mjs';
import { on, set, state } from './store.mjs';

// (card, signal) → { first, title, more, body, place: [lon, lat] | null }
const KINDS = { facility: facilityCard, record: recordCard, place: placeCard, pick: pickCard, incident: incidentCard, packet: packetCard };

const CALM_MS = 200;            // weights that are moved ask for the card's figures when they rest
const next = signals();
let before = null;              // what had the focus when the card opened
let tall = false;               // phones: the sheet covers most of the screen

function ring(place) {
    setData('selection', place && {
        type: 'FeatureCollection',
        features: [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: place } }],
    });
}

export function closeCard() {
    set({ card: null });
}

function head(card, parts) {
    const grow = h('button', { type: 'button', class: 'btn square sheet-only', 'aria-expanded': String(tall),
        'aria-label': tall ? t('shrink') : t('grow'), onclick: () => {
            tall = !tall;
            document.body.classList.toggle('card-tall', tall);
            grow.setAttribute('aria-label', tall ? t('shrink') : t('grow'));
            grow.setAttribute('aria-expanded', String(tall));
            grow.replaceChildren(icon(tall ? 'shrink' : 'grow'));
        } }, icon(tall ? 'shrink' : 'grow'));
    const back = state.packet && card.kind !== 'packet' && card.kind !== 'incident'
        && h('button', { type: 'button', class: 'btn back', onclick: () => set({ card: { kind: 'packet' } }) },
            icon('back'), t('back_to_packet'));
    return h('header', { class: 'card-head' },
        h('div', { class: 'card-bar' }, parts.first ?? h('span', { class: 'kind' }, t(`card_${card.kind}`)),
            grow, h('button', { type: 'button', class: 'btn square', id: 'card-close', 'aria-label': t('close'), onclick: closeCard },
                icon('close'))),
        back, h('h2', { class: 'card-title', tabindex: '-1' }, parts.title), parts.more);
}

async function show(box, focus) {
    const { card } = state, signal = next();
    document.body.classList.toggle('card-open', Boolean(card));
    box.hidden = !card;
    if (!card) {
        document.body.classList.remove('card-tall');
        tall = false;
        ring(null);
        box.replaceChildren();
        return;
    }
    box.dataset.kind = card.kind;
    if (focus) box.replaceChildren(head(card, { title: t('loading') }), h('div', { class: 'card-body' }, loading()));
    try {
        const parts = await KINDS[card.kind](card, signal);
        if (signal.aborted) return;
        const top = focus ? 0 : box.querySelector('.card-body')?.scrollTop ?? 0;
        box.replaceChildren(head(card, parts), h('div', { class: 'card-body' }, parts.body));
        box.querySelector('.card-body').scrollTop = top;
        ring(parts.place ?? null);
        if (focus && parts.place) reveal(...parts.place);
    } catch (error) {
        if (isAbort(error)) return;
        box.replaceChildren(head(card, { first: h('span', { class: 'kind' }), title: t(`card_${card.kind}`) }),
            h('div', { class: 'card-body' }, errorBox(error, () => show(box, true))));
    }
    if (focus) box.querySelector('.card-title').focus({ preventScroll: true });
}

export function cardStart(box) {
    on(['card'], () => {
        const opened = !box.hidden;
        if (state.card && !opened) before = document.activeElement;
        show(box, Boolean(state.card));
        if (!state.card && opened) {
            const target = before?.isConnected && before !== document.body ? before : theMap()?.getCanvas() ?? byId('search-input');
            target.focus({ preventScroll: true });
        }
    });
    // Another packet for the card of one; for other cards the way back to it.
    on(['packet'], (changed) => {
        if (state.card && state.card.kind !== 'incident' && !changed.has('card')) show(box, state.card.kind === 'packet');
    });
    on(['lang'], () => { if (state.card) show(box, false); });
    on(['heat', 'cas', 'county', 'radar'], calm(() => { if (state.card?.kind === 'place') show(box, false); }, CALM_MS));
    on(['radar'], calm(() => { if (state.card?.kind === 'facility') show(box, false); }, CALM_MS));
    box.addEventListener('keydown', (event) => { if (event.key === 'Escape') closeCard(); });
    if (state.card) show(box, false);
}
