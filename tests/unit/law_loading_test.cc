// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "law_sdk.h"

#include <cstdlib>

// Where laws are looked for, and the sentence for each way in which loading one fails.

using namespace lacuna;

TEST_F(LawSdk, DeclarationsAreChecked)
{
  build("hours", law_with(R"(Parameter a = parameter("Uptake", 1, "fmol/h", "In hours.");)"));
  EXPECT_EQ(error_of("hours"),
            "law 'death' declares 'Uptake' in 'fmol/h', but its time unit is 'd': "
            "write the unit with 'd' instead of 'h'.");
  build("twice",
        law_with(R"(Parameter a = parameter("K", 1, "mM", ""), b = parameter("K", 1, "mM", "");)"));
  EXPECT_EQ(error_of("twice"), "law 'death' declares the parameter 'K' twice.");
  build("nobody", law_with(R"(Species s = species_per_cell("dose", "1", "", "");)"));
  EXPECT_EQ(error_of("nobody"), "law 'death' counts 'dose' per cell but names no population.");

  build("glucose-death", glucose_death);
  EXPECT_EQ(error_of("glucose-death", {{{"Critical glucose", 12}}, {}}),
            "law 'death' has Critical glucose = 12 mM, which must be at most 10 mM.");
  EXPECT_EQ(error_of("glucose-death", {{{"Critical glucos", 1}}, {}}),
            "law 'death' has no parameter 'Critical glucos'; did you mean 'Critical glucose'?");
}

TEST_F(LawSdk, ALawThatIsAbsent)
{
  const std::string error = error_of("bibby-metabolsim");
  EXPECT_EQ(error.substr(0, error.find(" in ")),
            "the law 'bibby-metabolsim' was not found; did you mean 'bibby-metabolism'?\n"
            "  looked for bibby-metabolsim.so");
  EXPECT_NE(error.find(" in " + folder.string() + ", "), std::string::npos);
  EXPECT_EQ(error.substr(error.rfind('\n')),
            "\n  Write another name, a path (./bibby-metabolsim.so), or add its folder to "
            "LACUNA_PLUGIN_PATH.");

  EXPECT_EQ(error_of("./absent.so"),
            "the law './absent.so' was not found: there is no file '" +
                (folder / "absent.so").string() +
                "'.\n  A relative path starts at the folder of the parameter file.");
}

TEST_F(LawSdk, AFileThatIsNoLaw)
{
  write("text.so", "this is no library");
  EXPECT_EQ(error_of("text"),
            "the law '" + (folder / "text.so").string() +
                "' cannot be loaded: file too short.\n  A law is a shared library built for this "
                "machine with lacuna/law.h.");
  build("library", "int answer() { return 42; }");
  EXPECT_EQ(
      error_of("library"),
      "'" + (folder / "library.so").string() +
          "' is a shared library but not a law: it has no lacuna_plugin_entry.\n  A law's source "
          "ends with LACUNA_LAW(Class, name, version, time unit, meaning).");
}

TEST_F(LawSdk, ALawThatLacksWhatItUses)
{
  build("unresolved", "int absent(double); int f() { return absent(1); }");
  EXPECT_EQ(error_of("unresolved"),
            "the law '" + (folder / "unresolved.so").string() +
                "' cannot be loaded: it uses absent(double), which nothing defines.\n  Name every "
                "source, and every library behind '-l', when you link the law.");

  build("libtable", "int table() { return 1; }");
  build("tabulated", "int table(); int f() { return table(); }",
        "g++ -Wl,-rpath-link," + folder.string() + " -L" + folder.string() + " -Wl,--no-as-needed",
        "-ltable");
  EXPECT_EQ(error_of("tabulated"),
            "the law '" + (folder / "tabulated.so").string() +
                "' cannot be loaded: it needs the library libtable.so, which is not found.\n  "
                "Install that library, or build the law without it.");
}

TEST_F(LawSdk, ALawBuiltWithFastMath)
{
  build("fast", glucose_death, "g++ -std=c++17 -O2 -ffast-math -Wno-overflow");
  EXPECT_EQ(error_of("fast"),
            "the law in '" + (folder / "fast.so").string() +
                "' was built with -ffast-math (or -ffinite-math-only), so it would not notice a "
                "NaN.\n  Build it again without this option; -O3 is as fast.");
}

TEST_F(LawSdk, ALawOfAnotherInterface)
{
  const auto source = [](const std::string &major, const std::string &minor)
  {
    return "#include <lacuna/abi.h>\n"
           "extern \"C\" const lacuna_plugin *lacuna_plugin_entry()\n{\n"
           "  static lacuna_plugin description = {};\n"
           "  description.size = sizeof(description);\n"
           "  description.abi_major = " +
           major + ";\n  description.abi_minor = " + minor + ";\n  return &description;\n}\n";
  };
  build("old", source("99", "0"));
  EXPECT_EQ(error_of("old"),
            "the law in '" + (folder / "old.so").string() +
                "' was built for plugin interface 99.0, but this Lacuna has 1.1.\n  "
                "Build it again with the lacuna/law.h of this Lacuna.");
  build("new", source("1", "7"));
  EXPECT_EQ(error_of("new"),
            "the law in '" + (folder / "new.so").string() +
                "' needs plugin interface 1.7 or later, but this Lacuna has 1.1.\n  "
                "Update Lacuna, or build the law with the lacuna/law.h of this one.");
}

