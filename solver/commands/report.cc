// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/report.h"

#include "commands/program.h"
#include "config/user_error.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <vector>

namespace lacuna
{
  namespace
  {
    void check_folder(const std::filesystem::path &folder)
    {
      std::error_code ignored;
      const std::string name = folder.string();
      if (!std::filesystem::is_directory(folder, ignored))
        throw UserError(std::filesystem::exists(folder, ignored)
                            ? "'" + name + "' is a file; name the folder of a run or a study."
                            : "there is no folder '" + name + "'; name that of a run or a study.");
      const auto holds = [&](const char *file)
      { return std::filesystem::exists(folder / file, ignored); };
      if (!holds("history.csv") && !holds("summary.json") && !holds("study.json"))
        throw UserError("'" + name +
                        "' holds neither a run (history.csv, summary.json) nor a study "
                        "(study.json).");
    }

    /** The interpreter of the distribution has the packages; LACUNA_PYTHON names another. */
    std::filesystem::path python()
    {
      if (const char *named = std::getenv("LACUNA_PYTHON"))
        return named;
      const std::filesystem::path of_distribution = "/usr/bin/python3";
      return access(of_distribution.c_str(), X_OK) == 0 ? of_distribution
                                                        : find_program("python3", "python3");
    }

    void prepend_python_path(const std::filesystem::path &folder)
    {
      const char *before = std::getenv("PYTHONPATH");
      const std::string path =
          folder.string() + (before == nullptr ? std::string() : ":" + std::string(before));
      setenv("PYTHONPATH", path.c_str(), 1);
    }
  } // namespace

  int report(const ReportOptions &options)
  {
    check_folder(options.folder);
    const auto package = shared_folder() / "python";
    if (!std::filesystem::is_directory(package / "lacuna"))
      throw UserError("the Python package is missing: there is no folder '" +
                      (package / "lacuna").string() + "'.\n  Install Lacuna again.");
    prepend_python_path(package);
    setenv("LACUNA_PROGRAM", program_path().c_str(), 0);
    if (std::filesystem::exists(shared_folder() / "report"))
      setenv("LACUNA_REPORT_ASSETS", (shared_folder() / "report").c_str(), 0);
    setenv("PYTHONDONTWRITEBYTECODE", "1", 0); // nothing is left behind in the installation
    const std::string interpreter  = python().string();
    std::vector<std::string> words = {interpreter, "-m", "lacuna.report", options.folder.string()};
    if (!options.output.empty())
      words.insert(words.end(), {"--output", options.output});
    std::vector<char *> arguments;
    for (std::string &word : words)
      arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::cout << std::flush;
    execvp(interpreter.c_str(), arguments.data());
    throw UserError("cannot start " + interpreter + ": " + std::strerror(errno) +
                    "\n  LACUNA_PYTHON names another Python.");
  }
} // namespace lacuna
