// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/case.h"
#include "config/disc_preset.h"
#include "support/temporary_folder.h"

using namespace lacuna;

namespace
{
  /** A law with one number and one text, which owns diffusing vesicles if it is called
   * "vesicles-law". */
  LawDeclaration example_law(const std::string &law, const std::filesystem::path &)
  {
    if (law.find("law") == std::string::npos)
      throw UserError("the law '" + law + "' was not found");
    Parameter population, limiter;
    population.name         = "Population";
    population.default_text = "NP cells";
    limiter.name            = "Limiter";
    limiter.kind            = Parameter::Kind::quantity;
    limiter.unit            = "uM";
    limiter.default_text    = "180 uM";
    limiter.minimum         = 0;
    LawDeclaration declaration;
    declaration.parameters = {population, limiter};
    declaration.contents   = [law](const std::string &, const LawValues &)
    {
      LawContents contents;
      if (law == "vesicles-law")
        contents.species.push_back({"vesicles", "1/mL", "", true, Basis::tissue, "", 1e-12});
      return contents;
    };
    return declaration;
  }

  const char *const bar = R"(
subsection Geometry
  set Shape = box
  subsection Box
    set Layers = nucleus: 4.4 mm / 40, endplate: 0.6 mm / 10
  end
end
)";

  const char *const supply = R"(
subsection Boundary conditions
  subsection right
    subsection oxygen
      set Type = fixed
      set Value = 5.1 kPa
    end
    subsection glucose
      set Type = fixed
      set Value = 4 mM
    end
    subsection lactate
      set Type = exchange
      set Value = 0.8 mM
      set Exchange coefficient = 2.8e-7 m/s
    end
  end
end
)";

  const char *const steady = "subsection Time\n  set Mode = steady\nend\n";
  const char *const month  = "subsection Time\n  set End = 30 d\nend\n";

  const char *const cells = R"(
subsection Cells
  subsection NP cells
    set Density in nucleus = 4e6 /mL
    set Density in endplate = (15e6*exp(-x/5)) /mL
  end
  subsection NPMSC
  end
end
)";

  const char *const dose = R"(
subsection Injections
  subsection late
    set Species = NPMSC
    set Time = 7 d
    set Amount = 6e6
    set Volume = 1 uL
    set Site = 2 mm, 0.5 mm, 0.5 mm
    set Regions = nucleus
    set Viability = 0.85
    set Carrier oxygen = 20 kPa
  end
  subsection early
    set Species = glucose
    set Amount = 1 umol
    set Shape = Gaussian
    set Standard deviation = 2 mm
    set Site = 2 mm, 0 mm, 0 mm
  end
