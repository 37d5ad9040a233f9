# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""Shows a run of Lacuna in ParaView: one field on the mid-sagittal plane, within the translucent body.

    ParaView           File > Open: DIR/fields.pvd, then this macro (Macros > Import new macro, once)
    headless           pvbatch open_run.py DIR --field glucose --time 7 --screenshot FILE.png --state FILE.pvsm
    Python             import open_run; open_run.show("results/lumbar-npmsc-injection", field="pH", time=7)

For ParaView 5.11 and later.
"""
import argparse
import difflib
import json
import math
import os
import re
import sys

import paraview
from paraview import simple

INK = [0.13, 0.13, 0.13]
SOFT = [0.42, 0.42, 0.42]
BESIDE_BAR = 0.86  # part of the width of the picture
COLOURS = {"viridis": "Viridis (matplotlib)", "cividis": "Cividis", "inferno": "Inferno (matplotlib)"}


class Mistake(Exception):
    """What was asked for cannot be shown; the text says why, and what to write instead."""


# ---- What is asked for -----------------------------------------------------------------------------------------------

def nearest(name, known):
    """'; did you mean ...?', or what there is."""
    by_lower_case = {candidate.lower(): candidate for candidate in known}
    close = difflib.get_close_matches(name.lower(), by_lower_case, n=1)
    return f"; did you mean '{by_lower_case[close[0]]}'?" if close else f"; there are: {', '.join(known)}"


def without_unit(label):
    """'glucose [mM]' -> 'glucose'"""
    return re.sub(r" \[[^\]]*\]$", "", label)


def fields_file(folder):
    """The series of fields of a run, given by its folder or by that file itself."""
    if os.path.basename(folder) == "fields.pvd" and os.path.isfile(folder):
        return os.path.abspath(folder)
    if not os.path.isdir(folder):
        raise Mistake(f"there is no folder '{folder}'. Name the output folder of a run.")
    file = os.path.join(os.path.abspath(folder), "fields.pvd")
    if not os.path.isfile(file):
        raise Mistake(f"there are no fields in '{folder}' (no fields.pvd). "
                      "Name the output folder of a run whose parameter file has 'set Fields = yes'.")
    return file


def choose_field(wanted, labels):
    """The label of a field, given with or without its unit; without a wish glucose, else the first."""
    names = {without_unit(label): label for label in labels if label != "region"}
    if wanted is None:
        return names.get("glucose", next(iter(names.values())))
    if wanted in labels:
        return wanted
    if wanted in names:
        return names[wanted]
    if without_unit(wanted) in names:
        raise Mistake(f"there is no field '{wanted}'; did you mean '{names[without_unit(wanted)]}'?")
    raise Mistake(f"there is no field '{wanted}'{nearest(wanted, list(names))}")


def choose_time(wanted, times):
    """One of the times (d) at which there are fields; the last without a wish."""
    if wanted is None:
        return times[-1]
    closest = min(times, key=lambda time: abs(time - wanted))
    if abs(closest - wanted) > 1e-6 * max(1.0, abs(wanted)):
        raise Mistake(f"there are no fields at {wanted:g} d; there are at {', '.join(f'{time:g}' for time in times)} d")
    return closest


def summary_of(folder):
    """summary.json, which a run that goes on does not have yet."""
    path = os.path.join(folder, "summary.json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return json.load(file)


# ---- The body --------------------------------------------------------------------------------------------------------

def unit(vector):
    length = math.sqrt(sum(part * part for part in vector))
    return [part / length for part in vector]


def cross(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


class Body:
    """Where the tissue is, and the directions from which one looks at it."""

    def __init__(self, bounds):
        pairs = [bounds[0:2], bounds[2:4], bounds[4:6]]
        self.middle = [(low + high) / 2 for low, high in pairs]
        self.extents = [high - low for low, high in pairs]
        # Left-right, front-back, height: those of a generated disc, else by decreasing extent.
        x, y, z = self.extents
        upright = x >= 0.99 * y >= 0.98 * z
        width, depth, self.height = (0, 1, 2) if upright else sorted(range(3), key=lambda axis: -self.extents[axis])
        # A slab is cut along its thickness, over which its fields change.
        if self.extents[width] > 2 * self.extents[depth]:
            width, depth = depth, width
        self.width, self.depth = width, depth

    def normal(self):
        return [float(axis == self.width) for axis in range(3)]

    def cut_through(self):
        """A point of the mid-sagittal plane: a hair beside it, since planes of symmetry are faces of cells."""
        return [self.middle[axis] + 1e-4 * self.extents[axis] * (axis == self.width) for axis in range(3)]

    def viewpoint(self):
        """Direction from the left, a little from the front and above: the front of a disc is left in the picture."""
        direction = [0.0, 0.0, 0.0]
        direction[self.width], direction[self.depth], direction[self.height] = -1.0, 0.4, 0.45
        return unit(direction)

    def axes_of_picture(self):
        """To the right and up, as seen from the viewpoint."""
        towards = self.viewpoint()
        right = unit(cross([float(axis == self.height) for axis in range(3)], towards))
        return right, cross(towards, right)

    def size_along(self, direction):
        """How far it reaches in this direction, in mm."""
        return sum(abs(part) * extent for part, extent in zip(direction, self.extents))


# ---- Parts of the scene ----------------------------------------------------------------------------------------------

def named(name, source):
    simple.RenameSource(name, source)
    return source


def plane_through(source, body, name):
    cut = named(name, simple.Slice(Input=source, SliceType="Plane"))
    cut.SliceType.Origin = body.cut_through()
    cut.SliceType.Normal = body.normal()
    cut.Triangulatetheslice = 0
    cut.Mergeduplicatedpointsintheslice = 0  # where regions meet, fields jump
    return cut


def show_surface(reader, body, view):
    """The outside of the tissue: translucent behind the plane; before it only its rims, lest it tint the colours."""
    # The cells of the fields share no points: before these are joined, every face is outside.
    joined = named("joined cells", simple.CleantoGrid(Input=reader))
    outside = named("outside", simple.ExtractSurface(Input=joined))
    smooth = named("smooth outside", simple.GenerateSurfaceNormals(Input=outside))
    behind = named("body behind the plane", simple.Clip(Input=smooth, ClipType="Plane", Invert=0))
    behind.ClipType.Origin, behind.ClipType.Normal = body.cut_through(), body.normal()
    shown = show_plain(behind, view, [0.84, 0.86, 0.90])
    shown.Opacity = 0.4
    rims = named("rims", simple.FeatureEdges(Input=outside, FeatureAngle=45, BoundaryEdges=0, NonManifoldEdges=0,
                                             ManifoldEdges=0, Coloring=0))
    show_plain(rims, view, [0.72, 0.72, 0.72]).LineWidth = 1


def show_plain(source, view, colour):
    """In one colour."""
    shown = simple.Show(source, view)
    shown.ColorArrayName = ["POINTS", ""]
    shown.DiffuseColor = shown.AmbientColor = colour
    return shown


def show_edges(cut, view, name, colour, width):
    """The edge of a plane; again its pieces have to be joined."""
    joined = named(f"{name}, joined", simple.Clean(Input=cut, ToleranceIsAbsolute=1, AbsoluteTolerance=1e-3))
    edges = named(name, simple.FeatureEdges(Input=joined, BoundaryEdges=1, FeatureEdges=0, NonManifoldEdges=0,
                                            ManifoldEdges=0, Coloring=0))
    shown = show_plain(edges, view, colour)
    shown.LineWidth, shown.Ambient, shown.Diffuse = width, 1.0, 0.0


def show_nucleus(cut, view, regions):
    """The edge of the nucleus on the plane, if the nucleus is a part of the tissue."""
    if "nucleus" not in regions or len(regions) == 1:
        return
    index = regions.index("nucleus")
    # The region is the same all over a cell. (Threshold would do, but now and then crashes ParaView 5.11.)
    nucleus = named("nucleus", simple.IsoVolume(Input=cut, InputScalars=["POINTS", "region"],
                                                ThresholdRange=[index - 0.5, index + 0.5]))
    surface = named("nucleus, surface", simple.ExtractSurface(Input=nucleus))
    show_edges(surface, view, "edge of the nucleus", [1, 1, 1], 2.5)


def range_on(cut, label, times):
    """Of the values on the plane, at these times; that of cells and vesicles begins at 0."""
    low, high = float("inf"), -float("inf")
    for time in times:
        cut.UpdatePipeline(time)
        least, largest = cut.PointData[label].GetRange()
        low, high = min(low, least), max(high, largest)
    if label.endswith("[1/mL]"):
        low = 0.0
    return low, high if high > low else low + max(1e-6, 1e-3 * abs(low))


def letters(view, size):
    """Size of letters, smaller in a small window."""
    return max(8, round(size * min(1.0, view.ViewSize[1] / 900)))


def colour(cut, view, label, limits, colours):
    """Colours of the field, and their bar with the unit."""
    shown = simple.Show(cut, view, "GeometryRepresentation")
    simple.ColorBy(shown, ("POINTS", label))
    shown.Ambient, shown.Diffuse, shown.Specular = 1.0, 0.0, 0.0  # light would change what a colour means
    scale = simple.GetColorTransferFunction(label)
    scale.ApplyPreset(COLOURS[colours], True)
    scale.AutomaticRescaleRangeMode = "Never"
    scale.RescaleTransferFunction(*limits)
    bar = simple.GetScalarBar(scale, view)
    bar.Title, bar.ComponentTitle = label, ""
    bar.TitleColor = bar.LabelColor = INK
    bar.TitleFontSize, bar.LabelFontSize = letters(view, 24), letters(view, 20)
    bar.TitleBold = 0
    bar.AutomaticLabelFormat, bar.LabelFormat, bar.RangeLabelFormat = 0, "%.3g", "%.3g"
    bar.Orientation, bar.WindowLocation = "Vertical", "Any Location"
    bar.Position, bar.ScalarBarLength, bar.ScalarBarThickness = [0.88, 0.25], 0.5, 20
    shown.SetScalarBarVisibility(view, True)


def write(view, source, location, size, ink):
    shown = simple.Show(source, view, "TextSourceRepresentation")
    shown.WindowLocation = location
    shown.FontSize = letters(view, size)
    shown.Color = ink


def label_scene(view, title):
    time = named("time", simple.AnnotateTime(Format="{time:g} d"))
    write(view, time, "Upper Right Corner", 30, INK)
    if title:
        write(view, named("title", simple.Text(Text=title)), "Upper Left Corner", 24, SOFT)


def place_camera(view, body):
    view.UseColorPaletteForBackground = 0
    view.BackgroundColorMode = "Single Color"
    view.Background = [1, 1, 1]
    view.OrientationAxesLabelColor = INK
    view.CameraParallelProjection = 1
    simple.Render(view)  # the first time moves the camera
    # The body fills the picture but for margins, and for the bar of colours on the right.
    width, height = view.ViewSize
    right, up = body.axes_of_picture()
    scale = 1.02 * max(body.size_along(up), body.size_along(right) * height / (BESIDE_BAR * width)) / 2
    shift = scale * width / height * (1 - BESIDE_BAR)
    focus = [middle + shift * part for middle, part in zip(body.middle, right)]
    distance = 3 * max(body.extents)
    view.CameraPosition = [at + distance * part for at, part in zip(focus, body.viewpoint())]
    view.CameraFocalPoint, view.CameraViewUp, view.CameraParallelScale = focus, up, scale


# ---- All of it -------------------------------------------------------------------------------------------------------

def show_series(reader, field=None, time=None, all_times=False, colours=None, size=None):
    """Shows what a reader of fields.pvd reads; gives the view."""
    reader.UpdatePipeline()
    times = list(reader.TimestepValues)
    label = choose_field(field, reader.PointData.keys())
    shown_time = choose_time(time, times)
    reader.UpdatePipeline(shown_time)
    body = Body(reader.GetDataInformation().GetBounds())
    summary = summary_of(os.path.dirname(reader.FileName))

    view = simple.GetActiveViewOrCreate("RenderView")
    if size is not None:
        view.ViewSize = size
    simple.Hide(reader, view)
    simple.GetAnimationScene().UpdateAnimationUsingDataTimeSteps()
    cut = plane_through(reader, body, "mid-sagittal plane")
    limits = range_on(cut, label, times if all_times else [shown_time])
    simple.GetAnimationScene().AnimationTime = shown_time
    colour(cut, view, label, limits, colours or ("cividis" if label == "pH" else "viridis"))
    show_edges(cut, view, "edge of the body", INK, 1.5)
    show_nucleus(cut, view, summary.get("regions", []))
    show_surface(reader, body, view)
    label_scene(view, summary.get("title", ""))
    place_camera(view, body)
    simple.SetActiveSource(cut)
    simple.HideInteractiveWidgets(proxy=cut.SliceType)
    simple.Render(view)
    return view


def show(folder, **wishes):
    """Opens the run in this folder; `field`, `time` (d), `all_times`, `colours`, `size` as on the command line."""
    file = fields_file(folder)
    reader = named(os.path.basename(os.path.dirname(file)), simple.PVDReader(FileName=file))
    return show_series(reader, **wishes)


# ---- As a macro, as a command ----------------------------------------------------------------------------------------

def opened_series():
    """The reader of a fields.pvd that is open: the selected one, else the latest."""
    sources = [simple.GetActiveSource(), *reversed(list(simple.GetSources().values()))]
    for source in sources:
        if source is not None and os.path.basename(getattr(source, "FileName", None) or "") == "fields.pvd":
            return source
    return None


def as_macro():
    """In the window of ParaView: the run that is open, else that of the folder in which ParaView was started."""
    try:
        reader = opened_series()
        if reader is not None:
            show_series(reader)
        elif os.path.isfile("fields.pvd"):
            show(".")
        else:
            raise Mistake("there is no run to show: open fields.pvd of a run (File > Open), then choose this macro "
                          "again")
    except Mistake as mistake:
        paraview.print_error(f"error: {mistake}")


def size_of(text):
    match = re.fullmatch(r"(\d+)x(\d+)", text)
    if not match or 0 in (int(match[1]), int(match[2])):
        raise argparse.ArgumentTypeError(f"'{text}' is no size; write it as 1600x1000")
    return [int(match[1]), int(match[2])]


def as_command(arguments):
    parser = argparse.ArgumentParser(prog="open_run.py", description="Shows a run of Lacuna in ParaView.")
    parser.add_argument("folder", metavar="DIR", help="output folder of a run")
    parser.add_argument("--field", metavar="NAME", help="such as glucose, pH or 'NPMSC, dose 1' (default: glucose)")
    parser.add_argument("--time", metavar="DAYS", type=float, help="one of the times of the fields (default: the last)")
    parser.add_argument("--all-times", action="store_true", help="one range of colours for all times")
    parser.add_argument("--colours", choices=list(COLOURS), help="default: cividis for pH, else viridis")
    parser.add_argument("--size", metavar="WxH", type=size_of, default=[1600, 1000], help="default: 1600x1000")
    parser.add_argument("--screenshot", metavar="FILE", help="writes the picture")
    parser.add_argument("--state", metavar="FILE", help="writes a state file (.pvsm) for ParaView")
    wishes = parser.parse_args(arguments)
    if not wishes.screenshot and not wishes.state:
        parser.error("nothing to write: add --screenshot FILE.png or --state FILE.pvsm")
    try:
        view = show(wishes.folder, field=wishes.field, time=wishes.time, all_times=wishes.all_times,
                    colours=wishes.colours, size=wishes.size)
    except Mistake as mistake:
        parser.exit(2, f"error: {mistake}\n")
    if wishes.screenshot:
        simple.SaveScreenshot(wishes.screenshot, view, ImageResolution=wishes.size)
        print(wishes.screenshot)
    if wishes.state:
        simple.SaveState(wishes.state)
        print(wishes.state)


if __name__ == "__main__":
    if sys.argv and sys.argv[0].endswith(".py"):  # pvbatch and pvpython; in the window of ParaView there is no script
        as_command(sys.argv[1:])
    else:
        as_macro()
