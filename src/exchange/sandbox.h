/* What a process may do that reads files of strangers: compute, read what is open, and write into its pipe. */
#ifndef REPASO_EXCHANGE_SANDBOX_H
#define REPASO_EXCHANGE_SANDBOX_H

/* Limits of memory, time, file size and open files; then no more system calls but those that reading needs. Everything
 * that must be opened is open by now. Where the kernel knows no filter, the limits alone hold. */
void sandbox_enter(void);

#endif