end
)";

  class CaseFile : public WithTemporaryFolder
  {
  protected:
    CaseFile() { std::filesystem::create_directories(folder / "elsewhere"); }

    Case read(const std::string &content, const std::vector<std::string> &overrides = {},
              const std::string &name = "case.prm") const
    {
      return read_case(write(name, content), overrides, example_law);
    }

    std::string message_of(const std::string &content,
                           const std::vector<std::string> &overrides = {}) const
    {
      return complaint([&] { read(content, overrides); });
    }
  };

  void expect_same(const TimeTable &a, const TimeTable &b)
  {
    EXPECT_EQ(a.times, b.times);
    EXPECT_EQ(a.values, b.values);
  }

  void expect_same(const FieldSetting &a, const FieldSetting &b)
  {
    EXPECT_EQ(a.constant, b.constant);
    EXPECT_EQ(a.expression, b.expression);
    EXPECT_EQ(a.expression_factor, b.expression_factor);
  }

  void expect_same(const InjectionSettings &a, const InjectionSettings &b)
  {
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.time, b.time);
    EXPECT_EQ(a.loaded, b.loaded);
    EXPECT_EQ(a.volume, b.volume);
    EXPECT_EQ(a.site, b.site);
    EXPECT_EQ(a.shape, b.shape);
    EXPECT_EQ(a.regions, b.regions);
    EXPECT_EQ(a.viability, b.viability);
    EXPECT_EQ(a.carrier, b.carrier);
  }

  void expect_same(const Case &a, const Case &b)
  {
    EXPECT_EQ(a.title, b.title);
    EXPECT_EQ(a.output.folder, b.output.folder);
    EXPECT_EQ(a.geometry.regions(), b.geometry.regions());
    EXPECT_EQ(a.geometry.mesh_file, b.geometry.mesh_file);
    ASSERT_EQ(a.tissue.size(), b.tissue.size());
    for (const auto &[region, tissue] : a.tissue)
    {
      expect_same(tissue.porosity, b.tissue.at(region).porosity);
      expect_same(tissue.fixed_charge_density, b.tissue.at(region).fixed_charge_density);
      EXPECT_EQ(tissue.diffusivity, b.tissue.at(region).diffusivity);
    }
    ASSERT_EQ(a.solutes.size(), b.solutes.size());
    for (std::size_t i = 0; i < a.solutes.size(); ++i)
      EXPECT_EQ(a.solutes[i].initial, b.solutes[i].initial);
    ASSERT_EQ(a.populations.size(), b.populations.size());
    for (std::size_t i = 0; i < a.populations.size(); ++i)
      for (const auto &[region, density] : a.populations[i].density)
        expect_same(density, b.populations[i].density.at(region));
    ASSERT_EQ(a.boundaries.size(), b.boundaries.size());
    for (std::size_t i = 0; i < a.boundaries.size(); ++i)
    {
      EXPECT_EQ(a.boundaries[i].face, b.boundaries[i].face);
      EXPECT_EQ(a.boundaries[i].kind, b.boundaries[i].kind);
      expect_same(a.boundaries[i].value, b.boundaries[i].value);
      expect_same(a.boundaries[i].coefficient, b.boundaries[i].coefficient);
    }
    ASSERT_EQ(a.laws.size(), b.laws.size());
    for (std::size_t i = 0; i < a.laws.size(); ++i)
    {
      EXPECT_EQ(a.laws[i].law, b.laws[i].law);
      EXPECT_EQ(a.laws[i].values.numbers, b.laws[i].values.numbers);
      EXPECT_EQ(a.laws[i].values.texts, b.laws[i].values.texts);
    }
    ASSERT_EQ(a.injections.size(), b.injections.size());
    for (std::size_t i = 0; i < a.injections.size(); ++i)
      expect_same(a.injections[i], b.injections[i]);
    EXPECT_EQ(a.initial.start, b.initial.start);
    EXPECT_EQ(a.initial.run_folder, b.initial.run_folder);
    EXPECT_EQ(a.time.end, b.time.end);
    EXPECT_EQ(a.parameters, b.parameters);
    EXPECT_EQ(a.parameter_differences, b.parameter_differences);
  }
} // namespace

TEST_F(CaseFile, ArrivesInSi)
{
  const Case input = read(std::string(bar) + supply + cells + dose + month);
  EXPECT_EQ(input.title, "case");
  ASSERT_EQ(input.geometry.layers.size(), 2u);
  EXPECT_DOUBLE_EQ(input.geometry.layers[0].thickness, 4.4e-3);
  EXPECT_EQ(input.geometry.layers[1].cells, 10u);
  EXPECT_EQ(input.populations[0].density.at("nucleus").constant, 4e12);
  EXPECT_EQ(input.populations[0].density.at("endplate").expression_factor, 1e6);
  ASSERT_EQ(input.boundaries.size(), 3u);
  EXPECT_NEAR(input.boundaries[0].value.at(0), 0.05237, 1e-5); // 5.1 kPa of oxygen in mM
  EXPECT_EQ(input.boundaries[2].coefficient.at(0), 2.8e-7);
  EXPECT_EQ(input.time.end, 30 * 86400.);
  EXPECT_EQ(input.output.folder, "results/case");
}

