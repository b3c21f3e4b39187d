"""The memory model on the command line: what goes in as CSV, what comes out, what is refused."""

import csv
import io
import json
import random

from support import DAY_MS, DECK, Machine, main

REVIEWS = "card_id,rating,elapsed_days\na,1,0\na,3,0\na,3,1\nb,4,0\na,3,3\na,3,8\na,3,21\nb,4,60\n"


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


class Schedule(Machine):
    def test_every_row_comes_back_with_its_memory(self):
        out = rows(self.run_repaso("schedule", text=REVIEWS).out)
        self.assertEqual([row["card_id"] for row in out], list("aaabaaab"))
        self.assertEqual(out[0]["retrievability"], "")
        self.assertEqual(float(out[6]["stability"]), float(out[6]["stability"]))
        self.assertAlmostEqual(float(out[6]["stability"]), 25.985713355194, places=9)
        self.assertAlmostEqual(float(out[6]["fast_stability"]), 700.558855, places=5)
        self.assertAlmostEqual(float(out[6]["difficulty"]), 5.877549518858, places=9)

    def test_fsrs_6_has_one_trace_and_its_stability_is_the_interval_at_90_percent(self):
        out = rows(self.run_repaso("schedule", "--algorithm", "fsrs6", text=REVIEWS).out)
        self.assertTrue(all(row["fast_stability"] == "" for row in out))
        self.assertTrue(all(abs(float(row["stability"]) / float(row["interval_days"]) - 1) < 1e-12 for row in out))

    def test_guards_bound_what_the_model_says(self):
        out = rows(self.run_repaso("schedule", "--guards", text=REVIEWS).out)
        self.assertEqual(float(out[3]["interval_days"]), 21)
        last = {}
        for row in out:
            interval, elapsed = float(row["interval_days"]), float(row["elapsed_days"])
            self.assertGreaterEqual(interval, 60 / 86400)
            if row["card_id"] in last:
                self.assertLessEqual(interval, max(60 / 86400, 4 * max(last[row["card_id"]], elapsed)) + 1e-12)
            last[row["card_id"]] = interval

    def test_columns_are_found_by_name_and_a_file_is_as_good_as_a_pipe(self):
        mixed = "note,elapsed_days,card_id,rating\r\nx,0,a,3\r\n\r\ny,4,a,4\r\n"
        piped = self.run_repaso("schedule", "-", text=mixed).out
        self.assertEqual(self.run_repaso("schedule", self.write("log.csv", "\ufeff" + mixed)).out, piped)
        self.assertEqual(len(rows(piped)), 2)

    def test_a_wrong_row_refuses_the_list_with_its_line(self):
        table = {
            "a,0,0": "rating is 0", "a,9,0": "rating is 9", "a,2.5,0": "rating is 2.5", "a,x,0": "\"x\"",
            "a,3,-1": "asked last", "a,3,nan": "is no number", "a,3": "fewer columns", ",3,1": "card_id is empty",
            "a,3," + "9" * 5000: "longer than",
        }
        for row, says in table.items():
            with self.subTest(row=row[:20]):
                line = self.refused("schedule", text=f"card_id,rating,elapsed_days\na,3,0\n{row}\n", says=says)
                self.assertTrue(line.startswith("-:3: "), line)
        self.refused("schedule", text="", says="empty")
        self.refused("schedule", text="a,b\n", says="card_id")
        self.refused("schedule", "gone.csv", says="gone.csv")
        self.refused("schedule", self.home, says=str(self.home))

    def test_weights_are_checked_by_name(self):
        table = {
            ("1,2,3",): "3 weights", ("x",): "no number", (",".join(["0.5"] * 33),): "33 weights",
            (",".join(["0.5"] * 35),): "draft", (",".join(["nan"] * 21),): "weight 0", (",".join(["0.5"] * 34),): "weight 4",
            (",".join(["0.5"] * 21), "--algorithm", "fsrs7"): "belong to FSRS-6",
        }
        for words, says in table.items():
            with self.subTest(says=says):
                self.refused("schedule", "--weights", *words, text=REVIEWS, says=says, status=2)
        for retention in ("0", "1", "-1", "x", "nan"):
            self.refused("schedule", "--retention", retention, text=REVIEWS, says="--retention", status=2)


