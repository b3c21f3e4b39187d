"""A book of any size that nobody wrote: chapters of names, dates, deeds, lists and plain prose, in Spanish or
English. The same seed gives the same book."""

import pathlib
import random

CHAPTER_BYTES = 24_000

LANGUAGES = {
    "es": {
        "months": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
        "facts": [
            "En **{month} de {year}** {org} publicó {work}, de {size}B parámetros.",
            "{person} fundó {org} en {place} en {year}.",
            "{org} compró {org2} por {number} millones de dólares en {month} de {year}.",
            "En {year}, {person} descubrió el cometa {work} desde {place}.",
            "{work} es un modelo de lenguaje que {org} presentó en {month} de {year}.",
            "{person} ({role} de {org}) renunció en {month} de {year} y se fue a {org2}.",
            "La batalla de {place} se libró en {year} y costó {number} vidas.",
            "{org} respondió a {work} con {work2} ({month} {year}).",
            "{person} nació en {place} en {year} y murió en {place2} en {year2}.",
            "En audio: {work}, {work2} y {work3}.",
            "**{org}** significa «{term} de {term2}» y depende de {org2}.",
            "Según los rumores, {org} ofreció {number} millones por {org2}.",
        ],
        "prose": [
            "Nadie lo esperaba, pero la gente del {noun} lo recordó durante años.",
            "Aquel {noun} no era el mejor, aunque todos decían que el {noun2} tampoco servía.",
            "Cuando el {noun} cambió, los vecinos guardaron silencio y la {noun2} quedó vacía.",
            "Si hubieran preguntado antes, quizá el {noun} habría sido otro.",
            "¿Qué quedó de todo eso? Un {noun}, dos cartas y la certeza de que el {noun2} volvería.",
            "La {noun} crecía despacio, como crecen las cosas que a nadie le importan demasiado.",
            "En el fondo, {person} pensaba que el {noun} era un problema de {noun2} y de paciencia.",
        ],
        "nouns": "barrio taller puerto informe cuaderno mercado invierno archivo proyecto camino relato motor "
                 "sistema ejemplo problema método resultado estudio equipo plan".split(),
        "roles": ["fundador", "director", "presidenta", "jefe de ciencia"],
        "terms": ["Archivo", "Centro", "Red", "Sociedad", "Museo", "Taller"],
        "heading": "Lo que pasó en {place}",
        "lead": "Varias obras de aquellos años:",
    },
    "en": {
        "months": "January February March April May June July August September October November December".split(),
        "facts": [
            "In **{month} {year}** {org} released {work}, with {size}B parameters.",
            "{person} founded {org} in {place} in {year}.",
            "{org} bought {org2} for {number} million dollars in {month} {year}.",
            "In {year}, {person} discovered the comet {work} from {place}.",
            "{work} is a language model that {org} presented in {month} {year}.",
            "{person} ({role} of {org}) resigned in {month} {year} and joined {org2}.",
            "The Battle of {place} was fought in {year} and cost {number} lives.",
            "{org} answered {work} with {work2} ({month} {year}).",
            "{person} was born in {place} in {year} and died in {place2} in {year2}.",
            "In audio: {work}, {work2} and {work3}.",
            "**{org}** stands for “{term} of {term2}” and is part of {org2}.",
            "According to rumours, {org} offered {number} million for {org2}.",
        ],
        "prose": [
            "Nobody expected it, but the people of the {noun} remembered it for years.",
            "That {noun} was not the best, although everyone said that the {noun2} was no good either.",
            "When the {noun} changed, the neighbours kept quiet and the {noun2} stood empty.",
            "If they had asked before, the {noun} might have been another.",
            "What was left of it? One {noun}, two letters and the feeling that the {noun2} would return.",
            "The {noun} grew slowly, as things grow that nobody cares for very much.",
            "Deep down, {person} thought that the {noun} was a matter of {noun2} and of patience.",
        ],
        "nouns": "quarter workshop harbour report notebook market winter archive project road story engine system "
                 "example problem method result study team plan".split(),
        "roles": ["founder", "director", "president", "chief scientist"],
        "terms": ["Archive", "Centre", "Network", "Society", "Museum", "Workshop"],
        "heading": "What happened in {place}",
        "lead": "Several works of those years:",
    },
}

SYLLABLES = "ba be bo da de do ka ke ki ko la le lo ma me mi mo na ne no ra re ri ro sa se so ta te ti to va ve vi".split()


class Book:
    def __init__(self, lang, seed=1):
        self.words, self.chance = LANGUAGES[lang], random.Random(seed)

    def name(self, syllables):
        return "".join(self.chance.choice(SYLLABLES) for _ in range(syllables)).capitalize()

    def cast(self):
        """Whom and what one chapter speaks of: some of it new, as in real books."""
        pick = lambda make, n: [make() for _ in range(n)]
        return {
            "person": pick(lambda: f"{self.name(2)} {self.name(3)}", 12),
            "org": pick(lambda: self.name(3), 10),
            "place": pick(lambda: self.name(4), 8),
            "work": pick(lambda: f"{self.name(3)} {self.chance.randint(1, 9)}", 20),
        }

    def fill(self, text, cast):
        chance, words = self.chance, self.words
        pick = lambda kind: chance.choice(cast[kind])
        return text.format(
            person=pick("person"), org=pick("org"), org2=pick("org"), place=pick("place"), place2=pick("place"),
            work=pick("work"), work2=pick("work"), work3=pick("work"), month=chance.choice(words["months"]),
            year=chance.randint(1750, 1990), year2=chance.randint(1991, 2024), size=chance.randint(1, 400),
            number=chance.randint(2, 900), noun=chance.choice(words["nouns"]), noun2=chance.choice(words["nouns"]),
            role=chance.choice(words["roles"]), term=chance.choice(words["terms"]), term2=chance.choice(words["terms"]))

    def paragraph(self, cast):
        kinds = [self.words["facts" if self.chance.random() < 0.4 else "prose"] for _ in range(self.chance.randint(3, 7))]
        return " ".join(self.fill(self.chance.choice(kind), cast) for kind in kinds)

    def chapter(self, number, size=CHAPTER_BYTES):
        cast, parts, length = self.cast(), [f"---\ntitle: {self.name(3)} {number}\nweight: {number}\n---\n"], 0
        while length < size:
            part = [f"## {self.fill(self.words['heading'], cast)}"]
            part += [self.paragraph(cast) for _ in range(4)]
            part += [self.words["lead"], "\n".join(f"- {self.chance.choice(cast['work'])}" for _ in range(4))]
            parts += part
            length += sum(len(one) + 2 for one in part)
        return "\n\n".join(parts) + "\n"

    def write(self, folder, size):
        """Chapters of CHAPTER_BYTES each, about `size` bytes in all; gives the bytes written."""
        folder, written, number = pathlib.Path(folder), 0, 0
        folder.mkdir(parents=True, exist_ok=True)
        while written < size:
            number += 1
            text = self.chapter(number, min(CHAPTER_BYTES, size - written)).encode()
            (folder / f"{number:04d}.md").write_bytes(text)
            written += len(text)
        return written