TEST_F(CaseFile, HasDefaultsForTheRegionsOfADisc)
{
  const Case input = read(std::string(bar) + supply + steady);
  EXPECT_EQ(input.tissue.at("nucleus").porosity.constant, 0.8);
  EXPECT_EQ(input.tissue.at("endplate").porosity.constant, 0.66);
  EXPECT_EQ(input.tissue.at("nucleus").fixed_charge_density.constant, 300);
  EXPECT_TRUE(input.tissue.at("nucleus").diffusivity.empty()); // Mackie-Meares
  ASSERT_EQ(input.solutes.size(), 3u);
  EXPECT_EQ(input.solutes[1].diffusivity_in_water, 9.16667e-10);
  EXPECT_EQ(input.solutes[1].initial, 4);
  EXPECT_EQ(input.acidity.intercept, 7.4);
  EXPECT_EQ(input.balance, SoluteBalance::pore_water);
}

TEST_F(CaseFile, NeedsThePorosityOfOtherRegions)
{
  const std::string gel = "subsection Geometry\n  set Shape = ball\n  subsection Ball\n"
                          "    set Layers = gel: 1.5 mm / 4\n  end\nend\n"
                          "subsection Initial state\n  set Start = values\nend\n";
  EXPECT_EQ(message_of(gel + month), "case.prm: Tissue/gel: 'Porosity' is missing; write 'set "
                                     "Porosity = ...' (Volume of pore water per tissue "
                                     "volume; a number, or an expression of x, y, z in mm.)");
  const Case input = read(gel + month, {"Tissue/gel/Porosity=0.9"});
  EXPECT_EQ(input.tissue.at("gel").fixed_charge_density.constant, 0);
}

TEST_F(CaseFile, KnowsTheLayersAtTheEndsOfACylinder)
{
  const std::string tube    = "subsection Geometry\n  set Shape = hollow cylinder\n"
                              "  subsection Hollow cylinder\n    set Layers = nucleus: 1.5 mm / 4\n"
                              "    set Inner radius = 1 mm\n    set Height = 2 mm\n  end\nend\n"
                              "subsection Initial state\n  set Start = values\nend\n";
  const std::string section = "Geometry/Hollow cylinder/";
  const Case plain          = read(tube + month, {section + "Top layers=none"});
  EXPECT_TRUE(plain.geometry.bottom_layers.empty());
  EXPECT_TRUE(plain.geometry.top_layers.empty());

  const Case input =
      read(tube + month, {section + "Bottom layers=endplate: 0.2 mm / 2, annulus: 300 um / 1",
                          section + "Top layers=endplate: 1.4 mm / 3"});
  ASSERT_EQ(input.geometry.bottom_layers.size(), 2u);
  EXPECT_DOUBLE_EQ(input.geometry.bottom_layers[1].thickness, 0.3e-3);
  EXPECT_EQ(input.geometry.bottom_layers[0].cells, 2u);
  ASSERT_EQ(input.geometry.top_layers.size(), 1u);
  EXPECT_EQ(input.geometry.top_layers[0].cells, 3u);
  EXPECT_EQ(input.geometry.regions(), (std::vector<std::string>{"nucleus", "endplate", "annulus"}));

  EXPECT_EQ(message_of(tube + month, {section + "Top layers=endplate: 2 mm / 3"}),
            "--set 'Geometry/Hollow cylinder/Top layers=endplate: 2 mm / 3': Geometry/Hollow "
            "cylinder/Top layers: the bottom and top layers are 2 mm thick together, which leaves "
            "nothing of the 'Height' of 2 mm to 'Layers'; make them thinner, or the height larger");
}

TEST_F(CaseFile, KnowsTheLumbarLevels)
{
  const std::string disc =
      "subsection Geometry\n  set Shape = lumbar disc\n  subsection Lumbar disc\n"
      "    set Level = L5-S1\n    set Depth = 34 mm\n  end\nend\n"
      "subsection Initial state\n  set Start = values\nend\n";
  const Case input = read(disc + month);
  EXPECT_DOUBLE_EQ(input.geometry.disc.width, 55.1e-3);
  EXPECT_DOUBLE_EQ(input.geometry.disc.depth, 34e-3);
  EXPECT_DOUBLE_EQ(input.geometry.disc.superior_bulge, 1.5e-3);
  EXPECT_EQ(input.geometry.refinements, 2u);
  EXPECT_EQ(input.geometry.faces(),
            (std::vector<std::string>{"superior endplate", "inferior endplate", "annulus periphery",
                                      "rim"}));
  EXPECT_NE(input.parameters.find("At L5-S1: 55.1 mm"), std::string::npos);
  for (const DiscPreset &preset : disc_presets())
    EXPECT_EQ(read(disc + month, {"Geometry/Lumbar disc/Level=" + std::string(preset.level)})
                  .geometry.disc.squareness,
              preset.squareness);
}

