// What was imported before: batches with their counts and rejected rows, and the way back.
import { ask, explain, url } from './api.mjs';
import { byId, h, icon, redraw, say } from './dom.mjs';
import { count, time } from './format.mjs';
import { pick, t } from './i18n.mjs';
import { kindNow, kinds } from './kinds.mjs';
import { newest } from './newest.mjs';
import { errorBox, loading } from './parts.mjs';
import { on } from './store.mjs';

let answer = null, fault = null, undoFault = null;
let asking = 0;         // number of the batch that a person is about to undo

function kindTitle(name) {
    return pick(kindNow(name)?.title) || name;
}

export function historyStart(box) {
    const refresh = newest(async () => {
        try {
            await kinds();
            answer = await ask('api/v1/batches', { query: { limit: 30 }, fresh: true });
            fault = null;
        } catch (error) {
            [answer, fault] = [null, error];
        }
        draw();
    });
    const undo = async (id) => {
        [asking, undoFault] = [0, null];
        try {
            await ask(`api/v1/batches/${id}/undo`, { post: {} });
            say(t('undo_done', { n: id }));
        } catch (error) {
            undoFault = { id, error };
            draw();
            return;
        }
        await refresh();
    };
    // Asks before it undoes (id 0: no more), and the focus goes along.
    const askUndo = (id) => {
        const was = asking;
        asking = id;
        draw();
        byId(id ? 'undo-yes' : `undo-${was}`)?.focus();
    };
    const undoCell = (batch) => {
        if (batch.undone) return h('span', { class: 'faint' }, t('undone', { time: time(batch.undone) }));
        if (asking !== batch.id) {
            return h('button', { type: 'button', class: 'btn', id: `undo-${batch.id}`, onclick: () => askUndo(batch.id) }, t('undo'));
        }
        return h('div', { class: 'ask', role: 'group', 'aria-label': t('undo') }, h('p', {}, t('undo_ask', {
            n: batch.id, fresh: count(batch.rows_new), changed: count(batch.rows_changed) })),
        h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'btn danger', id: 'undo-yes', onclick: () => undo(batch.id) }, t('undo_yes')),
            h('button', { type: 'button', class: 'btn', onclick: () => askUndo(0) }, t('cancel'))));
    };
    const rowOf = (batch) => h('tr', { 'data-batch': batch.id, class: batch.undone ? 'undone' : '' },
        h('th', { scope: 'row', class: 'num' }, batch.id), h('td', {}, kindTitle(batch.kind)), h('td', {}, batch.source),
        h('td', { class: 'file' }, batch.file), h('td', {}, time(batch.published)),
        h('td', { class: 'num' }, count(batch.rows_read)), h('td', { class: 'num' }, count(batch.rows_new)), h('td', { class: 'num' }, count(batch.rows_changed)),
        h('td', { class: 'num' }, batch.rows_rejected ? h('a', { href: url(`api/v1/batches/${batch.id}/rejected.csv`),
            download: `rejected-${batch.id}.csv` }, count(batch.rows_rejected),
            h('span', { class: 'unseen' }, ` ${t('quality_rejected', { n: batch.id })}`)) : count(0)),
        h('td', {}, undoCell(batch), undoFault?.id === batch.id && h('p', { class: 'notice error', role: 'alert' }, icon('alert'),
            h('span', {}, explain(undoFault.error)))));
    const draw = () => {
        const columns = [t('batch_no'), t('import_kind'), t('import_source'), t('import_file'), t('import_time'),
            ...['read', 'new', 'changed', 'rejected'].map((name) => t(`rows_${name}`)), t('undo')];
        redraw(box, h('section', { class: 'sheet' }, h('h2', {}, t('import_history')), fault ? errorBox(fault, refresh) : !answer ? loading()
            : answer.batches.length ? h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': t('import_history') },
                h('table', { class: 'history' }, h('thead', {}, h('tr', {}, columns.map((text) => h('th', { scope: 'col' }, text)))),
                    h('tbody', {}, answer.batches.map(rowOf)))) : h('p', { class: 'faint' }, t('sources_none'))));
    };
    on(['lang'], draw);
    draw();
    refresh();
    return { refresh };
}
