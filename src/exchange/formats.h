/* The formats, for the table in write.c. */
#ifndef REPASO_EXCHANGE_FORMATS_H
#define REPASO_EXCHANGE_FORMATS_H

#include "exchange/write.h"

extern const struct write_format write_apkg, write_csv, write_gift, write_moodle, write_markdown, write_jsonl,
    write_html, write_pdf, write_yaml;

#endif
