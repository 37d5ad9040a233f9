// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "config/parameter_file.h"
#include "config/suggestion.h"
#include "config/user_error.h"
#include "config/values.h"
#include "config/write_parameters.h"
#include "support/temporary_folder.h"

#include <sys/stat.h>

#include <algorithm>

using namespace lacuna;

namespace
{
  class ParameterFile : public WithTemporaryFolder
  {
  protected:
    Node read(const std::string &content) const { return scan(write("case.prm", content)); }

    std::string message_of(const std::string &content) const
    {
      return complaint([&] { read(content); });
    }
  };

  Section example_description()
  {
    Parameter length;
    length.name              = "Length";
    length.kind              = Parameter::Kind::quantity;
    length.unit              = "mm";
    length.minimum           = 0;
    length.exclusive_minimum = true;
    length.default_text      = "2 mm";
    Parameter shape;
    shape.name    = "Shape";
    shape.kind    = Parameter::Kind::choice;
    shape.choices = {"round", "square"};
    Parameter oxygen;
    oxygen.name         = "Oxygen";
    oxygen.kind         = Parameter::Kind::table;
    oxygen.unit         = "mM";
    oxygen.other_unit   = "kPa";
    oxygen.other_factor = 0.01e-3;
    oxygen.default_text = "none";
    oxygen.choices      = {"none"};
    Parameter count;
    count.name         = "Count";
    count.kind         = Parameter::Kind::integer;
    count.minimum      = 1;
    count.default_text = "3";
    return {"",
            "",
            {},
            {{"Body", "A body.", {length, shape, count}, {}},
             {"Supply", "", {}, {{"<face>", "", {oxygen}, {}}}}}};
  }
} // namespace

TEST_F(ParameterFile, HoldsSectionsAndEntriesWithTheirPlaces)
{
  const Node root = read("# a comment\n"
                         "set Title = Two words # and a comment\n"
                         "subsection Lumbar  disc\r\n"
                         "  set Width=53.5 mm\r\n"
                         "end\n");
  EXPECT_EQ(root.find_entry("Title")->value, "Two words");
  ASSERT_NE(root.find("Lumbar disc"), nullptr);
  EXPECT_EQ(root.find("Lumbar disc")->find_entry("Width")->value, "53.5 mm");
  EXPECT_EQ(root.find("Lumbar disc")->find_entry("Width")->location.line, 4u);
  EXPECT_EQ(root.find("Lumber disc"), nullptr);
}

TEST_F(ParameterFile, MayContinueLinesAndRepeatSections)
{
  const Node root =
      read("subsection A\n  set b = 1, \\\n          2\nend\nsubsection A\n  set c = 3\nend");
  ASSERT_EQ(root.sections.size(), 1u);
  EXPECT_EQ(root.find("A")->find_entry("b")->value, "1, 2");
  EXPECT_EQ(root.find("A")->find_entry("c")->location.line, 6u);
}

TEST_F(ParameterFile, MayIncludeOthersRelativeToItself)
{
  std::filesystem::create_directories(folder / "parts");
  write("parts/supply.prm", "include more.prm\nset a = 1\n");
  write("parts/more.prm", "set b = 2\n");
  const Node root = read("subsection Supply\ninclude parts/supply.prm\nend\n");
  EXPECT_EQ(root.find("Supply")->find_entry("a")->value, "1");
  EXPECT_EQ(root.find("Supply")->find_entry("b")->location.file,
            (folder / "parts/more.prm").string());
}

TEST_F(ParameterFile, MustBeWellFormed)
{
  EXPECT_EQ(message_of("set a = 1\nset  a = 2\n"),
            "case.prm:2: 'a' is set a second time; it is already set at case.prm:1");
  EXPECT_EQ(message_of("subsection A\nsubsection B\nend\n"),
            "case.prm:1: subsection 'A' is never closed; write 'end' on a line of its own");
  EXPECT_EQ(
      message_of("end\n"),
      "case.prm:1: 'end' closes no subsection; remove it, or add the missing 'subsection NAME'");
  EXPECT_EQ(message_of("set a\n"), "case.prm:1: 'set a' is not understood; write 'set a = VALUE'");
  EXPECT_EQ(message_of("subsektion A\n"),
            "case.prm:1: 'subsektion A' is not understood; did you mean 'subsection'?");
  EXPECT_EQ(message_of("include case.prm\n"),
            "case.prm:1: include 'case.prm' goes round in a circle: that file is just being read");
  EXPECT_EQ(message_of("sut a = 1\nset a\n"),
            "2 mistakes in case.prm:\n"
            "case.prm:1: 'sut a = 1' is not understood; did you mean 'set'?\n"
            "case.prm:2: 'set a' is not understood; write 'set a = VALUE'");
}

