// Makes elements. Text only ever enters as text nodes, so nothing a server sends can become markup.

const SVG = 'http://www.w3.org/2000/svg';
const AS_PROPERTY = new Set(['value', 'checked', 'disabled', 'selected', 'hidden', 'indeterminate']);

function fill(element, props, children) {
    for (const [key, value] of Object.entries(props ?? {})) {
        if (value === null || value === undefined || value === false && !AS_PROPERTY.has(key)) continue;
        if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
        else if (AS_PROPERTY.has(key)) element[key] = value;
        else element.setAttribute(key, value === true ? '' : String(value));
    }
    for (const child of children.flat(Infinity)) {
        if (child === null || child === undefined || child === false) continue;
        element.append(child instanceof Node ? child : String(child));
    }
    return element;
}

export function h(tag, props, ...children) {
    return fill(document.createElement(tag), props, children);
}

export function svg(tag, props, ...children) {
    return fill(document.createElementNS(SVG, tag), props, children);
}

export function byId(id) {
    return document.getElementById(id);
}

// Draws a box anew; what had the focus in it, known by its id, has it again, and a text its caret. Where that is gone, after an
// error and after another try, the other try or the table has it.
export function redraw(box, ...parts) {
    const focused = box.contains(document.activeElement) && document.activeElement;
    const { id, selectionStart: start, selectionEnd: end } = focused || {};
    box.replaceChildren();
    fill(box, null, parts);
    if (!focused) return;
    const same = id && byId(id);
    (same || box.querySelector('[role=alert] button, .scroll'))?.focus();
    if (same && Number.isInteger(start)) same.setSelectionRange(start, end);
}

// Announces a short text to screen readers.
export function say(text) {
    byId('live').textContent = text;
}

const ICONS = {
    search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm4.8 11.3L21 21',
    close: 'M5 5l14 14M19 5 5 19',
    back: 'M14 5l-7 7 7 7M7 12h13',
    water: 'M12 3c4 5 6 8 6 11a6 6 0 0 1-12 0c0-3 2-6 6-11z',
    toxic: 'M12 3a8 8 0 0 0-5 14v3h10v-3a8 8 0 0 0-5-14zM9 12h.01M15 12h.01M10.5 20v-2.5M13.5 20v-2.5',
    flame: 'M12 3c1 4 6 6 6 11a6 6 0 0 1-12 0c0-3 2-4 2-7 2 1 3 2 3 4 1-2 1-5 1-8z',
    alert: 'M12 4 2.5 20h19zM12 10v5M12 17.6v.4',
    info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.5v.2',
    layers: 'M12 4 3 9l9 5 9-5zM4 13.5l8 4.5 8-4.5',
    list: 'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01',
    target: 'M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM12 2v5M12 17v5M2 12h5M17 12h5',
    moon: 'M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5z',
    sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.7 1.7M17.3 17.3 19 19M5 19l1.7-1.7M17.3 6.7 19 5',
    pin: 'M12 21c5-6 7-9 7-12a7 7 0 0 0-14 0c0 3 2 6 7 12zM12 6.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
    plant: 'M3 20V10l6 4v-4l6 4V4h5v16zM7 17h.01M12 17h.01M17 17h.01',
    flask: 'M9 3h6M10 3v6l-5 9.5A1.7 1.7 0 0 0 6.5 21h11a1.7 1.7 0 0 0 1.5-2.5L14 9V3M7.5 15h9',
    grow: 'M6 15l6-6 6 6',
    shrink: 'M6 9l6 6 6-6',
    locked: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
    unlocked: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.6-1.6',
    save: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14',
    radar: 'M12 3l7 9-7 8-7-8zM12 3v17M5 12h14',
    link: 'M9 7H5v12h12v-4M13 4h7v7M20 4l-9 9',
};

export function icon(name) {
    return svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
        svg('path', { d: ICONS[name] }));
}
