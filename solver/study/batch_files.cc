// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/batch_files.h"

#include "config/text.h"
#include "config/user_error.h"
#include "output/text_file.h"

#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;

    using Values = std::map<std::string, std::string>;

    /** One word of a shell, whatever it contains. */
    std::string shell_quoted(const std::string &text)
    {
      std::string quoted = "'";
      for (const char c : text)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
      return quoted + "'";
    }

    /** A string of Python and of YAML. */
    std::string double_quoted(const std::string &text)
    {
      std::string quoted = "\"";
      for (const char c : text)
        if (c == '\n')
          quoted += "\\n";
        else if (c == '\t')
          quoted += "\\t";
        else
          quoted += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
      return quoted + "\"";
    }

    bool is_shell(const fs::path &file)
    {
      return file.extension() == ".sh" || file.extension() == ".sbatch";
    }

    /** What stands for the names in a file of this name. */
    Values values_for(const fs::path &file, const BatchPlan &plan)
    {
      const auto quoted = is_shell(file) ? shell_quoted : double_quoted;
      return {{"STUDY", quoted(fs::absolute(plan.folder).lexically_normal().string())},
              {"PROGRAM", quoted(fs::absolute(plan.program).lexically_normal().string())},
              {"CASES", std::to_string(plan.cases)},
              {"UNTREATED", std::to_string(plan.untreated)},
              {"RANKS", std::to_string(plan.ranks)},
              {"TIME_LIMIT", std::to_string(std::llround(std::ceil(plan.time_limit_seconds)))}};
    }

    /** The NAME of a @NAME@ that begins here; empty if none does. */
    std::string name_at(const std::string &text, std::size_t begin)
    {
      const std::size_t end = text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_", begin + 1);
      const bool is_name    = text[begin] == '@' && end != std::string::npos && text[end] == '@';
      return is_name ? text.substr(begin + 1, end - begin - 1) : "";
    }

    [[noreturn]] void refuse(const fs::path &file, const std::string &name, const Values &values)
    {
      std::vector<std::string> known;
      for (const auto &value : values)
        known.push_back("@" + value.first + "@");
      throw UserError("the template '" + file.string() + "' has a @" + name +
                      "@, for which there is no value; there are " + list_in_quotes(known) +
                      ".\n  Correct it, or install Lacuna again.");
    }

    /** In one pass, so that what a path contains is never taken for a name. */
    std::string filled(const fs::path &file, const std::string &text, const Values &values)
    {
      std::string result;
      for (std::size_t at = 0; at < text.size();)
      {
        const std::string name = name_at(text, at);
        const auto value       = values.find(name);
        if (!name.empty() && value == values.end())
          refuse(file, name, values);
        result += name.empty() ? std::string(1, text[at]) : value->second;
        at += name.empty() ? 1 : name.size() + 2;
      }
      return result;
    }

    std::string content(const fs::path &file)
    {
      std::ifstream stream(file, std::ios::binary);
      std::string text{std::istreambuf_iterator<char>(stream), {}};
      if (!stream)
        throw UserError("cannot read the template '" + file.string() + "'.");
      return text;
    }

    fs::path template_folder(const std::string &system, const BatchPlan &plan)
    {
      std::error_code ignored;
      fs::path folder = plan.templates / system;
      if (!fs::is_directory(folder, ignored))
        throw UserError("there are no templates for '" + system + "': there is no folder '" +
                        folder.string() +
                        "'. Write 'slurm' or 'snakemake', or install Lacuna "
                        "again.");
      return folder;
    }

    struct BatchFile
    {
      fs::path path;
      std::string text;
    };

    std::vector<BatchFile> batch_files(const std::string &system, const BatchPlan &plan)
    {
      const fs::path from = template_folder(system, plan), to = plan.folder / system;
      std::vector<BatchFile> files;
      for (const auto &entry : fs::recursive_directory_iterator(from))
        if (entry.is_regular_file())
        {
          BatchFile file{to / entry.path().lexically_relative(from), content(entry.path())};
          if (file.path.extension() == ".in")
          {
            file.path.replace_extension();
            file.text = filled(entry.path(), file.text, values_for(file.path, plan));
          }
          files.push_back(file);
        }
      return files;
    }

    void make_executable(const fs::path &file)
    {
      fs::permissions(file, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                      fs::perm_options::add);
    }
  } // namespace

  void write_batch_files(const std::string &system, const BatchPlan &plan)
  {
    for (const BatchFile &file : batch_files(system, plan))
    {
      fs::create_directories(file.path.parent_path());
      write_atomically(file.path, file.text);
      if (file.text.rfind("#!", 0) == 0)
        make_executable(file.path);
    }
  }
} // namespace lacuna
