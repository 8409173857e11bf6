// What is imported: the file, what it holds, where it comes from, and, folded away, what else may be told.
import { ask, url } from './api.mjs';
import { h, icon, redraw } from './dom.mjs';
import { bytes } from './format.mjs';
import { pick, t } from './i18n.mjs';
import { kindList, kinds } from './kinds.mjs';
import { errorBox } from './parts.mjs';
import { on } from './store.mjs';

const CRS = ['EPSG:4326', 'EPSG:3826', 'EPSG:3825', 'EPSG:3828', 'EPSG:3827', 'EPSG:3824', 'EPSG:3857'];
const ENCODINGS = ['UTF-8', 'CP950', 'UTF-16LE', 'UTF-16BE'];

const form = { file: null, kind: '', source: '', crs: '', encoding: '', sheet: '', set: '', over: false, more: false, fault: '' };
let sources = [];

function field(id, label, input, hint) {
    return h('div', { class: 'field' }, h('label', { for: id }, label), input, hint && h('p', { class: 'hint' }, hint));
}

function choose(id, key, values, any) {
    return h('select', { id, onchange: (event) => { form[key] = event.target.value; } }, h('option', { value: '' }, any),
        values.map((value) => h('option', { value, selected: form[key] === value }, value)));
}

function textBox(id, key, extra = {}) {
    return h('input', { id, class: 'text', type: 'text', value: form[key], autocomplete: 'off', spellcheck: 'false',
        oninput: (event) => { form[key] = event.target.value.trim(); }, ...extra });
}

// The query that describes what is to be done with the file.
export function wish(extra = {}) {
    const query = new URLSearchParams();
    const { kind, source, crs, encoding, sheet, set: value, file } = form;
    for (const [key, text] of Object.entries({ kind, source, name: file?.name, crs, encoding, sheet, set: value, ...extra })) {
        if (text) query.set(key, text);
    }
    return query;
}

function missing() {
    if (!form.file) return t('import_need_file');
    if (!form.kind) return t('import_need_kind');
    if (!/^[a-z0-9][a-z0-9_.-]{0,63}$/.test(form.source)) return t('import_need_source');
    return '';
}

function dropZone(input, draw) {
    const take = (files) => {
        if (!files?.length) return;
        [form.file] = files;
        form.fault = files.length > 1 ? t('import_one_file') : '';
        draw();
    };
    input.addEventListener('change', () => take(input.files));
    const zone = h('div', { class: `drop${form.over ? ' over' : ''}`, id: 'drop',
        ondragover: (event) => { event.preventDefault(); zone.classList.add('over'); },
        ondragleave: () => zone.classList.remove('over'),
        ondrop: (event) => {
            event.preventDefault();
            zone.classList.remove('over');
            take(event.dataTransfer?.files);
        } },
    h('p', {}, form.file ? [h('strong', {}, form.file.name), ` ${t('in_brackets', { text: bytes(form.file.size) })}`] : t('import_drop')),
    h('button', { type: 'button', class: 'btn', id: 'choose-file', onclick: () => input.click() }, t('import_choose')), input);
    return zone;
}

function kindAbout(all) {
    const kind = all.kinds.find((item) => item.name === form.kind);
    if (!kind) return null;
    const address = (path) => url(path);
    return h('p', { class: 'hint' }, h('a', { href: address(`api/v1/kinds/${kind.name}/template.csv`), download: `${kind.name}.csv` },
        t('import_template')), ' · ', h('a', { href: address(`docs/imports/${kind.name}`) }, t('import_columns')));
}

async function askSources() {
    try {
        const status = await ask('api/v1/status');
        sources = [...new Set(status.sources.map((source) => source.name))];
    } catch {
        sources = [];       // only suggestions
    }
}

export async function formStart(box, job) {
    const input = h('input', { type: 'file', id: 'file', class: 'unseen', tabindex: '-1', 'aria-hidden': 'true' });
    let all = { kinds: [] };
    const send = (dry) => {
        form.fault = missing();
        if (!form.fault) job.send(form.file, wish, dry);
        draw();
    };
    const draw = () => {
        const kindSelect = h('select', { id: 'kind', onchange: (event) => {
            form.kind = event.target.value;
            draw();
        } },
            h('option', { value: '' }, t('import_kind_any')),
            kindList(all).map((kind) => h('option', { value: kind.name, selected: form.kind === kind.name }, pick(kind.title))));
        redraw(box, h('section', { class: 'sheet' }, dropZone(input, draw), all.error && errorBox(all.error, askKinds),
            h('div', { class: 'columns' },
                field('kind', t('import_kind'), [kindSelect, kindAbout(all)]),
                field('source', t('import_source'), [textBox('source', 'source', { list: 'sources', maxlength: 64 }),
                    h('datalist', { id: 'sources' }, sources.map((value) => h('option', { value })))], t('import_source_hint'))),
            h('details', { id: 'more', open: form.more, ontoggle: (event) => { form.more = event.target.open; } }, h('summary', { id: 'more-title' }, t('import_more')), h('div', { class: 'columns' },
                field('crs', t('import_crs'), choose('crs', 'crs', CRS, t('import_found_out'))),
                field('encoding', t('import_encoding'), choose('encoding', 'encoding', ENCODINGS, t('import_found_out'))),
                field('sheet', t('import_sheet'), textBox('sheet', 'sheet')),
                field('set', t('import_set'), textBox('set', 'set', { placeholder: 'class=hospital' }), t('import_set_hint')))),
            form.fault && h('p', { class: 'notice error', role: 'alert' }, icon('alert'), h('span', {}, form.fault)),
            h('div', { class: 'buttons' },
                h('button', { type: 'button', class: 'btn main', id: 'preview', onclick: () => send(true) }, t('import_preview')),
                h('button', { type: 'button', class: 'btn', id: 'import-now', onclick: () => send(false) }, t('import_now')))));
    };
    const askKinds = async () => {
        all = await kinds();
        draw();
    };
    on(['lang'], draw);
    draw();
    await Promise.all([askKinds(), askSources()]);
    draw();
}
