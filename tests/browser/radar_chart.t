#!/usr/bin/env node
// Charts of the warning radar as files: in the browser every text lies within the picture and on no other, whatever the
// weights; day and night differ; what has no data is told without colour.
import('./harness.mjs').then(({ BASE, check, equal, get, suite }) => {
    const WEIGHTS = ['', 'weights=100,0,0,0', 'weights=0,0,1,99', 'weights=0,100,0,0&order=HIJG', 'weights=25,25,25,25&order=JHIG&rescale=1',
        'weights=1,97,1,1&angle=published'];

    // The chart opened as a page of its own: boxes of its texts and the ground's colour.
    async function look(page, path) {
        await page.goto(new URL(path, BASE).href);
        return page.evaluate(() => {
            const svg = document.documentElement, view = svg.viewBox.baseVal;
            const texts = [...svg.querySelectorAll('text')].map((node) => {
                const { x, y, width, height } = node.getBBox();
                // The line box is higher than its characters.
                return { text: node.textContent, small: Number(node.getAttribute('font-size') ?? 14) < 12, x, y: y + height * 0.2, width, height: height * 0.6 };
            }).filter(({ width }) => width > 0);
            return { root: svg.nodeName, broken: document.querySelector('parsererror') !== null, width: view.width, height: view.height, texts,
                ground: svg.querySelector('rect:not(pattern rect)').getAttribute('fill') };
        });
    }

    function overlaps(a, b) {
        return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
    }

    async function checkChart(page, path) {
        const seen = await look(page, path);
        equal([seen.root, seen.broken], ['svg', false], `${path} is a picture`);
        check(seen.texts.length > 20, `${path}: texts`, seen.texts.length);
        for (const [i, text] of seen.texts.entries()) {
            check(text.x >= 0 && text.y >= 0 && text.x + text.width <= seen.width && text.y + text.height <= seen.height,
                `${path}: "${text.text}" lies outside`, text);
            for (const other of seen.texts.slice(i + 1)) {
                check(text.small || other.small || !overlaps(text, other), `${path}: "${text.text}" and "${other.text}" lie on each other`, [text, other]);
            }
        }
        return seen;
    }

    return suite({
        'texts lie within the picture, none on another, whatever the weights': async (browse) => {
            const { page, seen } = await browse({ map: false, hash: 'api.html' });
            const { facilities } = await get('api/v1/radar/facilities?limit=200');
            const long = facilities.reduce((a, b) => (a.name.length > b.name.length ? a : b));
            for (const id of [facilities[0].id, long.id]) {
                for (const query of WEIGHTS) await checkChart(page, `api/v1/radar/facilities/${id}.svg?${query}`);
            }
            const { substances } = await get('api/v1/radar/substances?limit=200');
            const named = substances.reduce((a, b) => (a.name_en.length > b.name_en.length ? a : b));
            for (const query of ['', 'weights=100,0,0,0', 'order=DBCA']) await checkChart(page, `api/v1/radar/substances/${named.cas}.svg?${query}`);
            equal(seen.errors, [], 'errors');
            equal(seen.foreign, [], 'requests to other hosts');
        },
        'white by day, dark at night': async (browse) => {
            const { page } = await browse({ map: false, hash: 'api.html' });
            const { facilities: [first] } = await get('api/v1/radar/facilities?limit=1');
            const day = await checkChart(page, `api/v1/radar/facilities/${first.id}.svg`);
            const night = await checkChart(page, `api/v1/radar/facilities/${first.id}.svg?theme=night`);
            equal(day.ground, '#ffffff', 'by day');
            check(parseInt(night.ground.slice(1, 3), 16) < 64, 'at night', night.ground);
            equal(night.texts.map(({ text }) => text), day.texts.map(({ text }) => text), 'the same words');
        },
        'without colours: no score and no data are told in words and by the lines': async (browse) => {
            const { page } = await browse({ map: false, hash: 'api.html' });
            const { substances } = await get('api/v1/radar/substances?limit=300');
            const missing = substances.find((item) => item.axes.filter((axis) => axis.no_data).length === 1);
            const seen = await checkChart(page, `api/v1/radar/substances/${missing.cas}.svg`);
            const words = seen.texts.map(({ text }) => text).join(' ');
            check(words.includes('無資料 no data') && words.includes('counted as class 1'), 'no data', words);
            check(await page.evaluate(() => document.querySelectorAll('line[stroke-dasharray]:not(pattern line)').length) === 1, 'one dashed axis');
        },
    });
});
