/* loaded.h - the pages of libraries that are in memory. */
#ifndef GIS_LOADED_H
#define GIS_LOADED_H

/* Lets go of all that is as it is in the files; what is used again comes back from there. To link
 * some hundred libraries (GDAL's) the loader touches 30 MB of them, of which few are used again. */
void loaded_drop(void);

#endif