TEST_F(CaseFile, RefusesADiscThatCannotBe)
{
  const std::string disc = "subsection Geometry\n  set Shape = lumbar disc\nend\n"
                           "subsection Initial state\n  set Start = values\nend\n";
  EXPECT_EQ(message_of(disc + month, {"Geometry/Lumbar disc/Nucleus offset=15 mm"}),
            "--set 'Geometry/Lumbar disc/Nucleus offset=15 mm': Geometry/Lumbar disc: a nucleus of "
            "47 % of the section, "
            "15 mm behind the centroid of the disc, leaves no annulus around it; make 'Nucleus "
            "area fraction' smaller, "
            "or 'Nucleus offset' nearer to 0 mm");
  EXPECT_NE(
      message_of(disc + month, {"Geometry/Lumbar disc/Kidney ratio=0.4"}).find("at most 0.35"),
      std::string::npos);
  EXPECT_NE(message_of(disc + month, {"Geometry/Lumbar disc/Posterior height=1.5 mm"})
                .find("endplates take 1.8 mm"),
            std::string::npos);
}

TEST_F(CaseFile, SortsInjectionsByTimeAndCountsThemBySpecies)
{
  const Case input = read(std::string(bar) + supply + cells + dose + month);
  ASSERT_EQ(input.injections.size(), 2u);
  const InjectionSettings &early = input.injections[0], &late = input.injections[1];
  EXPECT_EQ(early.name, "early");
  EXPECT_EQ(early.loaded, 1e-6); // mol
  EXPECT_EQ(early.shape, BolusShape::gaussian);
  EXPECT_EQ(early.regions, (std::vector<std::string>{"nucleus", "endplate"}));
  EXPECT_EQ(late.loaded, 6e6); // cells
  EXPECT_EQ(late.volume, 1e-9);
  EXPECT_EQ(late.site, (Coordinates{2e-3, 0.5e-3, 0.5e-3}));
  EXPECT_NEAR(late.carrier.at("oxygen"), 0.20536, 1e-12);
  EXPECT_EQ(late.carrier.count("glucose"), 0u);
}

TEST_F(CaseFile, RepeatsADose)
{
  const std::string file = std::string(bar) + supply + cells + dose + month;
  const Case input = read(file, {"Injections/early/Repeats=3", "Injections/early/Interval=10 d"});
  ASSERT_EQ(input.injections.size(), 4u);
  const char *const names[] = {"early", "late", "early 2", "early 3"};
  const double days[]       = {0, 7, 10, 20};
  for (unsigned int k = 0; k < 4; ++k)
  {
    EXPECT_EQ(input.injections[k].name, names[k]);
    EXPECT_DOUBLE_EQ(input.injections[k].time, days[k] * 86400);
  }
  EXPECT_EQ(input.injections[3].species, "glucose");
  EXPECT_EQ(input.injections[3].loaded, 1e-6);
  EXPECT_EQ(input.injections[3].site, input.injections[0].site);
  expect_same(input, read(input.parameters, {}, "elsewhere/parameters.prm"));
  expect_same(input, read(input.parameter_differences, {}, "elsewhere/parameters.diff.prm"));
}

