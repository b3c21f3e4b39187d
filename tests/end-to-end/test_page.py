"""The page for phones, in Chromium at a phone's size: a learner goes through it by keyboard and by touch, and what the page gives
back is taken in by `repaso sync`."""

import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import support

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Runs in the page: presses what a learner presses, waits for what the page shows, tells what it saw in the title.
DRIVER = """
<script>
const seen = [];
const press = key => (document.activeElement || document.body).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
const text = () => document.getElementById("main").innerText;
const buttons = () => [...document.querySelectorAll("main button:not([disabled])")];
const click = word => { const found = buttons().find(node => node.innerText.includes(word)); if (!found) throw new Error("no button " + word + " in " + text()); found.click(); };
function small() {
  const narrow = buttons().filter(node => { const box = node.getBoundingClientRect(); return box.height < 44 || box.width < 44; });
  const wide = document.documentElement.scrollWidth > innerWidth + 1;
  return narrow.length + (wide ? 100 : 0);
}
let file = null;
URL.createObjectURL = blob => { blob.text().then(words => { file = words; }); return "#"; };
addEventListener("load", async () => {
  try {
    seen.push({ home: text(), small: small() });
    press("1");
    const has = word => buttons().some(node => node.innerText.includes(word));
    let missed = false, steps = 0;
    while (!has("Once more") && steps++ < 200) {
      if (has("I knew it")) {
        seen.push({ back: text(), small: small() });
        press(missed ? "2" : "1");
        missed = true;
      } else {
        seen.push({ prompt: text(), small: small() });
        if (has("Show the answer")) press(" ");
        else document.querySelector(".choices button").click();
      }
    }
    seen.push({ end: text() });
    click("Once more");
    seen.push({ again: text() });
    document.getElementById("name").value = "Ada\\tL.";
    click("Save my answers");
    await new Promise(done => setTimeout(done, 300));
    seen.push({ file });
  } catch (error) { seen.push({ error: String(error) }); }
  document.body.innerHTML = "";
  const out = document.createElement("pre");
  out.id = "seen";
  out.textContent = JSON.stringify(seen);
  document.body.append(out);
});
</script>
</body>
"""


def drive(page):
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run([CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", "--lang=en",
                               "--window-size=390,844", "--virtual-time-budget=20000", "--dump-dom", page.as_uri()],
                              capture_output=True, text=True, timeout=120)
    found = re.search(r'<pre id="seen">(.*?)</pre>', done.stdout, re.S)
    assert found, done.stdout[-2000:] + done.stderr[-2000:]
    text = found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    steps = {}
    for step in json.loads(text):
        assert "error" not in step, step
        for key, value in step.items():
            if key == "small":
                assert value == 0, f"{value} buttons are too small, or the page is too wide"
            else:
                steps[key] = value
    return steps


@unittest.skipUnless(CHROMIUM, "needs chromium")
class Page(support.Machine):
    def test_a_learner_goes_through_it_and_hands_the_answers_back(self):
        self.run_repaso("add", support.DECK)
        page = self.home / "page.html"
        self.run_repaso("export", "--format", "html", "-o", page)
        html = page.read_text(encoding="utf-8")
        self.assertIsNone(re.search(r'(src|href)="?https?:', html))
        driven = page.with_name("driven.html")
        driven.write_text(html.replace("</body>", DRIVER), encoding="utf-8")
        steps = drive(driven)
        self.assertIn("14 questions", steps["home"])
        self.assertIn("I knew it", steps["back"])
        self.assertIn("13 of 14", steps["end"])
        self.assertIn("1 missed last time", steps["again"])
        lines = steps["file"].splitlines()
        self.assertRegex(lines[0], r"^repaso-log 1 [a-z2-7]{26} Ada L\.$")
        self.assertEqual(len(lines), 15)
        answers = self.write("answers.rlog", steps["file"])
        self.assertIn("14", self.run_repaso("sync", answers).out)
        self.assertEqual(self.query("SELECT count(*) FROM memory WHERE reps > 0"), [(0,)], "Ada's answers are not ours")


if __name__ == "__main__":
    unittest.main()
