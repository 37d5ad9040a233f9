# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""The notebook, computed from its first cell to its last. Needs the program, nbclient and ipykernel."""
import importlib.util
import json
import os
import pathlib
import sys
import unittest

from made import WithFolder

NOTEBOOK = pathlib.Path(__file__).resolve().parents[1] / "notebooks" / "injection-volume.ipynb"
NEEDED = ("nbclient", "nbformat", "ipykernel", "matplotlib", "pandas", "openturns", "vtk")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]

# Runs in the kernel after the last cell, where the names of the notebook are.
CHECKS = """
assert run.summary.status == "done" and run.control is not None
assert 0.01 < dose.surviving_fraction < 0.6
assert plane.values.shape[1] > 50 and 0 < starved < 1 and plane.unit == "mM"
assert study.statuses["done"] == len(study.cases) == 12
assert len(table) == 12 and (table["surviving cells [cells]"] > 0).all()
by_cells = table[table["volume [mL]"] == 1].sort_values("cells")["surviving cells [cells]"]
assert by_cells.is_monotonic_increasing
assert [report.name for report in reports] == ["surviving cells", "cells of the disc"]
best = reports[0].best
assert best.inputs["cells"] == 12e6 and best.inputs["volume"] == 2 and set(best.at_edge) == {"cells", "volume"}
assert abs(best.value / table["surviving cells [cells]"].max() - 1) < 0.02
assert "cells" in labels and len(surface.mean) == len(surface.axes[0])
print("CHECKED")
"""


class Committed(unittest.TestCase):
    def setUp(self):
        self.notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))

    def test_has_no_outputs(self):
        for cell in self.notebook["cells"]:
            if cell["cell_type"] == "code":
                self.assertEqual((cell["outputs"], cell["execution_count"]), ([], None), cell["source"])

    def test_has_lines_that_fit_on_a_page(self):
        for cell in self.notebook["cells"]:
            self.assertLessEqual(max(map(len, "".join(cell["source"]).splitlines())), 120)


@unittest.skipIf(MISSING, f"without {', '.join(MISSING)}")
class Computed(WithFolder):
    def kernel(self):
        """The interpreter that runs this test, whatever Jupyter calls python3."""
        folder = pathlib.Path(self.folder, "jupyter", "kernels", "of-this-test")
        folder.mkdir(parents=True)
        words = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        (folder / "kernel.json").write_text(json.dumps({"argv": words, "display_name": "", "language": "python"}))
        os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # otherwise the kernel warns of a debugger
        os.environ["JUPYTER_PATH"] = str(pathlib.Path(self.folder, "jupyter"))
        return folder.name

    def test_from_the_first_cell_to_the_last(self):
        import nbclient
        import nbformat

        notebook = nbformat.read(NOTEBOOK, as_version=4)
        notebook.cells.append(nbformat.v4.new_code_cell(CHECKS))
        nbclient.NotebookClient(notebook, timeout=600, kernel_name=self.kernel(),
                                resources={"metadata": {"path": self.folder}}).execute()
        outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
        said = "".join(output.text for output in outputs if output.output_type == "stream")
        for sentence in ("NPMSC in a human L4-L5 disc, grade III", "of those delivered", "SURVIVING CELLS", "CHECKED"):
            self.assertIn(sentence, said)
        self.assertNotIn("Warning", said)
        pictures = [output for output in outputs if "image/png" in output.get("data", {})]
        self.assertEqual(len(pictures), 4)


if __name__ == "__main__":
    unittest.main()
