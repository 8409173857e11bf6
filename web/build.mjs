// Lays out the pages as the URL space the server serves: node web/build.mjs OUTDIR
//
// Own modules and style sheets go under assets/<hash of their contents>/, MapLibre under assets/vendor/maplibre-gl-<version>/,
// so everything below assets/ may be cached for ever. Needs nothing but Node 18 and an `npm ci`.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = dirname(fileURLToPath(import.meta.url));
const maplibre = join(web, '..', 'node_modules', 'maplibre-gl');
const VENDOR_FILES = [
    'maplibre-gl.mjs', 'maplibre-gl-worker.mjs', 'maplibre-gl-shared.mjs', 'maplibre-gl.css',
];

// Only what an earlier run of this script wrote may be removed: the folder is given on the command line.
function clear(out) {
    for (const name of ['assets', ...pages(), 'favicon.svg']) {
        rmSync(join(out, name), { recursive: true, force: true });
    }
    mkdirSync(out, { recursive: true });
}

function pages() {
    return readdirSync(web).filter((name) => name.endsWith('.html')).sort();
}

// The modules that a module needs, itself among them.
function needed(files, name, found = new Set()) {
    if (found.has(name)) return found;
    found.add(name);
    const { text } = files.find((file) => file.name === name);
    for (const [, other] of text.matchAll(/from '\.\/(\w+\.mjs)'/g)) needed(files, `app/${other}`, found);
    return found;
}

function ownFiles() {
    return ['app', 'css'].flatMap((folder) =>
        readdirSync(join(web, folder)).filter((name) => /\.(mjs|css)$/.test(name)).sort()
            .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(web, folder, name), 'utf8') })));
}

function build(out) {
    const version = JSON.parse(readFileSync(join(maplibre, 'package.json'), 'utf8')).version;
    const vendor = `assets/vendor/maplibre-gl-${version}`;
    const files = ownFiles().map((file) => ({
        ...file, text: file.text.replaceAll('vendor/maplibre-gl/', `vendor/maplibre-gl-${version}/`),
    }));
    const hash = createHash('sha256');
    for (const file of files) hash.update(`${file.name}\0${file.text}\0`);
    const own = `assets/${hash.digest('hex').slice(0, 12)}`;

    clear(out);
    for (const file of files) {
        mkdirSync(dirname(join(out, own, file.name)), { recursive: true });
        writeFileSync(join(out, own, file.name), file.text);
    }
    mkdirSync(join(out, vendor), { recursive: true });
    for (const name of VENDOR_FILES) cpSync(join(maplibre, 'dist', name), join(out, vendor, name));
    cpSync(join(maplibre, 'LICENSE.txt'), join(out, vendor, 'LICENSE.txt'));

    const link = (name) => `<link rel="modulepreload" href="${name}">`;
    for (const page of pages()) {
        const html = readFileSync(join(web, page), 'utf8')
            .replace(/<!-- preload (\S+) -->/, (_, main) => [...needed(files, main)].sort().map((name) => link(`${own}/${name}`))
                .concat(main === 'app/main.mjs' ? link(`${vendor}/maplibre-gl.mjs`) : []).join('\n'))
            .replaceAll('assets/own/', `${own}/`)
            .replaceAll('assets/vendor/maplibre-gl/', `${vendor}/`);
        writeFileSync(join(out, page), html);
    }
    cpSync(join(web, 'favicon.svg'), join(out, 'favicon.svg'));
}

if (process.argv.length !== 3 || process.argv[2].startsWith('-')) {
    console.error('usage: node web/build.mjs OUTDIR\nWrites the map page, ready to be served, to OUTDIR.');
    process.exit(2);
}
build(process.argv[2]);
