/* asset.h - the page's files, embedded at build (gis/embed.sh assets). */
#ifndef SERVER_ASSET_H
#define SERVER_ASSET_H

struct asset {
    const char *path;            /* "/index.html"; the table ends with NULL */
    const char *data, *end;      /* as is */
    const char *gzip, *gzip_end; /* gzip of the same */
    const char *etag;            /* 16 hex digits of the SHA-256 */
};
extern const struct asset assets[];

#endif
