// One import under way: the upload, the server's progress, the cancel button, and what came of it.
import { ApiError, ask, explain, isAbort, url } from './api.mjs';
import { h, icon, redraw, say } from './dom.mjs';
import { bytes, count } from './format.mjs';
import { t, tOr } from './i18n.mjs';
import { reportView } from './import_report.mjs';
import { signals } from './newest.mjs';
import { on } from './store.mjs';

const POLL_MS = 1000, ENDED = ['done', 'failed', 'cancelled'];

let shown = null;       // { uploading, sent, total } or { job }; plus error
const next = signals();
let signal = next();     // of the import that is shown: what comes of an earlier one is not
let request = null, events = null, polling = 0;
let again = null;       // (extra) → query of the same file

// The request of an upload: fetch tells nothing of what is sent, so the older way.
function upload(file, query, progress) {
    request = new XMLHttpRequest();
    const sent = request;
    return new Promise((resolve, reject) => {
        sent.upload.addEventListener('progress', (event) => progress(event.loaded, event.total));
        sent.addEventListener('load', () => {
            let body = null;
            try {
                body = JSON.parse(sent.responseText);
            } catch {
                reject(new ApiError('format', ''));
                return;
            }
            if (sent.status === 202) resolve(body);
            else reject(new ApiError('problem', [body.title, body.detail].filter(Boolean).join(t('colon')), sent.status));
        });
        sent.addEventListener('error', () => reject(new ApiError('offline', '')));
        sent.addEventListener('abort', () => reject(new ApiError('problem', t('import_upload_cancelled'))));
        sent.open('POST', url(`api/v1/imports?${query}`));
        sent.setRequestHeader('Content-Type', 'application/octet-stream');
        sent.send(file);
    });
}

function stopFollowing() {
    events?.close();
    events = null;
    clearTimeout(polling);
}

export function jobStart(box, changed) {
    const draw = () => redraw(box, shown && view());
    const take = (job) => {
        const ended = ENDED.includes(job.state) && !ENDED.includes(shown?.job?.state);
        shown = { job };
        draw();
        if (ended) {
            say(t(`job_${job.state}`));
            changed();
        }
    };
    const poll = async (id) => {
        try {
            const job = await ask(`api/v1/imports/${id}`, { signal, fresh: true });
            take(job);
            if (ENDED.includes(job.state)) return;
        } catch (error) {
            if (isAbort(error)) return;
            shown = { ...shown, error: explain(error) };
            draw();
        }
        polling = setTimeout(() => poll(id), POLL_MS);
    };
    // Events as they come; where the stream does not hold (a proxy, a lost line) the job is asked for instead.
    const follow = (job) => {
        stopFollowing();
        take(job);
        if (ENDED.includes(job.state)) return;
        events = new EventSource(url(`api/v1/imports/${job.id}/events`));
        events.addEventListener('progress', (event) => take(JSON.parse(event.data)));
        events.addEventListener('end', (event) => {
            stopFollowing();
            take(JSON.parse(event.data));
        });
        events.addEventListener('error', () => {
            if (!events) return;
            stopFollowing();
            poll(job.id);
        });
    };
    const send = async (file, wish, dry) => {
        stopFollowing();
        request?.abort();
        const mine = signal = next();
        again = (extra) => wish(extra);
        shown = { uploading: true, name: file.name, sent: 0, total: file.size };
        draw();
        box.scrollIntoView({ block: 'nearest' });
        try {
            const job = await upload(file, wish({ dry_run: dry ? 'yes' : '' }), (sent, total) => {
                shown = { ...shown, sent, total };
                draw();
            });
            if (!mine.aborted) follow(job);
        } catch (error) {
            if (mine.aborted) return;
            shown = { error: explain(error) };
            draw();
        }
    };
    // The stored file once more: with other columns, or for good.
    const repeat = async (extra, maps = []) => {
        const query = again(extra);
        for (const name of ['kind', 'source', 'name']) query.delete(name);
        for (const map of maps) query.append('map', map);
        signal = next();
        try {
            follow(await ask(`api/v1/imports/${shown.job.id}/again?${query}`, { post: {}, signal }));
        } catch (error) {
            if (isAbort(error)) return;
            shown = { ...shown, error: explain(error) };
            draw();
        }
    };
    const cancel = async () => {
        if (shown.uploading) {
            request.abort();
            return;
        }
        try {
            take(await ask(`api/v1/imports/${shown.job.id}`, { remove: true, signal }));
        } catch (error) {
            if (isAbort(error)) return;
            shown = { ...shown, error: explain(error) };
            draw();
        }
    };
    const progress = (title, share, more) => h('section', { class: 'sheet', id: 'job' }, h('h2', {}, title),
        h('progress', { id: 'progress', max: 100, value: share ?? false, 'aria-label': title }),
        h('p', { id: 'progress-text' }, more),
        h('button', { type: 'button', class: 'btn', id: 'cancel', onclick: cancel }, t('cancel')));
    const view = () => {
        const { job, error } = shown;
        const fault = error && h('p', { class: 'notice error', role: 'alert' }, icon('alert'), h('span', {}, error));
        if (shown.uploading) {
            return progress(t('import_sending', { name: shown.name }), shown.total ? 100 * shown.sent / shown.total : null,
                t('import_sent', { sent: bytes(shown.sent), total: bytes(shown.total) }));
        }
        if (!job) return h('section', { class: 'sheet' }, fault);
        if (!ENDED.includes(job.state)) {
            const left = job.seconds_left === null ? '' : t('import_left', { n: count(Math.ceil(job.seconds_left)) });
            return [progress(`${job.file} – ${job.cancelling ? t('job_cancelling') : t(`job_${job.state}`)}`, job.state === 'running' ? job.percent : null,
                [tOr(`stage_${job.stage}`, job.stage ?? ''), t('rows', { n: count(job.rows) }), left].filter(Boolean).join(' · ')), fault];
        }
        return h('section', { class: 'sheet', id: 'job', 'data-state': job.state },
            h('h2', {}, `${job.file} – ${job.options.dry_run && job.state === 'done' ? t('job_looked_at') : t(`job_${job.state}`)}`),
            job.error && h('p', { class: 'notice error', role: 'alert' }, icon('alert'), h('span', {}, job.error)), fault,
            job.report && reportView(job, { repeat }));
    };
    on(['lang'], draw);
    return { send };
}
