// Saved runs: one is kept with a name, listed, deleted after asking, and compared with another or with the data of now.
import { ask, explain } from './api.mjs';
import { h, icon, say } from './dom.mjs';
import { count, time } from './format.mjs';
import { t } from './i18n.mjs';
import { newest } from './newest.mjs';
import { errorBox, loading } from './parts.mjs';
import { compareView } from './radar_compare.mjs';
import { radarFrom, weightsOf } from './radar_query.mjs';
import { regionsRuns } from './radar_regions.mjs';
import { on, set, state } from './store.mjs';
import { dataTable } from './table.mjs';

const NAME_LIMIT = 100;
let runs = null, fault = null, wrong = '', asking = null, saving = false;

const settingsOf = (run) => radarFrom(new URLSearchParams(run.parameters ?? ''));

function settingsText(run) {
    const radar = settingsOf(run);
    return Object.keys(radar).length ? Object.entries(radar).map(([key, value]) => `${key}=${key.endsWith('weights') ? weightsOf(radar, key) : value}`).join(' ') : t('run_default');
}

export function radarRunsStart(box) {
    const heading = h('h2'), hint = h('p', { class: 'hint' }), formBox = h('div'), listBox = h('div'), compareBox = h('div', { id: 'compare' });
    box.replaceChildren(h('section', { class: 'sheet', id: 'runs' }, heading, hint, formBox, listBox, compareBox));
    const compare = compareView(compareBox, () => runs ?? []);

    function form() {
        const input = h('input', { type: 'text', id: 'run-name', class: 'text', maxlength: NAME_LIMIT, autocomplete: 'off' });
        const send = h('button', { type: 'submit', class: 'btn main', id: 'run-save', disabled: saving }, saving ? t('run_saving') : t('run_save'));
        return h('form', { class: 'run-form', novalidate: true, onsubmit: (event) => {
            event.preventDefault();
            save(input.value.trim());
        } }, h('label', { class: 'field' }, h('span', {}, t('run_name')), input), send,
        wrong && h('p', { class: 'notice error', role: 'alert', id: 'run-wrong' }, icon('alert'), h('span', {}, wrong)));
    }

    async function save(name) {
        if (!name) {
            wrong = t('run_need_name');
            drawForm();
            formBox.querySelector('input').focus();
            return;
        }
        [saving, wrong] = [true, ''];
        drawForm(name);
        try {
            await ask('api/v1/radar/runs', { post: { name, ...state.radar } });
            say(t('run_saved', { name }));
            saving = false;
            drawForm();
            await load();
        } catch (error) {
            [saving, wrong] = [false, explain(error)];
            drawForm(name);
        }
        formBox.querySelector('input').focus();
    }

    async function remove(run) {
        try {
            await ask(`api/v1/radar/runs/${run.id}`, { remove: true });
            say(t('run_deleted', { name: run.name }));
            const id = String(run.id);
            set({ ...(state.runFrom === id && { runFrom: '' }), ...(state.runTo === id && { runTo: '' }) });
        } catch (error) {
            wrong = explain(error);
            drawForm();
        }
        asking = null;
        await load();
        document.getElementById('run-name').focus();
    }

    function actions(run) {
        if (asking !== run.id) {
            return h('div', { class: 'buttons tight' }, h('button', { type: 'button', class: 'btn', 'data-use': run.id, onclick: () => set({ radar: settingsOf(run), after: 0 }) }, t('run_use')),
                h('button', { type: 'button', class: 'btn', 'data-delete': run.id, onclick: () => {
                    asking = run.id;
                    drawList();
                    listBox.querySelector('.ask .danger').focus();
                } }, t('run_delete')));
        }
        return h('div', { class: 'ask', role: 'alertdialog', 'aria-label': t('run_delete') }, h('p', {}, t('run_delete_ask', { name: run.name })), h('div', { class: 'buttons tight' },
            h('button', { type: 'button', class: 'btn danger', id: 'run-delete-yes', onclick: () => remove(run) }, t('run_delete_yes')),
            h('button', { type: 'button', class: 'btn', id: 'run-delete-no', onclick: () => {
                asking = null;
                drawList();
                listBox.querySelector(`[data-delete="${run.id}"]`).focus();
            } }, t('cancel'))));
    }

    function list() {
        if (fault) return errorBox(fault, load);
        if (!runs) return loading();
        if (!runs.length) return h('p', { id: 'runs-none' }, t('runs_none'));
        return dataTable('runs-table', t('runs_title'), [{ head: t('run_name'), cell: (run) => run.name }, { head: t('run_time'), cell: (run) => time(run.created_at) },
            { head: t('run_atlas'), num: true, cell: (run) => count(run.atlas) }, { head: t('layer_facilities'), num: true, cell: (run) => count(run.facilities) },
            { head: t('run_settings'), cell: (run) => h('span', { class: 'settings-text' }, settingsText(run)) }, { head: '', cell: actions }], runs);
    }

    function drawForm(name = '') {
        formBox.replaceChildren(form());
        if (name) formBox.querySelector('input').value = name;
    }
    const drawList = () => listBox.replaceChildren(list());
    function draw() {
        heading.textContent = t('runs_title');
        hint.textContent = t('runs_hint');
        drawForm(document.getElementById('run-name')?.value);
        drawList();
        compare();
    }
    const load = newest(async () => {
        try {
            ({ runs } = await ask('api/v1/radar/runs', { fresh: true }));
            fault = null;
            regionsRuns(runs);
        } catch (error) {
            fault = error;
        }
        drawList();
        compare();
    });
    on(['lang'], draw);
    draw();
    load();
}