TEST_F(CaseFile, RefusesRepeatsThatCannotBe)
{
  const std::string file = std::string(bar) + supply + cells + dose + month;
  EXPECT_EQ(message_of(file, {"Injections/early/Repeats=3"}),
            "--set 'Injections/early/Repeats=3': Injections/early/Repeats: 3 doses need an "
            "'Interval'; write for example 'set Interval = 30 d'");
  EXPECT_EQ(message_of(file, {"Injections/early/Interval=10 d"}),
            "--set 'Injections/early/Interval=10 d': Injections/early/Interval: this has no "
            "effect, because 'Repeats = 1'; remove it, or write for example 'set Repeats = 3'");
  EXPECT_EQ(message_of(file, {"Injections/late/Interval=10 d", "Injections/late/Repeats=4"}),
            "--set 'Injections/late/Repeats=4': Injections/late/Repeats: the last dose, at 37 "
            "d, lies after the 'End' of the run, 30 d");
  EXPECT_EQ(message_of(file, {"Injections/early/Repeats=0"}),
            "--set 'Injections/early/Repeats=0': Injections/early/Repeats: '0' is out of bounds; "
            "it must be at least 1, at most 1000");
  std::string second = file;
  second.replace(second.find("subsection late"), 15, "subsection early 2");
  EXPECT_EQ(message_of(second, {"Injections/early/Interval=10 d", "Injections/early/Repeats=2"}),
            "--set 'Injections/early/Repeats=2': Injections/early/Repeats: its repeat would be "
            "called 'early 2', like the dose of that name; give one of them another name");
}

TEST_F(CaseFile, GivesLawsTheirNumbersInTheirOwnUnits)
{
  const std::string laws = "subsection Laws\n  subsection metabolism\n    set Law = law\n    set "
                           "Limiter = 0.2 mM\n  end\nend\n";
  const Case input       = read(std::string(bar) + supply + cells + laws + steady);
  ASSERT_EQ(input.laws.size(), 1u);
  EXPECT_EQ(input.laws[0].section, "metabolism");
  EXPECT_DOUBLE_EQ(input.laws[0].values.numbers.at("Limiter"), 200); // uM
  EXPECT_EQ(input.laws[0].values.texts.at("Population"), "NP cells");
  EXPECT_EQ(message_of(std::string(bar) + supply + laws + steady),
            "case.prm:27: Laws/metabolism/Population: there is no population 'NP cells'; declare "
            "it as a subsection of "
            "'Cells'");
}

TEST_F(CaseFile, LetsSpeciesOfLawsBeInjectedAndBounded)
{
  const std::string laws = R"(
subsection Laws
  subsection vesicles
    set Law = vesicles-law
  end
end
subsection Injections
  subsection dose
    set Species = vesicles
    set Amount = 1e9
    set Shape = point
    set Site = 2 mm, 0 mm, 0 mm
  end
end
)";
  const Case input       = read(std::string(bar) + supply + cells + laws + month,
                                {"Boundary conditions/left/vesicles/Type=fixed",
                                 "Boundary conditions/left/vesicles/Value=0 /mL",
                                 "Tissue/nucleus/Diffusivity of vesicles=2 um^2/s"});
  EXPECT_EQ(input.injections[0].loaded, 1e9);
  EXPECT_EQ(input.boundaries.back().species, "vesicles");
  EXPECT_EQ(input.tissue.at("nucleus").diffusivity.at("vesicles"), 2e-12);
}

TEST_F(CaseFile, IsTheSameWhenItsCompleteParametersAreRunAgain)
{
  std::filesystem::create_directories(folder / "earlier");
  std::ofstream(folder / "disc.msh") << "mesh";
  std::ofstream(folder / "law.so") << "plugin";
  const std::string mesh = R"(
subsection Geometry
  set Shape = mesh file
  subsection Mesh file
    set File = disc.msh
    set Length unit = mm
    set Regions = 1: nucleus, 2: annulus, 3: annulus
    set Faces = 1: left, 2: right
  end
end
subsection Laws
  subsection metabolism
    set Law = law
    set Limiter = 0.2 mM
  end
end
subsection Initial state
  set Start = finished run
  set Run folder = earlier
end
)";
  std::string populated  = cells;
  populated.replace(populated.find("Density in endplate"), 19, "Density in annulus ");
  const Case input = read(mesh + supply + populated + dose + month);
  EXPECT_EQ(input.geometry.mesh_file, folder / "disc.msh");
  EXPECT_EQ(input.geometry.regions(), (std::vector<std::string>{"nucleus", "annulus"}));
  EXPECT_EQ(input.laws[0].law, (folder / "law.so").string());
  // Paths stay valid in another folder, and so do the title and the output folder.
  expect_same(input, read(input.parameters, {}, "elsewhere/parameters.prm"));
  expect_same(input, read(input.parameter_differences, {}, "elsewhere/parameters.diff.prm"));
}