class Fit(Machine):
    def log(self, cards=400):
        dice, lines = random.Random(1), []
        for card in range(cards):
            at, days = self.now_ms - 400 * DAY_MS + dice.randrange(100) * DAY_MS, 0
            for _ in range(6):
                lines.append((at, f"card {card},{at},{3 if dice.random() < 0.85 else 1},{days}"))
                days = dice.choice((1, 2, 5, 12, 30))
                at += days * DAY_MS
        return [line for _, line in sorted(lines)]

    def fit(self, lines, *words):
        text = "card_id,review_ms,rating,elapsed_days\n" + "\n".join(lines) + "\n"
        return self.run_repaso("fit", "-", *words, text=text)

    def test_json_tells_weights_and_how_well_they_foretell(self):
        lines = self.log()
        for algorithm, weights in (("fsrs6", 21), ("fsrs7", 34)):
            told = json.loads(self.fit(lines, "--json", "--folds", "3", "--algorithm", algorithm).out)
            self.assertEqual(list(told), ["algorithm", "weights", "reviews", "targets", "log_loss_default", "log_loss",
                                          "log_loss_recency", "rmse_bins", "objective", "out_of_sample_log_loss",
                                          "seconds", "peak_bytes"])
            self.assertEqual((told["algorithm"], len(told["weights"])), (algorithm, weights))
            self.assertEqual((told["reviews"], told["targets"]), (2400, 2000))
            self.assertLess(told["log_loss"], told["log_loss_default"])
            again = json.loads(self.fit(lines, "--json", "--folds", "3", "--algorithm", algorithm).out)
            self.assertEqual(again["weights"], told["weights"])
            self.run_repaso("schedule", "--weights", ",".join(map(str, told["weights"])), text=REVIEWS)

    def test_rows_that_teach_nothing_are_left_out_and_counted(self):
        lines, at = self.log(), self.now_ms - DAY_MS
        clean = json.loads(self.fit(lines, "--json").out)
        bad = [f"z,{at},0,1", f"z,{at},9,1", f"z,{at},3,-2", f"z,{self.now_ms + 9 * DAY_MS},3,1", lines[7], lines[7]]
        done = self.fit(lines + bad, "--json")
        self.assertEqual(json.loads(done.out)["weights"], clean["weights"])
        for says in ("2 reviews whose rating", "1 reviews with negative", "2 reviews that stand there twice",
                     "1 reviews from the future"):
            self.assertIn(says, done.err)

    def test_order_and_names_of_cards_do_not_matter(self):
        lines = self.log(100)
        weights = json.loads(self.fit(lines, "--json").out)["weights"]
        self.assertEqual(json.loads(self.fit(lines[::-1], "--json").out)["weights"], weights)

    def test_a_short_log_says_so(self):
        self.assertIn("too few", self.fit(self.log(1)).out)
        self.refused("fit", "-", text="card_id,review_ms,rating,elapsed_days\na,b,3,0\n", says="-:2: ")


    def test_without_a_file_it_is_the_learners_own_collection(self):
        self.refused("fit", says="no collection")
        self.run_repaso("add", DECK)
        self.assertIn("too few", self.run_repaso("fit").out)
        self.assertIn("they stay", self.run_repaso("fit", "--use").out)
        self.refused("fit", "--use", "--json", says="--use", status=2)


class Simulate(Machine):
    def test_a_curve_rises_and_is_the_same_again(self):
        words = ("simulate", "--json", "--cards", "200", "--days", "60")
        told = self.run_repaso(*words).out
        self.assertEqual(self.run_repaso(*words).out, told)
        curve = json.loads(told)["curve"]
        self.assertEqual([point["retention"] for point in curve], [round(0.7 + 0.01 * i, 2) for i in range(30)])
        self.assertGreater(curve[-1]["minutes_per_day"], curve[0]["minutes_per_day"])
        self.assertGreater(curve[-1]["known"], curve[0]["known"])

    def test_numbers_of_new_cards_are_compared(self):
        told = json.loads(self.run_repaso("simulate", "--json", "--cards", "500", "--days", "30", "--new", "2,10").out)
        self.assertEqual([point["met"] for point in told["curve"]], [60, 300])
        self.refused("simulate", "--new", "a", says="--new", status=2)
        self.refused("simulate", "--days", "0", says="--days", status=2)


main()
