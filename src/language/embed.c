/* A program of the build: the bytes of a file as a C array.
 * usage: embed NAME FILE OUTPUT */
#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    FILE *in = fopen(argv[2], "rb"), *out = fopen(argv[3], "w");
    if (!in || !out) {
        perror(in ? argv[3] : argv[2]);
        return 1;
    }
    fprintf(out, "#include \"language/embedded.h\"\n\nconst unsigned char embedded_%s[] = {", argv[1]);
    unsigned long count = 0;
    for (int c; (c = getc(in)) != EOF; count++)
        fprintf(out, "%s%d,", count % 24 ? "" : "\n", c);
    fprintf(out, "0};\nconst unsigned long embedded_%s_size = %lu;\n", argv[1], count);
    int bad = ferror(in) | ferror(out);
    fclose(in);
    return fclose(out) || bad;
}
