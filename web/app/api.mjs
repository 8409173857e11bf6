// Asks the server. Every failure becomes an ApiError that can be shown: what failed and why.
import { t } from './i18n.mjs';

const BASE = new URL('.', document.baseURI);
const TIMEOUT_MS = 15000;

export class ApiError extends Error {
    // kind: offline | timeout | problem (the server's own words in `message`) | format
    constructor(kind, message, status = 0) {
        super(message);
        this.kind = kind;
        this.status = status;
    }
}

export function url(path, query = {}) {
    const address = new URL(path, BASE);
    for (const [key, value] of Object.entries(query)) {
        if (value !== null && value !== undefined && value !== '') address.searchParams.set(key, value);
    }
    return address.href;
}

// Links in answers are paths or absolute addresses; a proxy may know this server by another name, so only the path counts.
export function sameOrigin(address) {
    return address.replace(/^https?:\/\/[^/]+/, location.origin);
}

async function problem(response) {
    let text = '';
    try {
        const body = await response.json();
        text = [body.title, body.detail].filter(Boolean).join(t('colon'));
    } catch {
        text = response.statusText;
    }
    return new ApiError('problem', text || `HTTP ${response.status}`, response.status);
}

// `signal` cancels quietly: the caller gets an AbortError. The time limit gives an ApiError.
export async function ask(path, { query, signal, post, remove, fresh } = {}) {
    const control = new AbortController();
    let late = false;
    const timer = setTimeout(() => { late = true; control.abort(); }, TIMEOUT_MS);
    const stop = () => control.abort();
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    try {
        const response = await fetch(url(path, query), {
            signal: control.signal,
            cache: fresh ? 'no-cache' : 'default',
            headers: { Accept: 'application/json', ...(post && { 'Content-Type': 'application/json' }) },
            ...(post && { method: 'POST', body: JSON.stringify(post) }),
            ...(remove && { method: 'DELETE' }),
        });
        if (!response.ok) throw await problem(response);
        if (response.status === 204) return null;       // done, and nothing to say
        try {
            return await response.json();
        } catch (error) {
            if (error.name === 'AbortError') throw error;
            throw new ApiError('format', '');
        }
    } catch (error) {
        if (late) throw new ApiError('timeout', '');
        if (error.name === 'AbortError' || error instanceof ApiError) throw error;
        throw new ApiError('offline', '');
    } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
    }
}

export function isAbort(error) {
    return error?.name === 'AbortError';
}

export function explain(error) {
    switch (error?.kind) {
    case 'offline': return t('error_offline');
    case 'timeout': return t('error_timeout', { seconds: TIMEOUT_MS / 1000 });
    case 'format': return t('error_format');
    case 'problem': return error.message;
    default: return String(error?.message ?? error);
    }
}
