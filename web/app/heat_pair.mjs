// Two heat maps that are compared: what each is asked for, as the interface's parameters, as text in the address, and back. Pure.
import { HEAT_BEHAVIOURS, HEAT_BY, HEAT_KERNELS, heatOffers, PUBLIC_BY, YEAR } from './heat_choice.mjs';
import { radarFrom } from './radar_query.mjs';

export const UNITS = ['mg/kg', 'ug/L', 'ug/m3'];
export const ZONES = ['county', 'township', 'basin'];
export const SUBSTANCES_MOST = 32;         // of the interface
const CAS = /^\d{2,7}-\d\d-\d$/, CODE = /^[A-Za-z0-9_-]{1,64}$/;
const DEFAULT = Object.freeze({ by: 'count', kernel: 'quartic', radius: 2500, cas: [], behaviour: '', county: '', from: '', to: '', unit: '', tier: '', radar: {} });

export function pairChoice(patch = {}) {
    return { ...DEFAULT, ...patch };
}

// Which of the parameters mean something for what is summed: the server refuses the others.
export function applies({ by, tier }, name) {
    if (tier) return name === 'cas' && by !== 'concentration';
    if (name === 'behaviour') return by !== 'incidents' && by !== 'concentration';
    if (name === 'unit') return by === 'concentration';
    return name !== 'radar' || by === 'radar';
}

export function substancesMost({ by, tier }) {
    return tier || by === 'concentration' ? 1 : SUBSTANCES_MOST;
}

// The parameters of the interface; what is as by default is left out.
export function pairQuery(choice) {
    const changed = Object.entries(choice).filter(([name, value]) => name !== 'by' && name !== 'tier' && name !== 'radar' && applies(choice, name)
        && JSON.stringify(value) !== JSON.stringify(DEFAULT[name]));
    return { by: choice.by, ...Object.fromEntries(changed.map(([name, value]) => [name, name === 'cas' ? value.slice(0, substancesMost(choice)).join(',') : String(value)])),
        ...(choice.tier && { tier: choice.tier }), ...(applies(choice, 'radar') && choice.radar) };
}

export function pairText(choice) {
    return new URLSearchParams(pairQuery(choice)).toString();
}

// What of a text is no choice of ours stays as by default.
export function pairFrom(text) {
    const query = new URLSearchParams(text ?? '');
    const one = (name, choices) => (choices.includes(query.get(name)) ? query.get(name) : DEFAULT[name]);
    const like = (name, pattern) => (pattern.test(query.get(name) ?? '') ? query.get(name) : '');
    const radius = Number(query.get('radius'));
    const tier = one('tier', ['public']);
    return pairChoice({
        by: one('by', tier ? PUBLIC_BY : HEAT_BY), kernel: one('kernel', HEAT_KERNELS), radius: radius >= 100 && radius <= 20000 ? radius : DEFAULT.radius,
        cas: (query.get('cas') ?? '').split(',').filter((cas) => CAS.test(cas)).slice(0, SUBSTANCES_MOST), behaviour: one('behaviour', HEAT_BEHAVIOURS),
        county: like('county', CODE), from: like('from', YEAR), to: like('to', YEAR), unit: one('unit', UNITS), tier, radar: radarFrom(query),
    });
}

// Why a choice cannot be asked for yet: the key of a text, or ''.
export function lacking(choice) {
    return heatOffers(choice.by, { tier: choice.tier, cas: choice.cas[0] }) ? '' : 'heat_wants_substance';
}

// The report's question: do measured concentrations of a substance and its use coincide?
export function coincide(cas, unit = '') {
    return { a: pairChoice({ by: 'concentration', cas: [cas], unit }), b: pairChoice({ by: 'quantity', behaviour: 'use', cas: [cas] }), zones: 'basin' };
}