TEST_F(ParameterFile, IsSearchedForByASimilarNameIfMissing)
{
  write("case.prm", "");
  try
  {
    scan(folder / "csae.prm");
    FAIL();
  }
  catch (const UserError &error)
  {
    EXPECT_EQ(std::string(error.what()), (folder / "csae.prm").string() +
                                             ": there is no such file; did you mean '" +
                                             (folder / "case.prm").string() + "'?");
  }
  EXPECT_THROW(scan(folder), UserError);
}

TEST_F(ParameterFile, IsChangedFromTheCommandLine)
{
  Node root = read("subsection A\n  set b = 1\nend\n");
  override_entry(root, "A/b=2");
  override_entry(root, "A/ new section /c = x=y");
  EXPECT_EQ(root.find("A")->find_entry("b")->value, "2");
  EXPECT_EQ(root.find("A")->find_entry("b")->location.text(), "--set 'A/b=2'");
  EXPECT_EQ(root.find("A")->find("new section")->find_entry("c")->value, "x=y");
  for (const char *wrong : {"A/b=3", "A/b", "=1", "A//b=1", "", "A/x=1 # comment", "A/x=1\n"})
    EXPECT_THROW(override_entry(root, wrong), UserError) << wrong;
}

TEST_F(ParameterFile, OfManyMistakesOnlyTheFirstAreShown)
{
  std::string content;
  for (int i = 0; i < 20000; ++i)
    content += "set key " + std::to_string(i) + "\n";
  const std::string text = message_of(content);
  EXPECT_EQ(text.rfind("20000 mistakes in case.prm, of which these are the first:\n"
                       "case.prm:1: 'set key 0' is not understood; ",
                       0),
            0);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10);
}

TEST_F(ParameterFile, ControlCharactersAreRefusedAndShownEscaped)
{
  EXPECT_EQ(message_of("set Title = a\033[31mred\n"),
            "case.prm:1: this line holds control characters; remove them: 'set Title = "
            "a\\x1b[31mred'");
  EXPECT_EQ(message_of("set Title = \xc2\x9b"
                       "31m\n"),
            "case.prm:1: this line holds control characters; remove them: 'set Title = "
            "\\x9b31m'");
  Node root;
  EXPECT_EQ(complaint([&] { override_entry(root, "Title=\033[2J"); }),
            "--set 'Title=\\x1b[2J': this holds control characters; remove them");
}

TEST_F(ParameterFile, PipesAndDevicesAreRefused)
{
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(complaint([&] { scan(folder / "pipe"); }),
            "pipe: this is a pipe or a device, not an ordinary file");
  EXPECT_EQ(message_of("include pipe\n"),
            "case.prm:1: include 'pipe': this is a pipe or a device, not an ordinary file");
  Parameter file;
  file.kind = Parameter::Kind::file;
  EXPECT_EQ(complaint(
                [&] {
                  check_value(file, "pipe", {(folder / "case.prm").string(), 1, {}});
                }),
            "'pipe' is a pipe or a device; an ordinary file is needed");
}

TEST_F(ParameterFile, NeverCrashesTheScanner)
{
  std::mt19937 generator(1);
  const std::string pieces[] = {
      "subsection A\n",     "end\n",      "set a = 1\n", "\\\n",         "#",  "=", "\n", "\xff",
      "include case.prm\n", "include \n", "set ",        "subsection\n", "\r", " "};
  std::uniform_int_distribution<int> pick(0, 13), length(0, 40);
  for (int trial = 0; trial < 500; ++trial)
  {
    std::string content;
    for (int i = length(generator); i > 0; --i)
      content += pieces[pick(generator)];
    message_of(content);
  }
  message_of(std::string("\0\1\2", 3));
  std::string nested;
  for (int i = 0; i < 100000; ++i)
    nested += "subsection A\n";
  EXPECT_NE(message_of(nested).find("nested too deeply"), std::string::npos);
}

TEST_F(ParameterFile, IsHeldAgainstItsDescription)
{
  const Section description = example_description();
  const Values values(description,
                      read("subsection Body\n  set Shape = round\n  set Length = 0.5 cm\nend\n"
                           "subsection Supply\n  subsection top\n"
                           "    set Oxygen = 0 d: 5 kPa, 1 d: 0.02 mM\n  end\nend\n"));
  EXPECT_EQ(values.section("Body").number("Length"), 0.005);
  EXPECT_EQ(values.section("Body").number("Count"), 3);
  EXPECT_EQ(values.section("Body").text("Shape"), "round");
  EXPECT_TRUE(values.section("Body").is_set("Length"));
  EXPECT_FALSE(values.section("Body").is_set("Count"));
  EXPECT_EQ(values.section("Supply").section_names(), std::vector<std::string>{"top"});
  const TimeTable oxygen = values.section("Supply").section("top").table("Oxygen");
  EXPECT_DOUBLE_EQ(oxygen.values[0], 0.05); // by Henry's law
  EXPECT_EQ(oxygen.values[1], 0.02);
  EXPECT_TRUE(values.section("Supply").section("bottom").is_word("Oxygen"));
  EXPECT_THROW(values.section("Body").number("Colour"), std::logic_error);
}

