#include "server/html.h"

void html_text(struct buf *out, const char *text)
{
    for (; text && *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '&')
            buf_text(out, "&amp;");
        else if (c == '<')
            buf_text(out, "&lt;");
        else if (c == '>')
            buf_text(out, "&gt;");
        else if (c == '"')
            buf_text(out, "&quot;");
        else if (c == '\'')
            buf_text(out, "&#39;");
        else if ((c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t')
            buf_char(out, (char)c);
    }
}

void html_begin(struct buf *out, const char *title, const char *language, const char *stylesheet)
{
    buf_text(out, "<!doctype html>\n<html lang=\"");
    html_text(out, language);
    buf_text(out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"robots\" content=\"noindex\">\n<title>");
    html_text(out, title);
    buf_text(out, "</title>\n<link rel=\"stylesheet\" href=\"");
    html_text(out, stylesheet);
    buf_text(out, "\">\n</head>\n<body>\n");
}

void html_end(struct buf *out)
{
    buf_text(out, "</body>\n</html>\n");
}
