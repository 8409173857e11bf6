// The server counts in English sentences; here they are in Chinese.
import { lang } from './i18n.mjs';

const ZH = {
    'without a position, not drawn': '沒有座標，未繪於地圖',
    'positions off every county, not drawn': '座標不在任何縣市內，未繪於地圖',
    'positions in TM2 zone 119 taken for 121 or reverse, not drawn': 'TM2 119／121 分帶混淆，未繪於地圖',
    'positions up to 1 km off the coast': '座標在海岸線外 1 公里內',
    'positions in another county than the address': '座標與地址不在同一縣市',
    'positions in another county than is named': '座標與所列縣市不符',
    'positions unchecked: no borders are loaded': '未匯入縣市界，座標未檢查',
    'positions not accepted, rows kept': '座標不採用，資料列保留',
    'fields ignored, rows kept': '個別欄位不採用，資料列保留',
    'facilities known already from another source': '其他來源已有的廠場',
    'facilities known only from holdings': '僅由運作資料得知的廠場',
    'facilities whose position check changed': '座標檢查結果改變的廠場',
    'other records whose position check changed': '座標檢查結果改變的其他資料',
    'rings closed (their ends did not meet)': '已閉合的環（首尾不相接）',
    'borders repaired (they crossed themselves)': '已修復自相交的界線',
    'stored holdings linked anew': '重新連結的運作資料',
    'not linked to a substance': '未連結到化學物質',
    'linked by CAS number': '以 CAS 號碼連結',
    'linked by number on the toxic list': '以列管編號連結',
    'linked by Chinese name': '以中文名稱連結',
    'linked by English name': '以英文名稱連結',
    'rows whose CAS number no substance has yet': 'CAS 號碼尚無對應化學物質的資料列',
    'companies of the former list that this one has no more': '前一份名單有而本次沒有的公司',
    'sums of other behaviours: kept, not counted': '其他運作行為的合計：保留，不列入計算',
};
const BEGINNINGS = { 'columns not used: ': '未使用的欄位：', 'layers not read: ': '未讀取的圖層：', 'not linked: ': '未連結：' };

export function remarkText(name) {
    if (lang() === 'en') return name;
    const beginning = Object.keys(BEGINNINGS).find((text) => name.startsWith(text));
    return beginning ? BEGINNINGS[beginning] + name.slice(beginning.length) : ZH[name] ?? name;
}
