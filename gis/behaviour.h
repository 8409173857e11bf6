/* behaviour.h - what is done with a substance (運作行為), as files write it. */
#ifndef GIS_BEHAVIOUR_H
#define GIS_BEHAVIOUR_H

/* The name that table holding has for it: 製造 manufacture, 使用 use, 結餘量 store …; NULL where
 * the text is none that is known (年平均運作量 says of no single one). */
const char *behaviour_find(const char *text);

#endif
