// What kills first, in one line: what reacts with water, then what is toxic to breathe, then the highest hazard.
import { h, icon } from './dom.mjs';
import { nameOf, t } from './i18n.mjs';

const NAMES = 2;                // substances named in the line; the rest are counted

const reacts = (item) => item.water_reactive === true || item.order_reason === 'water_reactive';
const breathed = (item) => item.toxic_by_inhalation === true || item.order_reason === 'toxic_by_inhalation';

function worst(nfpa) {
    const rows = [['health', nfpa?.health], ['flammability', nfpa?.flammability], ['instability', nfpa?.instability]]
        .filter(([, value]) => Number.isFinite(value)).sort((a, b) => b[1] - a[1]);
    return rows[0] ?? null;
}

function named(items) {
    const shown = items.slice(0, NAMES).map(nameOf).join(t('comma'));
    return items.length > NAMES ? t('and_more', { names: shown, n: items.length }) : shown;
}

export function line(level, picture, strong, text) {
    return h('p', { class: `first ${level}` }, icon(picture),
        h('span', {}, h('strong', {}, strong), text && h('span', { class: 'first-more' }, text)));
}

export function firstLine(substances) {
    const water = substances.filter(reacts);
    if (water.length) return line('danger', 'water', t('first_water'), named(water));
    const toxic = substances.filter(breathed);
    if (toxic.length) return line('danger', 'toxic', t('first_toxic'), named(toxic));
    const hazards = substances.map((item) => ({ item, top: worst(item.nfpa) })).filter(({ top }) => top)
        .sort((a, b) => b.top[1] - a.top[1]);
    if (hazards.length) {
        const { item, top } = hazards[0];
        return line(top[1] >= 3 ? 'danger' : 'warning', top[0] === 'flammability' ? 'flame' : 'alert',
            t(`first_${top[0]}`, { n: top[1] }), nameOf(item));
    }
    if (substances.length) return line('warning', 'alert', t('first_unknown'), named(substances));
    return line('info', 'info', t('first_none'), t('first_none_more'));
}

export function flags(item) {
    return [
        reacts(item) && h('span', { class: 'flag danger' }, icon('water'), t('water_reactive')),
        breathed(item) && h('span', { class: 'flag danger' }, icon('toxic'), t('toxic_by_inhalation')),
        item.order_reason === 'unlinked' && h('span', { class: 'flag' }, t('unlinked')),
    ];
}
