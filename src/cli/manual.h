/* The command table as texts: help, man page, completions. All append to `out`. */
#ifndef REPASO_CLI_MANUAL_H
#define REPASO_CLI_MANUAL_H

struct buffer;
struct command;

void manual_overview(struct buffer *out);
void manual_command(struct buffer *out, const struct command *command);
void manual_roff(struct buffer *out);
void manual_bash(struct buffer *out);
void manual_zsh(struct buffer *out);
void manual_fish(struct buffer *out);

#endif
