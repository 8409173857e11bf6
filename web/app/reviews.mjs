// Which doubtful matches are looked at, asked page by page, and the decisions sent. Draws nothing.
import { ask, explain, isAbort, sameOrigin } from './api.mjs';
import { signals } from './newest.mjs';

const PAGE = 50;

export const list = { subject: '', status: 'open', items: [], at: 0, next: null, counts: null, fault: '', loaded: false, busy: false, last: null };

const next = signals();
let signal = next();            // of the list that is shown: what is on its way for another one is not taken
let first = 0;                  // number of the one that it begins with

export function current() {
    return list.items[list.at];
}

function query(limit) {
    return { status: list.status, subject: list.subject, limit };
}

async function append(path, values) {
    const answer = await ask(path, { query: values, signal, fresh: true });
    const known = new Set(list.items.map((item) => item.id));
    list.items.push(...answer.reviews.filter((item) => !known.has(item.id)));
    list.next = answer.next;
    list.counts = answer.counts;
}

// From the surest on; `wanted` is the number of one that is shown first, whatever its state. False where another list is wanted
// meanwhile.
export async function load(wanted = 0) {
    const mine = signal = next();
    first = wanted;
    Object.assign(list, { items: [], at: 0, next: null, fault: '', loaded: false });
    try {
        if (wanted) list.items = [await ask(`api/v1/reviews/${wanted}`, { signal, fresh: true })];
    } catch (error) {
        if (mine.aborted) return false;
        list.fault = explain(error);
    }
    try {
        await append('api/v1/reviews', query(PAGE));
        list.loaded = true;
    } catch (error) {
        if (mine.aborted) return false;
        list.fault = explain(error);
        list.counts = null;     // those of an earlier list
    }
    return true;
}

// One on or back; the next page is asked for when it is needed.
export async function move(step) {
    const to = list.at + step;
    if (to < 0) return false;
    try {
        if (to >= list.items.length && list.next) await append(sameOrigin(list.next));
    } catch (error) {
        if (!isAbort(error)) list.fault = explain(error);
        return false;
    }
    if (to >= list.items.length) return false;
    list.at = to;
    list.fault = '';
    return true;
}

// A decision changes other pairs, too: the one that comes next is asked for anew.
async function refresh() {
    const answer = await ask('api/v1/reviews', { query: query(1), signal, fresh: true });
    list.counts = answer.counts;
    if (!current() && list.next) await append(sameOrigin(list.next));
    if (!current() && answer.reviews.length) {
        list.items = [];
        await append('api/v1/reviews', query(PAGE));
    }
    list.at = Math.max(0, Math.min(list.at, list.items.length - 1));
    if (current()) list.items[list.at] = await ask(`api/v1/reviews/${current().id}`, { signal, fresh: true });
}

// Sends a decision about review `id`; true where the server took it. What failed stands in list.fault.
export async function decide(id, decision, by, note) {
    const mine = signal;
    list.fault = '';
    try {
        const answer = await ask(`api/v1/reviews/${id}`, { post: { decision, by, ...(note && { note }) } });
        list.last = { decision, ...answer };
        if (mine.aborted) {
            await load(first);  // another list, perhaps asked for before this decision was taken
            return true;
        }
        list.items = list.items.filter((item) => item.id !== id);
        if (answer.review.status === list.status) list.items.splice(list.at, 0, answer.review);
    } catch (error) {
        list.fault = explain(error);
        return false;
    }
    try {
        await refresh();
    } catch (error) {
        if (!isAbort(error)) list.fault = explain(error);
    }
    return true;
}
