// The planner's page of the warning radar: settings, priority lists, one score explained, regions, saved runs.
import { deskStart } from './desk.mjs';
import { partsStart } from './parts.mjs';
import { radarChosenStart } from './radar_chosen.mjs';
import { radarListStart } from './radar_list.mjs';
import { radarRegionsStart } from './radar_regions.mjs';
import { radarRunsStart } from './radar_runs.mjs';
import { radarSettingsStart } from './radar_settings.mjs';
import { radarViewSettle, radarViewStart } from './radar_view.mjs';
import { byId } from './dom.mjs';
import { loadTilesets, tilesetsStart } from './tilesets.mjs';

radarViewStart();
deskStart('radar');
radarViewSettle();
partsStart();
tilesetsStart();
loadTilesets();             // the legend gives the scores their colours
radarSettingsStart(byId('radar-settings'));
radarListStart(byId('radar-list'));
radarChosenStart(byId('radar-chosen'));
radarRegionsStart(byId('radar-regions'));
radarRunsStart(byId('radar-runs'));