TEST_F(CaseFile, IsTheSameForAGeneratedDiscToo)
{
  const std::string disc =
      "subsection Geometry\n  set Shape = lumbar disc\n  subsection Lumbar disc\n"
      "    set Level = L1-L2\n  end\nend\n"
      "subsection Boundary conditions\n  subsection inferior endplate\n"
      "    subsection oxygen\n      set Type = fixed\n      set Value = 5 kPa\n    end\n  end\n"
      "  subsection superior endplate\n    subsection oxygen\n      set Type = fixed\n"
      "      set Value = 0 d: 38 mmHg, 1 d: 38 mmHg, 1 d: 0.02 mM\n    end\n  end\nend\n"
      "subsection Initial state\n  set Start = values\nend\n"
      "subsection Acidity\n  set Closure = given\n  set Intercept = 7.3\n  set Slope = -0.08 "
      "/mM\nend\n";
  const Case input = read(disc + month);
  EXPECT_EQ(input.boundaries[0].face, "inferior endplate"); // as written: it wins where they meet
  EXPECT_EQ(input.acidity.slope, -0.08);
  expect_same(input, read(input.parameters, {}, "elsewhere/parameters.prm"));
  expect_same(input, read(input.parameter_differences, {}, "elsewhere/parameters.diff.prm"));
}

TEST_F(CaseFile, ChecksTheCommandLineLikeTheFile)
{
  const std::string file = std::string(bar) + supply + steady;
  EXPECT_EQ(read(file, {"Geometry/Global refinements=3"}).geometry.refinements, 3u);
  EXPECT_EQ(message_of(file, {"Geometry/Shape=bal"}),
            "--set 'Geometry/Shape=bal': Geometry/Shape: 'bal' is not one of the choices; did you "
            "mean 'ball'?");
  EXPECT_EQ(
      message_of(file, {"Geometri/Shape=ball"}),
      "--set 'Geometri/Shape=ball': there is no section 'Geometri'; did you mean 'Geometry'?");
}

TEST_F(CaseFile, MentionsOnlyTheCauseOfAMistake)
{
  // A law that is not found may own any species: what refers to them is not reported.
  const std::string file = std::string(bar) + supply + cells + steady;
  EXPECT_EQ(
      message_of(file,
                 {"Laws/vesicles/Law=missing", "Boundary conditions/left/vesicles/Value=0 /mL"}),
      "--set 'Laws/vesicles/Law=missing': Laws/vesicles/Law: the law 'missing' was not found");
  // The regions are unknown while the layers are.
  EXPECT_EQ(message_of(file, {"Geometry/Box/Layers=nucleus"}),
            "--set 'Geometry/Box/Layers=nucleus': Geometry/Box/Layers: 'nucleus' is not a layer; "
            "write 'REGION: THICKNESS / "
            "CELLS', for example 'nucleus: 4.4 mm / 40'");
}

TEST_F(CaseFile, RefusesNamesThatMeanSomethingElse)
{
  const std::string file = std::string(bar) + supply + steady;
  EXPECT_EQ(message_of(file, {"Cells/pH/Density in nucleus=0 /mL"}),
            "--set 'Cells/pH/Density in nucleus=0 /mL': 'pH' cannot name a species, because laws "
            "read a quantity of that "
            "name; choose another");
  EXPECT_EQ(message_of(file, {"Cells/glucose/Density in nucleus=0 /mL"}),
            "--set 'Cells/glucose/Density in nucleus=0 /mL': 'glucose' is already the name of "
            "another species; choose "
            "another");
}

TEST(Description, GivesEveryParameterAMeaning)
{
  const auto visit = [](const auto &self, const Section &section) -> void
  {
    for (const Parameter &parameter : section.parameters)
    {
      EXPECT_FALSE(parameter.meaning.empty()) << parameter.name;
      EXPECT_EQ(parameter.meaning.back(), '.') << parameter.name;
    }
    for (const Section &below : section.sections)
      self(self, below);
  };
  visit(visit, describe_case());
}
