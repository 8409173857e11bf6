// Runs the browser tests: starts Chromium, opens the page of HAZATLAS_URL, prints TAP.
//
// A test file gives `suite` an object of tests, name → async (browse); one that cannot be run on these data gives back why.
// `browse(options)` opens a page and returns it with what was seen of requests to other hosts, console and errors.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';

const require = createRequire(import.meta.url);
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
    '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist',
];
const WAIT_MS = 120000, STEP_MS = 50; // no measure of speed: a busy machine may take long

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const AXE = require.resolve('axe-core/axe.min.js');
export const BASE = (process.env.HAZATLAS_URL ?? '').replace(/\/?$/, '/');
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 720 };

export function check(truth, what, found) {
    if (!truth) throw new Error(found === undefined ? what : `${what}\n found: ${JSON.stringify(found)}`);
}

export function equal(found, wanted, what) {
    check(JSON.stringify(found) === JSON.stringify(wanted), `${what}\n wanted: ${JSON.stringify(wanted)}`, found);
}

// Asks again until `fn` gives something true; the page's policy forbids the eval that waitForFunction needs.
export async function until(fn, what) {
    const end = Date.now() + WAIT_MS;
    for (;;) {
        const found = await fn();
        if (found) return found;
        if (Date.now() > end) throw new Error(`waited ${WAIT_MS / 1000} s for ${what}`);
        await new Promise((resolve) => { setTimeout(resolve, STEP_MS); });
    }
}

export function mapIdle(page) {
    return until(() => page.evaluate(() => window.hazatlas?.drawn), 'the map to be idle');
}

export async function get(path) {
    const response = await fetch(new URL(path, BASE));
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    return response.json();
}

// A facility that is drawn, reports substances, and is the only one of its name among those asked for.
export async function someFacility() {
    for (const query of ['min_score=0.1&limit=200', 'near=120.9,23.7&radius=50000&limit=200', 'limit=200']) {
        const { facilities } = await get(`api/v1/facilities?${query}`);
        const found = facilities.find((item) => item.lon !== null && item.substances > 0 && item.name.length >= 4
            && facilities.filter((other) => other.name === item.name).length === 1);
        if (found) return found;
    }
    throw new Error('no facility with a position and substances');
}

function watch(page) {
    const seen = { foreign: [], console: [], errors: [] };
    page.on('request', (request) => {
        const url = new URL(request.url());
        if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== new URL(BASE).origin) seen.foreign.push(url.href);
    });
    page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) seen.console.push(message.text());
    });
    page.on('pageerror', (error) => seen.errors.push(error.message));
    return seen;
}

// Until the page has taken in what has reached it.
export function settled(page) {
    return page.evaluate(() => fetch('healthz').then(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); })));
}

// Answers that come late: the first `most` requests for `pattern` are answered by the server at once, but the answers are kept
// back. route: for `browse`; asked(n) waits for the n-th; release(page, n) lets it go, and waits until the page has had it.
export function late(pattern, { most = 1, method = 'GET' } = {}) {
    const kept = [];
    let taken = 0;
    const keep = async (route) => {
        const request = route.request();
        if (taken >= most || request.method() !== method) return route.fallback();
        taken += 1;
        try {
            const response = await route.fetch();
            await new Promise((open) => { kept.push({ request, open }); });
            await route.fulfill({ response });
        } catch (error) {
            if (!request.failure()) throw error;        // else the page has taken its question back
        }
        return null;
    };
    return {
        route: (page) => page.context().route(pattern, keep),
        asked: (n = 1) => until(() => kept.length >= n, `${n} requests for ${pattern}`),
        async release(page, n = 0) {
            const { request, open } = kept[n];
            open();
            await until(async () => request.failure() || (await request.response())?.finished().then(() => true), `the late answer to ${request.url()}`);
            await settled(page);
        },
    };
}

