#!/usr/bin/env node
// The warning radar on the page: weights that recolour the map, priority lists, one score explained, regions, saved runs.
import('./harness.mjs').then(({ AXE, BASE, check, equal, get, mapIdle, scan, suite, until, violations }) => {
    const TARGETS = 'button, a, select, input:not([type=radio]):not([role=switch])';
    const EVIL = '<img src=x onerror="window.evil=1">';
    const number = (text) => Number(text.replace(/[^\d.-]/g, ''));

    async function openPage(browse, hash = '', options = {}) {
        const { page, seen } = await browse({ hash: `radar.html#${hash}`, map: false, init: AXE, ...options });
        await page.waitForSelector('#radar-table tbody tr, #list-rows .notice');
        return { page, seen };
    }

    const ids = (page) => page.locator('#radar-table [data-chosen]').evaluateAll((rows) => rows.map((row) => row.dataset.chosen));
    const weightsShown = (page, name = 'weights') => page.locator(`#${name} input[type=number]`).evaluateAll((boxes) => boxes.map((box) => Number(box.value)));

    // Until the list shows what the server says for this query.
    async function listIs(page, query, what) {
        const { facilities, substances } = await get(`api/v1/radar/${query}`);
        const wanted = (facilities ?? substances).map((row) => String(row.id ?? row.cas));
        await until(async () => JSON.stringify(await ids(page)) === JSON.stringify(wanted), what);
        return wanted;
    }

    const removeRuns = async (name) => {
        const { runs } = await get('api/v1/radar/runs');
        for (const run of runs.filter((item) => item.name.startsWith(name))) await fetch(new URL(`api/v1/radar/runs/${run.id}`, BASE), { method: 'DELETE' });
    };

    return suite({
        async 'weights by keyboard: the sum stays 100, the list follows, the address keeps them'(browse) {
            const { page, seen } = await openPage(browse);
            const first = await listIs(page, 'facilities?limit=20', 'the list by default');
            await page.focus('#weights-J');
            for (let i = 0; i < 45; i++) await page.keyboard.press('ArrowRight');
            const weights = await weightsShown(page);
            equal([weights[3], weights.reduce((a, b) => a + b, 0)], [60, 100], 'the moved weight and the sum');
            check(weights[0] > weights[1] && weights[1] > weights[2], 'the others keep their ratio', weights);
            equal(await page.getAttribute('#weights-J', 'aria-valuetext'), '60 %', 'what a screen reader says');
            const second = await listIs(page, `facilities?limit=20&weights=${weights}`, 'the list with these weights');
            check(JSON.stringify(first) !== JSON.stringify(second), 'another order');
            equal(await page.evaluate(() => document.activeElement.id), 'weights-J', 'focus stays on the slider');
            await until(() => page.url().includes(encodeURIComponent(weights.join(','))), 'the address');
            await page.reload();
            await listIs(page, `facilities?limit=20&weights=${weights}`, 'the same list after a reload');
            equal(await weightsShown(page), weights, 'and the same weights');
            check(await page.isHidden('#weights-flat'), 'an area is left');
            await page.goto(`${BASE}radar.html#weights=100,0,0,0`);
            await page.reload();
            await page.waitForSelector('#weights-flat:visible');
            await page.check('input[name=order][value=GHJI]', { force: true });
            check(await page.isVisible('#weights-flat'), 'every score is 0, and it is said');
            await page.goto(`${BASE}radar.html#weights=${weights}`);
            await page.reload();
            await page.waitForSelector('#weights-G-hold');
            await page.click('#weights-G-hold');
            await page.fill('#weights-H-number', '5');
            await page.locator('#weights-H-number').blur();
            equal((await weightsShown(page)).slice(0, 2), [weights[0], 5], 'a held weight stays');
            await page.fill('#weights-H-number', '');
            await page.locator('#weights-H-number').blur();
            equal((await weightsShown(page)).slice(0, 2), [weights[0], 5], 'an emptied box is no weight of 0');
            await page.click('#weights-reset');
            equal(await weightsShown(page), [40, 30, 15, 15], 'back to default');
            await listIs(page, 'facilities?limit=20', 'the list by default again');
            equal([seen.errors, seen.foreign, await violations(page)], [[], [], []], 'errors, other hosts, policy');
        },

        async 'order of axes, angle, and the weights of substances reach list and sensitivity'(browse) {
            const { page } = await openPage(browse);
            await page.check('input[name=order][value=GHJI]', { force: true });
            await listIs(page, 'facilities?limit=20&order=GHJI', 'another order of axes');
            const before = await page.textContent('#radar-table tbody tr .badge');
            await page.click('#radar-more summary');
            await page.check('input[name=angle][value=published]', { force: true });
            await until(async () => (await page.textContent('#radar-table tbody tr .badge')) !== before, 'smaller areas');
            await page.click('#radar-substances summary');
            await page.focus('#substance-weights-C');
            await page.keyboard.press('End');
            equal(await weightsShown(page, 'substance-weights'), [0, 0, 100, 0], 'all weight on incidents');
            await listIs(page, 'facilities?limit=20&order=GHJI&angle=published&substance_weights=0,0,100,0', 'the list of facilities');
            await page.check('input[name=list-of][value=substances]', { force: true });
            await listIs(page, 'substances?limit=20&angle=published&weights=0,0,100,0', 'the list of substances');
            await page.click('#weights-reset');
            await listIs(page, 'substances?limit=20', 'substances by default');
            const { top, stay } = await get('api/v1/radar/sensitivity?of=substances&points=5&top=100');
            await until(async () => {
                const numbers = (await page.textContent('#sensitivity strong')).match(/\d+/g)?.map(Number) ?? [];
                return numbers.includes(top) && numbers.includes(stay);
            }, 'how many stay');
        },

        async 'weights of an address are used as they are written, whatever the sliders can show'(browse) {
            const weights = '33.3,20,1,7.7', query = `weights=${weights}&order=GIHJ`;
            const { page } = await openPage(browse, query);
            await listIs(page, `facilities?limit=20&${query}`, 'the list of these weights');
            equal(await weightsShown(page), [53.7, 32.3, 1.6, 12.4], 'sliders round');
            const mean = (await get(`api/v1/radar/facilities?limit=1&${query}`)).facilities[0];
            const asked = new URL(await page.getAttribute('#download-csv', 'href'), BASE).searchParams;
            equal([asked.get('weights'), asked.get('order')], [weights, 'GIHJ'], 'files of these weights');
            await page.click(`[data-chosen="${mean.id}"]`);
            await page.waitForSelector('#chosen .axes');
            const explained = new URL(await page.getAttribute('#explain-file', 'href'), BASE);
            equal((await (await fetch(explained)).json()).area, (await get(`api/v1/radar/facilities/${mean.id}/explain?${query}`)).area, 'the very same score');
            check(decodeURIComponent(page.url()).includes(query), 'the address stays', page.url());
            const map = await page.getAttribute('#to-map', 'href');
            check(decodeURIComponent(map).includes(query), 'and goes to the map', map);
            const { page: plan } = await browse({ hash: map.slice(2) });
            const tiles = new URL(await plan.evaluate(() => window.hazatlas.map.getSource('facilities').tiles[0])).searchParams.get('weights').split(',').map(Number);
            check([33.3, 20, 1, 7.7].every((weight, at) => Math.abs(tiles[at] - weight / 62 * 100) < 1e-9), 'its tiles too', tiles);
            await page.fill('#weights-G-number', '50');
            await page.locator('#weights-G-number').blur();
            const moved = await weightsShown(page);
            equal([moved[0], Math.round(moved.reduce((a, b) => a + b, 0) * 10)], [50, 1000], 'once moved, what is shown is used');
            await until(() => decodeURIComponent(page.url()).includes(`weights=${moved}`), 'the address says so');
        },

        async 'township and industry go along to the map'(browse) {
            const { facilities } = await get('api/v1/radar/facilities?limit=200');
            const row = facilities.find((item) => item.township && item.industry && item.lat !== null);
            if (!row) return 'no facility with a township and an industry';
            const filter = `county=${row.county}&township=${row.township}&industry=${encodeURIComponent(row.industry)}`;
            const { page } = await openPage(browse, filter);
            await listIs(page, `facilities?limit=20&${filter}`, 'the narrowed list');
            const map = await page.getAttribute('#to-map', 'href');
            const { page: plan, seen } = await browse({ hash: map.slice(2) });
            const tiles = () => plan.evaluate(() => new URL(window.hazatlas.map.getSource('facilities').tiles[0]).search);
            const query = new URLSearchParams(await tiles());
            equal([query.get('township'), query.get('industry')], [String(row.township), row.industry], 'tiles of both');
            await until(async () => (await plan.locator('.chip.township').count()) === 1 && !(await plan.textContent('.chip.township')).includes(row.township), 'the township by name');
            check((await plan.textContent('.chip.industry')).includes(row.industry), 'the industry');
            const back = await plan.getAttribute('#to-radar', 'href');
            check(back.includes(`township=${row.township}`) && decodeURIComponent(back).includes(`industry=${row.industry}`), 'and back', back);
            await plan.click('.chip.township .chip-close');
            await plan.click('.chip.industry .chip-close');
            await until(async () => !/township|industry/.test(await tiles()), 'taken away');
            equal([seen.errors, seen.foreign], [[], []], 'errors and requests to other hosts');
        },

        async 'nothing scrolls sideways: a chosen facility and a comparison, both languages, five widths'(browse) {
            const name = `wide-${process.pid}`;
            const save = async (more) => (await (await fetch(new URL('api/v1/radar/runs', BASE), { method: 'POST', headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify(more) })).json()).id;
            try {
                const from = await save({ name: `${name} ` }), to = await save({ name: `${name} 2`, weights: '10,20,30,40' });
                equal((await get(`api/v1/radar/runs/${from}`)).run.name, name, 'a name without the blank at its end');
                const { facilities: [row] } = await get('api/v1/radar/facilities?limit=1');
                for (const lang of ['zh', 'en']) {
                    const { page } = await openPage(browse, `lang=${lang}&chosen=${row.id}&from=${from}&to=${to}`);
                    await page.waitForSelector('#limits-table tbody tr');
                    await page.waitForSelector('#compare-rose tbody tr');
                    await page.waitForSelector('#regions-table tbody tr');
                    for (const width of [390, 768, 1024, 1280, 1440]) {
                        await page.setViewportSize({ width, height: 900 });
                        const found = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
                        check(found[0] <= found[1], `${lang} ${width}`, found);
                    }
                    const tall = await page.locator('#radar-table tbody .row-name').evaluateAll((names) => Math.max(...names.map((item) => item.getBoundingClientRect().height
                        / parseFloat(getComputedStyle(item).lineHeight))));
                    check(tall < 4.5, `${lang}: names of at most four lines at 1440 px`, tall);
                }
            } finally {
                await removeRuns(name);
            }
        },

        async 'filters, order by companions, pages, and files with all rows'(browse) {
            const { page } = await openPage(browse);
            const { counties } = await get('api/v1/counties');
            const county = counties.reduce((a, b) => (b.facilities > a.facilities ? b : a)).code;
            await page.selectOption('#filter-county', county);
            await listIs(page, `facilities?limit=20&county=${county}`, 'one county');
            await page.click('[data-sort=geometric]');
            await listIs(page, `facilities?limit=20&county=${county}&sort=geometric`, 'by geometric mean');
            equal(await page.getAttribute('#radar-table th[aria-sort]', 'aria-sort'), 'descending', 'said to be sorted');
            await page.click('#page-next');
            await listIs(page, `facilities?limit=20&county=${county}&sort=geometric&after=20`, 'the next page');
            equal(await page.evaluate(() => document.activeElement.id), 'page-next', 'focus stays');
            const { matched } = await get(`api/v1/radar/facilities?limit=1&county=${county}`);
            check((await page.textContent('#page-now')).includes(matched.toLocaleString('en')), 'how many in all', await page.textContent('#page-now'));
            const { townships } = await get(`api/v1/townships?county=${county}`);
            const township = townships.reduce((a, b) => (b.facilities > a.facilities ? b : a)).code;
            await page.selectOption('#filter-township', township);
            await listIs(page, `facilities?limit=20&county=${county}&township=${township}&sort=geometric`, 'one township, from its first page');
            const rows = (await get(`api/v1/radar/facilities?limit=1&county=${county}&township=${township}`)).matched;
            const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download-csv')]);
            const csv = require('node:fs').readFileSync(await download.path(), 'utf8').trim().split('\r\n');
            equal(csv.length, rows + 1, 'a head and every row that matches');
            const geojson = await (await fetch(await page.getAttribute('#download-geojson', 'href'))).json();
            equal([geojson.type, geojson.features.length], ['FeatureCollection', rows], 'GeoJSON');
            const xlsx = Buffer.from(await (await fetch(await page.getAttribute('#download-xlsx', 'href'))).arrayBuffer());
            equal(xlsx.subarray(0, 2).toString(), 'PK', 'XLSX');
            await page.click('#filters-taken button');
            await listIs(page, 'facilities?limit=20&sort=geometric', 'all again');
        },

        async 'one score, line by line, recomputes from what is shown'(browse) {
            const { page } = await openPage(browse, 'weights=25,35,25,15&order=GIHJ');
            const [id] = await ids(page);
            await page.click(`[data-chosen="${id}"]`);
            await page.waitForSelector('#chosen .axes');
            const { facilities: [row] } = await get('api/v1/radar/facilities?limit=1&weights=25,35,25,15&order=GIHJ');
            const value = Object.fromEntries(row.axes.map((axis) => [axis.key, axis.weighted]));
            check(Math.abs((value.G + value.H) * (value.I + value.J) / 2 - row.area) < 1e-4, 'the area is that of the axes in this order', row);
            equal(await page.textContent('#chosen .score-line .badge').then(number), Number(row.area.toFixed(2)), 'its score');
            equal(await page.evaluate(() => document.activeElement.tagName), 'H2', 'focus goes to what was opened');
            const top = await page.locator('#chosen svg.radar .radar-key').allTextContents();
            equal(top.join(''), 'GIHJ', 'axes drawn in the chosen order');
            const text = await page.textContent('#chosen');
            for (const axis of row.axes) check(text.includes(axis.explain.zh), `line of ${axis.key}`, [axis.explain.zh, text]);
            const chart = await (await fetch(await page.getAttribute('#chart-file', 'href'))).text();
            check(chart.includes('<svg'), 'the chart as a file');
            await page.click('#chosen-close');
            equal(await page.evaluate(() => document.activeElement.dataset.chosen), id, 'focus goes back to the row');
        },

        async 'regions: the table is the server\'s, the map has its colours, a region narrows the list'(browse) {
            const { page } = await openPage(browse);
            const { features } = await get('api/v1/radar/regions?by=county&format=geojson');
            const wanted = features.map((feature) => feature.properties).filter((item) => item.facilities > 0).sort((a, b) => b.sum - a.sum);
            await page.waitForSelector('#regions-table tbody tr');
            equal(await page.locator('#regions-table [data-region]').evaluateAll((rows) => rows.map((row) => row.dataset.region)), wanted.map((item) => item.code), 'by sum of scores');
            const sums = await page.locator('#regions-table tbody tr td:nth-child(2)').allTextContents();
            check(sums.every((text) => /^([\d,]+\.\d\d|–)$/.test(text)), 'two decimals', sums);
            const files = await page.locator('#radar-regions .buttons a').evaluateAll((links) => links.map((link) => new URL(link.href).searchParams.get('format')));
            equal(files, ['csv', 'xlsx', 'geojson'], 'files of the regions');
            const xlsx = Buffer.from(await (await fetch(await page.getAttribute('#regions-xlsx', 'href'))).arrayBuffer());
            equal(xlsx.subarray(0, 2).toString(), 'PK', 'XLSX');
            await page.selectOption('#measure', 'number');
            equal((await page.locator('#regions-table tbody tr td:nth-child(2)').allTextContents()).map(number),
                wanted.map((item) => item.facilities).sort((a, b) => b - a), 'by number of facilities');
            await page.waitForSelector('#regions-map canvas');
            await page.check('input[name=regions-by][value=hexagon]', { force: true });
            await until(async () => (await page.locator('#regions-table [data-region]').count()) > 0
                && (await page.locator('#regions-table [data-region]').first().getAttribute('data-region')).startsWith('h5000')
                && /^TWD97 [\d,]+, [\d,]+$/.test(await page.locator('#regions-table [data-region]').first().textContent()), 'hexagons, by the place of their centre');
            await page.check('input[name=regions-by][value=county]', { force: true });
            await page.waitForSelector(`[data-region="${wanted[0].code}"]`);
            await page.click(`[data-region="${wanted[0].code}"]`);
            await page.click('#region-list');
            await listIs(page, `facilities?limit=20&county=${wanted[0].code}`, 'the list of that county');
        },

        async 'a run is saved, compared with other weights, and deleted after asking'(browse) {
            const name = `radar-${process.pid} ${EVIL}`;
            try {
                const { page } = await openPage(browse);
                await page.fill('#run-name', name);
                await page.click('#run-save');
                await page.waitForSelector('#runs-table tbody tr');
                await page.fill('#weights-J-number', '60');
                await page.locator('#weights-J-number').blur();
                await listIs(page, `facilities?limit=20&weights=${await weightsShown(page)}`, 'other weights');
                await page.fill('#run-name', `${name} 2`);
                await page.click('#run-save');
                await until(async () => (await page.locator('#runs-table tbody tr').count()) >= 2, 'both runs');
                check((await page.textContent('#runs-table')).includes(EVIL), 'a name is text');
                equal(await page.evaluate(() => [typeof window.evil, document.querySelectorAll('main img').length]), ['undefined', 0], 'nothing ran');
                const { runs } = await get('api/v1/radar/runs');
                const [from, to] = [name, `${name} 2`].map((text) => String(runs.find((run) => run.name === text).id));
                await page.selectOption('#run-from', from);
                await page.selectOption('#run-to', to);
                await page.waitForSelector('#compare-rose tbody tr');
                const { rose, counts } = await get(`api/v1/radar/runs/compare?from=${from}&to=${to}&limit=20`);
                equal(await page.locator('#compare-rose tbody tr .row-name').allTextContents(), rose.map((row) => row.name), 'who rose');
                check(counts.rose > 0 && counts.fell > 0, 'both directions', counts);
                const why = await page.locator('#compare-rose tbody tr').first().locator('.why-list').textContent();
                check(why.includes(rose[0].by.parameters.toFixed(2)) && why.includes('設定'), 'why: other settings, by how much', why);
                const csv = await (await fetch(await page.getAttribute('#compare-csv', 'href'))).text();
                check(csv.split('\r\n').length > rose.length, 'the comparison as a file');
                await until(async () => (await page.locator('#regions-table thead th', { hasText: '相比' }).count()) === 1, 'regions say the trend since the run');
                await until(async () => (await page.locator('#regions-mixed').count()) === 1, 'and that other settings have a part in it');
                await page.click(`[data-use="${from}"]`);
                equal(await weightsShown(page), [40, 30, 15, 15], 'its settings are taken');
                await until(async () => (await page.locator('#regions-mixed').count()) === 0, 'nothing to say with the settings of the run');
                await page.click(`[data-delete="${to}"]`);
                equal(await page.evaluate(() => document.activeElement.id), 'run-delete-yes', 'asks first');
                await page.click('#run-delete-no');
                equal((await get('api/v1/radar/runs')).runs.some((run) => String(run.id) === to), true, 'still there');
                await page.click(`[data-delete="${to}"]`);
                await page.click('#run-delete-yes');
                await until(async () => !(await get('api/v1/radar/runs')).runs.some((run) => String(run.id) === to), 'gone');
                await until(async () => (await page.locator(`[data-delete="${to}"]`).count()) === 0, 'gone from the list');
            } finally {
                await removeRuns(`radar-${process.pid}`);
            }
        },

        async 'the map: weights by keyboard ask for other tiles, colours and scores follow, the last one wins'(browse) {
            const worst = (await get('api/v1/radar/facilities?limit=50')).facilities.find((row) => row.lat !== null);
            const { page, seen } = await browse({ hash: `#map=15/${worst.lat}/${worst.lon}` });
            const tiles = () => page.evaluate(() => window.hazatlas.map.getSource('facilities').tiles[0]);
            const scoreOf = (id) => page.evaluate((wanted) => window.hazatlas.map.querySourceFeatures('facilities', { sourceLayer: 'facilities' })
                .find((feature) => feature.properties.id === wanted)?.properties.score, id);
            check(!(await tiles()).includes('weights='), 'no weights by default', await tiles());
            await page.focus('#weights-H');
            for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowRight');
            const weights = await weightsShown(page);
            equal([weights[1], weights.reduce((a, b) => a + b, 0)], [70, 100], 'moved by 40');
            await until(async () => decodeURIComponent(await tiles()).includes(`weights=${weights}`), 'tiles with these weights');
            check(/[?&]v=\d+/.test(await tiles()), 'of the atlas version', await tiles());
            await mapIdle(page);
            const { radar } = await get(`api/v1/facilities/${worst.id}?weights=${weights}`);
            check(Math.abs(radar.score - worst.area) > 0.01, 'another score', [radar.score, worst.area]);
            await until(async () => Math.abs((await scoreOf(worst.id)) - radar.score) < 0.006, 'the score on the map is that of the last weights');
            const { hazatlas: { legend } } = await get(`tiles/facilities.json?weights=${weights}`);
            const classOf = await page.evaluate((wanted) => window.hazatlas.map.querySourceFeatures('facilities', { sourceLayer: 'facilities' })
                .find((feature) => feature.properties.id === wanted).properties.score_class, worst.id);
            equal(classOf, legend.classes.filter((item) => radar.score >= item.min).length, 'its class is that of the legend of these weights');
            const colors = await page.evaluate(() => JSON.stringify(window.hazatlas.map.getPaintProperty('facility-points', 'circle-color')));
            legend.classes.forEach((item, at) => check(colors.includes(`${at + 1},"${item.color}"`), `the colour of class ${at + 1}`, colors));
            equal(await page.evaluate(() => document.activeElement.id), 'weights-H', 'focus stays on the slider');
            await until(() => page.url().includes(`weights=${weights}`), 'the address');
            check((await page.textContent('.chip.radar-weights')).includes(weights.join(' / ')), 'a chip says so');
            await page.reload();
            await mapIdle(page);
            check(decodeURIComponent(await tiles()).includes(`weights=${weights}`), 'after a reload');
            await page.click('#weights-reset');
            await until(async () => !(await tiles()).includes('weights='), 'back to default');
            equal(await page.locator('.chip.radar-weights').count(), 0, 'no chip');
            equal([seen.errors, seen.foreign], [[], []], 'errors and requests to other hosts');
        },

        async 'a slow answer to an earlier weight does not stay on the map'(browse) {
            const { facilities } = await get('api/v1/radar/facilities?limit=50');
            const worst = facilities.find((row) => row.lat !== null);
            // Tiles of the first weights, then those of the first step, are held back until the server has told of those of the last.
            for (const first of ['', 'weights=*']) {
                let held = 0, last = false, open = () => {};
                const gate = new Promise((resolve) => { open = resolve; });
                const { page } = await browse({ hash: `#map=15/${worst.lat}/${worst.lon}`, map: first !== '', route: (own) => own.context().route(`**/tiles/facilities/**${first}`, async (route) => {
                    held += 1;
                    if (!last) await gate;
                    await route.continue();
                }) });
                await page.focus('#weights-J');
                if (first) await page.keyboard.press('ArrowRight');
                await until(() => held > 0, 'tiles of the first step');
                for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight');
                const weights = await weightsShown(page);
                await until(() => page.evaluate((wanted) => performance.getEntriesByType('resource').some((entry) => decodeURIComponent(entry.name).endsWith(`facilities.json?weights=${wanted}`)),
                    String(weights)), 'the word on the last tiles');
                last = true;
                open();
                await until(() => page.evaluate((wanted) => decodeURIComponent(window.hazatlas.map.getSource('facilities').tiles[0]).includes(`weights=${wanted}`), String(weights)), 'the last tiles');
                await mapIdle(page);
                const { radar } = await get(`api/v1/facilities/${worst.id}?weights=${weights}`);
                const shown = () => page.evaluate((wanted) => window.hazatlas.map.querySourceFeatures('facilities', { sourceLayer: 'facilities' })
                    .filter((feature) => feature.properties.id === wanted).map((feature) => feature.properties.score), worst.id);
                const right = (scores) => scores.length > 0 && scores.every((score) => Math.abs(score - radar.score) < 0.006);
                await until(async () => right(await shown()), `scores of the last weights after ${first || 'none'}`);
                await mapIdle(page);
                check(right(await shown()), 'and no others after them', [await shown(), radar.score]);
            }
        },

        async 'sizes on the map are by quantity, and the legend shows them'(browse) {
            const { lat, lon } = (await get('api/v1/radar/facilities?limit=50')).facilities.find((row) => row.lat !== null);
            const { page } = await browse({ hash: `#map=15/${lat}/${lon}` });
            const found = await page.evaluate(() => window.hazatlas.map.querySourceFeatures('facilities', { sourceLayer: 'facilities' })
                .filter((feature) => feature.properties.quantity_kg > 0).length);
            check(found > 0, 'single points carry their quantity');
            check(JSON.stringify(await page.evaluate(() => window.hazatlas.map.getPaintProperty('facility-points', 'circle-radius'))).includes('quantity_kg'), 'radius by quantity');
            const radii = await page.locator('#legend-size tbody tr').first().locator('circle').evaluateAll((circles) => circles.map((circle) => Number(circle.getAttribute('r'))));
            check(radii.length === 3 && radii[0] < radii[1] && radii[1] < radii[2], 'growing circles', radii);
        },

        async 'what failed says so, and the rest works'(browse) {
            let broken = true;
            const { page } = await openPage(browse, '', { route: (own) => own.route('**/api/v1/radar/facilities?**', (route) => (broken
                ? route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ title: 'Busy', detail: 'come back later' }) }) : route.continue())) });
            await page.waitForSelector('#list-again');
            check((await page.textContent('#list-rows')).includes('come back later'), 'why');
            await scan(page, 'error', TARGETS);
            broken = false;
            await page.click('#list-again');
            await listIs(page, 'facilities?limit=20', 'the list at the second try');
        },

        async 'WCAG 2.2 AA by day and night, in both languages, on phones'(browse) {
            for (const options of [{}, { night: true, lang: 'en' }, { phone: true }]) {
                const { page } = await openPage(browse, `lang=${options.lang ?? 'zh'}`, options);
                await page.click('#radar-more summary');
                await page.click('#radar-substances summary');
                await page.locator('#radar-table [data-chosen]').first().click();
                await page.waitForSelector('#chosen .axes');
                await page.waitForSelector('#regions-table tbody tr');
                await page.waitForSelector('#regions-map canvas');
                await scan(page, JSON.stringify(options), TARGETS);
                if (options.lang === 'en') {
                    const text = await page.evaluate(() => [...document.querySelectorAll('h1, h2, h3, label > span, legend, th[scope=col], .btn, .hint')]
                        .map((element) => element.innerText.replace(/[^\u4e00-\u9fff]/g, '')).filter(Boolean).join(' '));
                    // The button back to Chinese stays, and the name of what was chosen.
                    equal(text.replace(await page.textContent('#chosen h2').then((name) => name.replace(/[^\u4e00-\u9fff]/g, '')), '').trim(), '中文', 'no Chinese left in the frame');
                }
            }
        },
    });
});
