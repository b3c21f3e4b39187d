"""The program is killed at any moment: at most the card on screen is lost.

usage: test_killed.py [--times N]"""

import os
import random
import signal
import time

from support import CHAPTER, Machine, main

TIMES = int(os.environ.get("REPASO_KILLS", "50"))


class Killed(Machine):
    def session(self, delay_s, from_start):
        """Answers until the kill, so long after the start or after the first prompt, whatever a busy machine takes to show it;
        how many prompts had shown and how many answers were sent."""
        program = self.start("study", "--text")
        end, prompts, sent = time.monotonic() + (delay_s if from_start else 30), 0, 0
        os.set_blocking(program.stdout.fileno(), False)
        shown = b""
        while time.monotonic() < end and program.poll() is None:
            shown += program.stdout.read(65536) or b""
            if shown.endswith(b"> "):
                prompts, shown = prompts + 1, b""
                if prompts == 1 and not from_start:
                    end = time.monotonic() + delay_s
                program.stdin.write(b"no idea\n")
                program.stdin.flush()
                sent += 1
            else:
                time.sleep(0.0005)
        program.send_signal(signal.SIGKILL)
        program.wait()
        for stream in (program.stdin, program.stdout, program.stderr):
            stream.close()
        return prompts, sent

    def test_at_most_the_card_on_screen_is_lost(self):
        self.run_repaso("add", CHAPTER)
        chance, stored, answered = random.Random(1), 0, 0
        for _ in range(TIMES):
            before = self.grades()
            prompts, sent = self.session(chance.uniform(0.02, 0.35), chance.random() < 0.2)
            self.run_repaso("decks")  # also with the journal that a kill may leave behind
            stored = self.grades() - before
            self.assertGreaterEqual(stored, prompts - 1)
            self.assertLessEqual(stored, sent)
            answered += stored
            self.now_ms += 3_600_000
        self.assertGreater(answered, 0)
        self.assertIn("All is well", self.run_repaso("doctor").out)

    def test_a_kill_while_adding_leaves_all_or_nothing(self):
        chance = random.Random(2)
        for _ in range(max(5, TIMES // 5)):
            program = self.start("add", CHAPTER)
            time.sleep(chance.uniform(0.0, 0.5))
            program.send_signal(signal.SIGKILL)
            program.communicate()
            if self.collection.exists() and self.collection.stat().st_size:
                self.run_repaso("decks")
        told = self.run_repaso("add", CHAPTER).out
        self.assertIn("Auge", told)
        self.assertIn("All is well", self.run_repaso("doctor").out)


if __name__ == "__main__":
    main()