// Imports a text as a file; gives the job when it is done.
export async function importText(kind, source, name, body) {
    const response = await fetch(new URL(`api/v1/imports?kind=${kind}&source=${source}&name=${name}`, BASE), { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body });
    const { id } = await response.json();
    const job = await until(async () => {
        const now = await get(`api/v1/imports/${id}`);
        return ['done', 'failed', 'cancelled'].includes(now.state) && now;
    }, `the import of ${name}`);
    check(job.state === 'done', `import of ${name}`, job);
    return { ...job, batch: job.batch ?? job.report.batch };
}

export async function undo(batch) {
    const response = await fetch(new URL(`api/v1/batches/${batch}/undo`, BASE), { method: 'POST' });
    check(response.status === 200, `batch ${batch} undone`, response.status);
}

// WCAG 2.2 AA as far as axe can tell, of a page that was opened with `init: AXE`. targets: selectors in `main` of what must be 44 px
// high; then nothing may scroll sideways either.
export async function scan(page, where, targets = '') {
    await page.evaluate(() => scrollTo(0, 0));      // what the head covers is no target
    const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }).then((result) =>
        result.violations.map(({ id, nodes }) => ({ id, where: nodes.slice(0, 4).map((node) => `${node.target.join(' ')} ${node.failureSummary}`) }))), AXE_TAGS);
    equal(found, [], `${where}: violations`);
    if (!targets) return;
    const small = await page.evaluate((selectors) => [...document.querySelectorAll(`main :is(${selectors})`)]
        .filter((element) => element.offsetParent && element.getBoundingClientRect().height < 44).map((element) => element.outerHTML.slice(0, 90)), targets);
    equal(small, [], `${where}: smaller than 44 px`);
    check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), `${where}: no sideways scrolling`);
}

export async function violations(page) {
    return page.evaluate(() => window.cspViolations);
}

// options: hash, phone, night, args (more flags for Chromium), route (page → prepares interception), init (file of a script),
// map: false when no map will come.
async function openPage(browserWith, opened, { hash = '', phone = false, night = false, args = [], route, init, map = true } = {}) {
    const browser = await browserWith(args);
    const context = await browser.newContext({
        viewport: phone ? PHONE : DESKTOP, hasTouch: phone, isMobile: phone, colorScheme: night ? 'dark' : 'light',
        reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(WAIT_MS);
    opened.push(context);
    const page = await context.newPage();
    await page.addInitScript(() => {
        window.cspViolations = [];
        addEventListener('securitypolicyviolation', (event) => window.cspViolations.push(`${event.violatedDirective} ${event.blockedURI}`));
    });
    if (init) await page.addInitScript({ path: init });
    if (route) await route(page);
    const seen = watch(page);
    await page.goto(BASE + hash);
    if (map) await mapIdle(page);
    return { page, seen };
}

export async function suite(tests) {
    const names = Object.keys(tests);
    if (!process.env.HAZATLAS_URL || !existsSync(CHROMIUM)) {
        console.log(`1..0 # SKIP ${process.env.HAZATLAS_URL ? `no ${CHROMIUM}` : 'HAZATLAS_URL is not set'}`);
        return;
    }
    const { chromium } = require('playwright-core');
    const browsers = new Map();         // one for each set of flags
    const browserWith = async (args) => {
        const key = args.join(' ');
        if (!browsers.has(key)) browsers.set(key, await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...args] }));
        return browsers.get(key);
    };
    console.log(`1..${names.length}`);
    for (const [index, name] of names.entries()) {
        const opened = [];
        try {
            const skip = await tests[name]((options) => openPage(browserWith, opened, options));
            console.log(`ok ${index + 1} - ${name}${skip ? ` # SKIP ${skip}` : ''}`);
        } catch (error) {
            console.log(`not ok ${index + 1} - ${name}`);
            console.error(String(error.stack ?? error).replace(/^/gm, "# "));
            process.exitCode = 1;
        }
        for (const context of opened) await context.close();
    }
    for (const browser of browsers.values()) await browser.close();
}
