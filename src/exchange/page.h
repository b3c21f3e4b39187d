/* The page that write_html.c fills: assets/page/page.html, compiled in. */
#ifndef REPASO_EXCHANGE_PAGE_H
#define REPASO_EXCHANGE_PAGE_H

extern const unsigned char embedded_page[];
extern const unsigned long embedded_page_size;

#endif