TEST_F(ParameterFile, IsToldAllItsMistakesAtOnce)
{
  const Section description = example_description();
  try
  {
    Values(
        description,
        read("subsection Body\n  set Lenght = 1 mm\n  set Length = -1 mm\n  set Count = 2.5\nend\n"
             "subsection Suply\nend\n"));
    FAIL();
  }
  catch (const UserError &error)
  {
    const std::string file = (folder / "case.prm").string();
    EXPECT_EQ(error.what(),
              "5 mistakes in " + file + ":\n" + //
                  file +
                  ":1: Body: 'Shape' is missing; write 'set Shape = ...' with one of 'round' and "
                  "'square'\n" +
                  file + ":2: Body: there is no parameter 'Lenght'; did you mean 'Length'?\n" + //
                  file +
                  ":3: Body/Length: '-1 mm' is out of bounds; it must be larger than 0 mm\n" +
                  file + ":4: Body/Count: '2.5' is not an integer\n" + //
                  file + ":6: there is no section 'Suply'; did you mean 'Supply'?");
  }
}

TEST_F(ParameterFile, IsWrittenCompleteOrWithDifferencesOnly)
{
  const Section description = example_description();
  const Node node =
      read("subsection Body\n  set Shape = round\n  set Length = 2.0 mm\nend\nsubsection Supply\n"
           "  subsection top\n    set Oxygen = none\n  end\nend\n");
  EXPECT_EQ(write_parameters(description, node, true),
            "# What differs from the defaults.\n\n\n"
            "subsection Body\n  set Shape = round\nend\n\n"
            "subsection Supply\n  subsection top\n  end\nend\n");
  const std::string complete = write_parameters(description, node, false);
  EXPECT_NE(complete.find("set Count = 3"), std::string::npos);
  EXPECT_EQ(write_parameters(description, read(complete), false), complete);
}

TEST_F(ParameterFile, ScalarsAndIntegersAreNotListsOrTables)
{
  const Section description = example_description();
  const auto said           = [&](const std::string &entry)
  { return complaint([&] { Values(description, read("subsection Body\n" + entry + "end\n")); }); };
  const std::string shape = "set Shape = round\n";
  EXPECT_EQ(said(shape + "set Length = 1, 2, 3 mm\n"),
            "case.prm:3: Body/Length: '1, 2, 3 mm' are 3 values; one number is expected here");
  EXPECT_EQ(said(shape + "set Count = 1, 2\n"),
            "case.prm:3: Body/Count: '1, 2' are 2 values; one integer is expected here");
  EXPECT_EQ(said(shape + "set Count = [3]\n"), "case.prm:3: Body/Count: '[3]' stands in brackets; "
                                               "one integer is expected here, without any");
}

TEST_F(ParameterFile, ATableIsNotTakenForANumberWithAComma)
{
  const Parameter oxygen = example_description().sections[1].sections[0].parameters[0];
  const auto said        = [&](const std::string &text)
  { return complaint([&] { check_value(oxygen, text, {}); }); };
  EXPECT_EQ(said("4,5 kPa"), "'4,5 kPa' is not a number in digits; write '4.5 kPa'");
  EXPECT_EQ(said("0 d: 4,5 kPa, 2 d: 3 kPa"),
            "'5 kPa' has no time; a table is 'TIME: VALUE, TIME: VALUE, ...', with decimal points "
            "in its numbers");
}

TEST(Suggestion, NamesTheNearest)
{
  const std::vector<std::string> known{"Anterior height", "Posterior height", "Width", "Bath salt"};
  EXPECT_EQ(suggestion("Widht", known), "; did you mean 'Width'?");
  EXPECT_EQ(suggestion("anterior heigth", known), "; did you mean 'Anterior height'?");
  EXPECT_EQ(suggestion("Salt", known), "; did you mean 'Bath salt'?");
  EXPECT_EQ(suggestion("height", known),
            "; there are 'Anterior height', 'Posterior height', 'Width' and 'Bath salt'");
  EXPECT_EQ(suggestion("Colour", {"Width"}), "; the only one is 'Width'");
  EXPECT_EQ(suggestion("Colour", {}), "");
  EXPECT_EQ(nearest(std::string(100000, 'x'), known), "");
}
