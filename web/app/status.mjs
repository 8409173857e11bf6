// Always visible: when the data are from, the number of the atlas, whether the server answers. Asks every few seconds.
import { ask, explain } from './api.mjs';
import { h, say } from './dom.mjs';
import { age, count, day, lonLat } from './format.mjs';
import { t } from './i18n.mjs';
import { on, set, state } from './store.mjs';
import { loadTilesets } from './tilesets.mjs';
import { toTm2 } from './tm2.mjs';

const POLL_MS = 5000;

export const status = { answer: null, answeredAt: 0, error: null };

// The last day that any source reports on, and the day of the newest import: the first is what the figures are worth, and
// old figures imported today are old. The list of all sources stands in the layers panel.
function dataDays() {
    const newest = (field) => (status.answer?.sources ?? []).map((source) => source[field]).filter(Boolean).sort().pop();
    const until = newest('data_until'), imported = newest('published_at');
    const words = [until && t('data_until', { day: until }), imported && t('data_imported', { day: day(imported) })];
    return words.filter(Boolean).join(' · ') || t('no_date');
}

function connection() {
    if (status.error) {
        const since = status.answeredAt ? t('connection_since', { age: age((Date.now() - status.answeredAt) / 1000) }) : t('connection_never');
        return { level: 'bad', text: `${t('connection_lost')} · ${since}`, why: explain(status.error) };
    }
    if (!status.answer) return { level: 'wait', text: t('connection_wait') };
    if (status.answer.database !== 'ok') return { level: 'warn', text: t('database_bad'), why: String(status.answer.database) };
    return { level: 'good', text: t('connection_good') };
}

function draw(footer) {
    const link = connection();
    const atlas = status.answer?.atlas;
    const { lon, lat } = state.view;
    const tm2 = toTm2(lon, lat);
    footer.replaceChildren(
        h('span', { class: `link ${link.level}`, title: link.why }, h('span', { class: 'lamp', 'aria-hidden': 'true' }), link.text),
        h('span', { class: 'days' }, h('span', { class: 'status-key' }, t('data_date')), ' ', dataDays()),
        h('span', {}, t('atlas_number', { n: atlas?.number ?? '–' })),
        atlas && h('span', { class: 'wide' }, t('drawn', { n: count(atlas.drawn), missing: count(atlas.not_drawn) })) || '',
        h('span', { class: 'wide centre' }, h('span', { class: 'status-key' }, t('centre')), ` ${lonLat(lon, lat)} · TWD97${tm2.crs === 'EPSG:3825' ? ' (119)' : ''} ${Math.round(tm2.x)}, ${Math.round(tm2.y)}`));
    const { link: was = 'wait' } = document.body.dataset;
    if (was !== 'wait' && was !== link.level) say(link.text);
    document.body.dataset.link = link.level;
}

async function poll(footer) {
    const was = status.error;
    try {
        status.answer = await ask('api/v1/status', { fresh: true });
        status.answeredAt = Date.now();
        status.error = null;
        set({ atlas: status.answer.atlas?.number ?? null });
        if (was) loadTilesets({ again: true });
    } catch (error) {
        status.error = error;
    }
    draw(footer);
}

export async function statusStart(footer) {
    on(['lang', 'view'], () => draw(footer));
    draw(footer);
    await poll(footer);
    const next = async () => {
        await poll(footer);
        setTimeout(next, POLL_MS);
    };
    setTimeout(next, POLL_MS);
}
