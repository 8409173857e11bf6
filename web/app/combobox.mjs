// A text box with a list of answers under it (ARIA combobox with a listbox popup), fed by a function that asks the server.
import { explain, isAbort } from './api.mjs';
import { h, say } from './dom.mjs';
import { t } from './i18n.mjs';
import { signals } from './newest.mjs';

const DEBOUNCE_MS = 180;
let serial = 0;

// find(text, signal) → { options: [{ value, parts: Node[], group }], note } ; chosen(value, input) takes the choice.
export function combobox(input, popup, { find, chosen }) {
    const id = popup.id || (popup.id = `list-${serial += 1}`);
    let options = [], active = -1, timer = 0;
    const next = signals();
    for (const [key, value] of Object.entries({
        role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': `${id}-options`,
        autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false',
    })) input.setAttribute(key, value);

    function close() {
        popup.hidden = true;
        active = -1;
        input.setAttribute('aria-expanded', 'false');
        input.removeAttribute('aria-activedescendant');
    }

    // Closes for good: an answer on its way does not open it again.
    function stop() {
        clearTimeout(timer);
        next();
        close();
    }

    function open(...nodes) {
        popup.replaceChildren(...nodes);
        if (document.activeElement !== input) return;
        popup.hidden = false;
        input.setAttribute('aria-expanded', 'true');
    }

    function point(index) {
        const rows = [...popup.querySelectorAll('[role=option]')];
        if (!rows.length) return;
        active = (index + rows.length) % rows.length;
        rows.forEach((row, at) => row.setAttribute('aria-selected', String(at === active)));
        rows[active].scrollIntoView({ block: 'nearest' });
        input.setAttribute('aria-activedescendant', rows[active].id);
    }

    function take(option) {
        stop();
        chosen(option.value, input);
    }

    function show(answer) {
        options = answer.options;
        active = -1;
        input.removeAttribute('aria-activedescendant');
        if (!options.length) {
            open(h('p', { class: 'popup-note' }, t('search_nothing')));
            say(t('search_nothing'));
            return;
        }
        const list = h('ul', { role: 'listbox', id: `${id}-options`, 'aria-label': t('search_results') }, options.map((option, index) =>
            h('li', {
                role: 'option', id: `${id}-${index}`, class: 'option', 'aria-selected': 'false',
                onpointerdown: (event) => event.preventDefault(), onclick: () => take(option),
            }, option.parts)));
        open(list, answer.note && h('p', { class: 'popup-note' }, answer.note) || '');
        say(t('search_count', { n: options.length }));
    }

    async function search({ first = false } = {}) {
        const text = input.value.trim(), signal = next();
        if (!text) {
            close();
            return;
        }
        try {
            show(await find(text, signal));
            if (first && options.length === 1) take(options[0]);
        } catch (error) {
            if (isAbort(error)) return;
            options = [];
            open(h('p', { class: 'popup-note error' }, explain(error)));
            say(explain(error));
        }
    }

    input.addEventListener('input', () => {
        clearTimeout(timer);
        timer = setTimeout(search, DEBOUNCE_MS);
    });
    input.addEventListener('keydown', (event) => {
        if (event.isComposing) return;          // the Enter of an input method is not ours
        const opened = !popup.hidden;
        if (event.key === 'ArrowDown' && opened) point(active + 1);
        else if (event.key === 'ArrowUp' && opened) point(active - 1);
        else if (event.key === 'ArrowDown' && input.value.trim()) search();
        else if (event.key === 'Escape' && opened) stop();
        else if (event.key === 'Enter' && opened && active >= 0) take(options[active]);
        else if (event.key === 'Enter') {
            clearTimeout(timer);
            search({ first: true });
        } else return;
        event.preventDefault();
        event.stopPropagation();
    });
    input.addEventListener('focus', () => { if (options.length && input.value.trim()) open(...popup.childNodes); });
    input.addEventListener('blur', () => setTimeout(close, 120));
    return { close };
}
