// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/batch_files.h"

#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <iterator>
#include <sstream>

using namespace lacuna;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace
{
  std::string read(const fs::path &file)
  {
    std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
  }

  bool is_executable(const fs::path &file)
  {
    return (fs::status(file).permissions() & fs::perms::owner_exec) != fs::perms::none;
  }

  /** What a command prints. */
  std::string said_by(const std::string &command)
  {
    std::string text;
    std::array<char, 256> part{};
    FILE *pipe = popen(command.c_str(), "r");
    while (pipe && std::fgets(part.data(), part.size(), pipe))
      text += part.data();
    if (pipe)
      pclose(pipe);
    return text;
  }

  /** A study, and templates for the batch system "queue". */
  class BatchFiles : public WithTemporaryFolder
  {
  protected:
    BatchFiles()
    {
      plan.folder             = folder / "study";
      plan.program            = "/opt/lacuna/bin/lacuna";
      plan.cases              = 225;
      plan.untreated          = 9;
      plan.ranks              = 4;
      plan.time_limit_seconds = 90.5;
      plan.templates          = folder / "share";
    }

    void write_template(const std::string &name, const std::string &text) const
    {
      write("share/queue/" + name, text);
    }
    fs::path written(const fs::path &name) const { return plan.folder / "queue" / name; }

    BatchPlan plan;
  };

  TEST_F(BatchFiles, ReplacesEveryName)
  {
    write_template("numbers.txt.in", "@CASES@ @UNTREATED@ @RANKS@ @TIME_LIMIT@@CASES@");
    write_batch_files("queue", plan);
    EXPECT_EQ(read(written("numbers.txt")), "225 9 4 91225");
  }

  TEST_F(BatchFiles, LeavesOtherFilesAndOtherSignsAsTheyAre)
  {
    const std::string text = "mail@example.org @@ @lower@ @ CASES @ @";
    write_template("profile/config.yaml", "@CASES@");
    write_template("signs.txt.in", text);
    write_batch_files("queue", plan);
    EXPECT_EQ(read(written("profile/config.yaml")), "@CASES@");
    EXPECT_EQ(read(written("signs.txt")), text);
  }

  TEST_F(BatchFiles, ScriptsAreExecutable)
  {
    write_template("submit.sh.in", "#!/bin/sh\n");
    write_template("tool.sh", "#!/bin/sh\n");
    write_template("settings.sh.in", "x=1\n");
    write_batch_files("queue", plan);
    EXPECT_TRUE(is_executable(written("submit.sh")));
    EXPECT_TRUE(is_executable(written("tool.sh")));
    EXPECT_FALSE(is_executable(written("settings.sh")));
  }

  TEST_F(BatchFiles, PathsSurviveTheShell)
  {
    plan.folder  = folder / "it's a \"study\" $HOME `id` @CASES@ \\";
    plan.program = folder / "my; program";
    for (const std::string name : {"say.sh", "say.sbatch"})
    {
      write_template(name + ".in", "#!/bin/sh\nprintf '%s|' @STUDY@ @PROGRAM@\n");
      write_batch_files("queue", plan);
      const fs::path script = folder / "script";
      fs::copy_file(written(name), script, fs::copy_options::overwrite_existing);
      EXPECT_EQ(said_by("sh " + script.string()),
                plan.folder.string() + "|" + plan.program.string() + "|");
    }
  }

  TEST_F(BatchFiles, PathsAreInDoubleQuotesElsewhere)
  {
    plan.program = "/d\te";
    plan.folder  = folder / "a \"b\" \\ {c}\n's";
    write_template("Snakefile.in", "@STUDY@ @PROGRAM@");
    write_batch_files("queue", plan);
    EXPECT_EQ(read(written("Snakefile")),
              "\"" + folder.string() + "/a \\\"b\\\" \\\\ {c}\\n's\" \"/d\\te\"");
  }

  TEST_F(BatchFiles, RelativePathsBecomeAbsolute)
  {
    const fs::path here = fs::current_path();
    fs::current_path(folder);
    plan.folder  = "results/../study";
    plan.program = "./lacuna";
    write_template("say.sh.in", "@STUDY@ @PROGRAM@");
    write_batch_files("queue", plan);
    const std::string text = read("study/queue/say.sh");
    const std::string root = fs::current_path().string();
    fs::current_path(here);
    EXPECT_EQ(text, "'" + root + "/study' '" + root + "/lacuna'");
  }

  TEST_F(BatchFiles, ReplacesFilesOfAnEarlierCall)
  {
    write_template("count.txt.in", "@CASES@");
    write_batch_files("queue", plan);
    plan.cases = 3;
    write_batch_files("queue", plan);
    EXPECT_EQ(read(written("count.txt")), "3");
    EXPECT_EQ(std::distance(fs::directory_iterator(plan.folder / "queue"), {}), 1);
  }

  TEST_F(BatchFiles, UnknownNamesAreToldAndNothingIsWritten)
  {
    write_template("a.txt.in", "@CASES@");
    write_template("b.txt.in", "@CASE@");
    EXPECT_THAT(
        complaint([&] { write_batch_files("queue", plan); }),
        HasSubstr("the template 'share/queue/b.txt.in' has a @CASE@, for which there is no value; "
                  "there are '@CASES@', '@PROGRAM@', "));
    EXPECT_FALSE(fs::exists(plan.folder));
  }

  TEST_F(BatchFiles, UnknownSystemsAreTold)
  {
    EXPECT_THAT(
        complaint([&] { write_batch_files("abacus", plan); }),
        HasSubstr("there are no templates for 'abacus': there is no folder 'share/abacus'"));
  }

  /** The templates that are shipped: all names are known, and shells read what results. */
  TEST_F(BatchFiles, ShippedTemplatesAreSound)
  {
    plan.templates = fs::path(LACUNA_SOURCE_DIR) / "contrib";
    plan.folder    = folder / "a 'study'";
    for (const std::string system : {"slurm", "snakemake"})
      write_batch_files(system, plan);
    for (const std::string name :
         {"slurm/submit.sh", "slurm/environment.sh", "slurm/case.sbatch", "slurm/untreated.sbatch",
          "slurm/collect.sbatch", "snakemake/environment.sh", "snakemake/slurm/state.sh"})
    {
      const fs::path copy = folder / "copy";
      fs::copy_file(plan.folder / name, copy, fs::copy_options::overwrite_existing);
      EXPECT_EQ(said_by("bash -n " + copy.string() + " 2>&1"), "") << name;
    }
    EXPECT_TRUE(fs::exists(plan.folder / "snakemake/Snakefile"));
    EXPECT_TRUE(is_executable(plan.folder / "slurm/submit.sh"));
  }
} // namespace
