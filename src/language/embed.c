/* A program of the build: the bytes of a file as a C array.
 * usage: embed HEADER NAME FILE OUTPUT
 * The header declares embedded_NAME and embedded_NAME_size. */
#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    FILE *in = fopen(argv[3], "rb"), *out = fopen(argv[4], "w");
    if (!in || !out) {
        perror(in ? argv[4] : argv[3]);
        return 1;
    }
    fprintf(out, "#include \"%s\"\n\nconst unsigned char embedded_%s[] = {", argv[1], argv[2]);
    unsigned long count = 0;
    for (int c; (c = getc(in)) != EOF; count++)
        fprintf(out, "%s%d,", count % 24 ? "" : "\n", c);
    fprintf(out, "0};\nconst unsigned long embedded_%s_size = %lu;\n", argv[2], count);
    int bad = ferror(in) | ferror(out);
    fclose(in);
    return fclose(out) || bad;
}
