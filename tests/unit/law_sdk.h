// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "../plugins/law_harness.h"
#include "config/user_error.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace lacuna
{
  namespace fs = std::filesystem;

  inline const fs::path sdk = LACUNA_SOURCE_DIR "/plugins/sdk/include";

  inline const std::string glucose_death = R"(
#include <lacuna/law.h>

struct GlucoseDeath : lacuna::Law<GlucoseDeath>
{
  Field     glucose  = field("glucose", "mM");
  Field     pH       = field("pH", "1");
  Species   cells    = population("NP cells", "1/mL");
  Parameter critical = parameter("Critical glucose", 0.5, "mM", 
                                 "Below this, cells begin to die (Horner & Urban 2001).", 0, 10);
  Parameter rate     = parameter("Death rate", 1, "1/d", "First-order rate in full starvation.", 0);

  template <class Number>
  void rates(At<Number> &at) const
  {
    const Number starved = lacuna::positive_part(1. - at[glucose] / critical);
    at.rate(cells) -= rate * starved * at[cells];
  }
};
LACUNA_LAW(GlucoseDeath, "glucose-death", "1.0.0", "d",
           "First-order death of NP cells without glucose.")
)";

  /** A law with these members and the time unit d. */
  inline std::string law_with(const std::string &members)
  {
    return "#include <lacuna/law.h>\nstruct Test : lacuna::Law<Test>\n{\n" + members +
           "\n};\nLACUNA_LAW(Test, \"test\", \"1.0.0\", \"d\", \"A law for this test.\")\n";
  }

  /** A folder of its own per test, removed in the end. */
  class LawSdk : public ::testing::Test
  {
  protected:
    LawSdk()
    {
      const auto *test = ::testing::UnitTest::GetInstance()->current_test_info();
      folder           = fs::temp_directory_path() /
               ("lacuna-" + std::string(test->name()) + "-" + std::to_string(getpid()));
      fs::create_directories(folder);
    }
    ~LawSdk() override { fs::remove_all(folder); }

    fs::path write(const std::string &name, const std::string &text) const
    {
      std::ofstream(folder / name) << text;
      return folder / name;
    }

    std::string output_of(const std::string &command) const
    {
      FILE *pipe = popen((command + " 2>&1").c_str(), "r");
      std::string text;
      std::array<char, 4096> buffer;
      while (const auto n = std::fread(buffer.data(), 1, buffer.size(), pipe))
        text.append(buffer.data(), n);
      if (pclose(pipe) != 0)
        text += "\nFAILED: " + command;
      return text;
    }

    /** Compiles as an author would; the law is then called `name`. */
    void build(const std::string &name, const std::string &source,
               const std::string &compiler  = "g++ -std=c++17",
               const std::string &libraries = "") const
    {
      const fs::path file = write(name + ".cc", source);
      EXPECT_EQ(output_of(compiler + " -shared -fPIC -Wall -Wextra -I" + sdk.string() + " " +
                          file.string() + " -o " + (folder / (name + ".so")).string() + " " +
                          libraries),
                "");
    }

    std::string error_of(const std::string &name, const LawValues &values = {}) const
    {
      try
      {
        LawLibrary::load(name, folder)->create("death", values);
      }
      catch (const lacuna::UserError &error)
      {
        return error.what();
      }
      return "no error";
    }

    fs::path folder;
  };
} // namespace lacuna
