"""How many facts and cards Debian's Mnemosyne makes of an Anki package; its library alone, without a window.

usage: mnemosyne_reads.py PACKAGE   (by the Python that Debian's packages are for)"""

import sys
import tempfile
import types

from mnemosyne.libmnemosyne import Mnemosyne
from mnemosyne.libmnemosyne.ui_components.main_widget import MainWidget
from mnemosyne.libmnemosyne.ui_components.review_widget import ReviewWidget


def silent(base):
    """The component with every method doing nothing."""
    methods = {name: lambda *_, **__: None for name, value in vars(base).items() if callable(value) and name[:2] != "__"}
    return type(base.__name__, (base,), methods)


def start():
    here = types.ModuleType("silent_components")
    here.Main, here.Review = silent(MainWidget), silent(ReviewWidget)
    sys.modules[here.__name__] = here
    program = Mnemosyne(upload_science_logs=False, interested_in_old_reps=True)
    program.components.insert(0, ("mnemosyne.libmnemosyne.gui_translators.gettext_gui_translator", "GetTextGuiTranslator"))
    program.components.append((here.__name__, "Main"))
    program.components.append(("mnemosyne.libmnemosyne.ui_components.dialogs", "EditCardDialog"))
    program.gui_for_component["ScheduledForgottenNew"] = [(here.__name__, "Review")]
    for mode in ("NewOnly", "CramAll", "CramRecent"):
        program.gui_for_component[mode] = []
    program.initialise(tempfile.mkdtemp(), automatic_upgrades=False)
    return program


def main(package):
    program = start()
    formats = program.component_manager.all("file_format")
    next(format for format in formats if type(format).__name__ == "Anki2").do_import(package)
    print("facts", program.database().fact_count(), "cards", program.database().card_count())


if __name__ == "__main__":
    main(sys.argv[1])
