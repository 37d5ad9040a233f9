// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "effects/working_folder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>

namespace lacuna
{
  namespace
  {
    std::string content(const std::filesystem::path &file)
    {
      std::ifstream in(file, std::ios::binary);
      return std::string(std::istreambuf_iterator<char>(in), {});
    }

    std::string answers_in_summary(const std::filesystem::path &file)
    {
      nlohmann::json summary = nlohmann::json::parse(content(file));
      for (const char *key : {"seconds", "cpu_seconds", "peak_memory_bytes", "versions"})
        summary.erase(key);
      return summary.dump();
    }
  } // namespace

  WorkingFolder::WorkingFolder()
      : before(std::filesystem::current_path()),
        folder(std::filesystem::temp_directory_path() /
               ("lacuna-effects-" + std::to_string(std::random_device()())))
  {
    std::filesystem::create_directories(folder);
    std::filesystem::current_path(folder);
  }

  WorkingFolder::~WorkingFolder()
  {
    std::filesystem::current_path(before);
    std::filesystem::remove_all(folder);
  }

  Answers WorkingFolder::answers() const
  {
    static const std::set<std::string> results{"history.csv", "probes.csv", "fields.pvd"};
    Answers answers;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder))
    {
      std::string text       = entry.path().lexically_relative(folder).string();
      const std::string name = entry.path().filename().string();
      if (results.count(name) > 0)
        text += "\n" + content(entry.path());
      if (name == "summary.json")
        text += "\n" + answers_in_summary(entry.path());
      answers.sentences.push_back(text);
    }
    std::sort(answers.sentences.begin(), answers.sentences.end());
    return answers;
  }
} // namespace lacuna