TEST_F(LawSdk, IsFoundBesideTheParameterFileAndOnThePath)
{
  fs::create_directories(folder / "laws");
  build("glucose-death", glucose_death);
  fs::rename(folder / "glucose-death.so", folder / "laws" / "glucose-death.so");
  EXPECT_EQ(error_of("laws/glucose-death.so"), "no error");
  EXPECT_EQ(error_of("laws/glucose-death"), "no error");
  EXPECT_EQ(error_of((folder / "laws/glucose-death.so").string()), "no error");
  EXPECT_NE(error_of("glucose-death"), "no error");

  const char *before     = std::getenv("LACUNA_PLUGIN_PATH");
  const std::string kept = before == nullptr ? "" : before;
  setenv("LACUNA_PLUGIN_PATH", ("/nowhere:" + (folder / "laws").string()).c_str(), 1);
  EXPECT_EQ(error_of("glucose-death"), "no error");
  setenv("LACUNA_PLUGIN_PATH", kept.c_str(), 1);
}

namespace
{
  /** Leaves the working directory as it was. */
  class WorkingDirectory
  {
  public:
    explicit WorkingDirectory(const fs::path &folder) : before(fs::current_path())
    {
      fs::current_path(folder);
    }
    ~WorkingDirectory() { fs::current_path(before); }

  private:
    fs::path before;
  };
} // namespace

TEST_F(LawSdk, ABareNameIsNotLookedForInTheWorkingDirectory)
{
  build("stray", glucose_death);
  const WorkingDirectory here(folder);
  EXPECT_THROW(LawLibrary::load("stray"), lacuna::UserError);
  EXPECT_THROW(LawLibrary::load("stray.so"), lacuna::UserError);
  EXPECT_EQ(LawLibrary::load("./stray.so")->plugin().name, std::string("glucose-death"));
  EXPECT_EQ(LawLibrary::load("stray", "")->path(), folder / "stray.so")
      << "the empty folder of a parameter file that is named without one";
  try
  {
    LawLibrary::load("./absent");
    FAIL();
  }
  catch (const lacuna::UserError &error)
  {
    EXPECT_STREQ(error.what(), "the law './absent' was not found: there is no file 'absent'.\n  A "
                               "relative path starts at the working directory.");
  }
}

TEST_F(LawSdk, DeclarationsThatContradictThemselves)
{
  build("species-twice", law_with(R"(
    Species a = immobile_species("matrix", "mg/mL", ""), b = immobile_species("matrix", "mg/mL", "");
  )"));
  EXPECT_EQ(error_of("species-twice"), "law 'death' declares the species 'matrix' twice; declare "
                                       "it once, and use that member again.");
  build("no-unit", law_with(R"(Field f = field("glucose", "mMM");)"));
  EXPECT_EQ(error_of("no-unit"),
            "law 'death' declares 'glucose' in 'mMM', which is not a unit; write, for example, "
            "\"mM\", \"1/mL\", or \"1\" for a pure number.");
  build("range", law_with(R"(Field f = field("pH", "1", {7.4, 6.8, "source"});)"));
  EXPECT_EQ(error_of("range"), "law 'death' gives 'pH' the empty range 7.4 to 6.8.");
  build("moves-field",
        law_with(R"(Species s = {field("NP cells", "1/mL")}; Motion m = moves(s);)"));
  EXPECT_EQ(error_of("moves-field"), "law 'death' moves something that it does not change; declare "
                                     "it with population().");
}

/** A plugin that was built once, with the headers of interface 1.0. */
TEST(LawInterface, APluginOfInterface10StillWorks)
{
#ifndef __x86_64__
  GTEST_SKIP() << "the fixture was built for x86-64";
#endif
  const std::string file = LACUNA_SOURCE_DIR "/tests/plugins/fixtures/interface-1.0-x86_64.so";
  EXPECT_EQ(LawLibrary::load(file)->plugin().abi_minor, 0u);
  LawAtPoint law(file, {{{"Uptake", 1e-8}, {"Half glucose", 0.5}}, {{"Flavour", "strong"}}});
  law.set("glucose", 1.5).set("oxygen", 5).set("lactate", 2).set("time", 3);
  for (const LawRead &read : law.law->reads)
    if (read.unit == "1/mL")
      law.input(read.name, read.unit) = 4e6;
  law.set("factor", 20).set("factor inside", 3).set("proliferation", 0.25);
  const double starved = 1 - 0.75 * 6. / 7, uptake = 24e-8; // mL/h in mL/d
  EXPECT_DOUBLE_EQ(law.loss("NP cells"), starved * 4e6);
  EXPECT_DOUBLE_EQ(law.gain("NP cells"), 0.25 * 4e6);
  EXPECT_DOUBLE_EQ(law.loss("factor"), uptake * 4e6 * 20);
  EXPECT_DOUBLE_EQ(law.gain("factor inside"), 2 * uptake * 20);
  EXPECT_DOUBLE_EQ(law.gain("matrix"), 2);
  EXPECT_DOUBLE_EQ(law.signal(0), 0.25);
  EXPECT_DOUBLE_EQ(law.slope("NP cells", "glucose"), 4e6 * 6. / 7 * 0.5 / (2 * 2));
  ASSERT_EQ(law.law->owns.size(), 3u);
  EXPECT_EQ(law.law->owns[0].decay, 0) << "what 1.0 did not know";
  EXPECT_NEAR(law.law->owns[0].diffusivity, 50e-12, 1e-20);
  EXPECT_FALSE(law.law->acts_at_doses());
}
