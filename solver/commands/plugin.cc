// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/plugin.h"

#include "config/user_error.h"
#include "laws/law.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <sstream>

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;

    std::vector<fs::path> libraries_in(const fs::path &folder)
    {
      std::vector<fs::path> files;
      std::error_code ignored;
      for (const auto &entry : fs::directory_iterator(folder, ignored))
        if (entry.path().extension() == ".so")
          files.push_back(fs::absolute(entry.path()));
      std::sort(files.begin(), files.end());
      return files;
    }

    void print_law(const fs::path &file)
    {
      std::cout << "  " << std::left << std::setw(20) << file.stem().string() << ' ';
      try
      {
        const auto &plugin = LawLibrary::load(file.string(), ".")->plugin();
        std::cout << std::setw(8) << plugin.version << ' ' << plugin.meaning << '\n';
      }
      catch (const UserError &error)
      {
        std::string reason = error.what();
        reason.erase(std::min(reason.size(), reason.find('\n')));
        std::cout << "not usable: " << reason << '\n';
      }
    }

    /** A sentence under its heading, broken at word ends. */
    void print_paragraph(const std::string &text, const std::string &indentation)
    {
      constexpr std::size_t width = 100;
      std::istringstream words(text);
      std::string line = indentation;
      for (std::string word; words >> word;)
      {
        if (line.size() + 1 + word.size() > width)
        {
          std::cout << line << '\n';
          line = indentation;
        }
        line += (line == indentation ? "" : " ") + word;
      }
      if (line != indentation)
        std::cout << line << '\n';
    }

    void print_parameter(const Parameter &parameter)
    {
      std::cout << "  " << parameter.name << " = "
                << parameter.default_text.value_or("(must be given)");
      const bool is_number = parameter.kind == Parameter::Kind::quantity;
      if (const std::string bounds = is_number ? bounds_text(parameter) : ""; !bounds.empty())
        std::cout << "   (" << bounds << ")";
      std::cout << '\n';
      if (parameter.kind == Parameter::Kind::choice)
      {
        std::string choices;
        for (const auto &choice : parameter.choices)
          choices += (choices.empty() ? "One of: " : ", ") + choice;
        print_paragraph(choices + ".", "      ");
      }
      print_paragraph(parameter.meaning + " " + parameter.source, "      ");
    }

    std::string combination_name(int combination)
    {
      return combination == LACUNA_COMBINE_PRODUCT ? "product" : "sum";
    }

    std::string describe(const LawRead &read)
    {
      if (read.kind == LawRead::Kind::signal)
        return "the " + combination_name(read.combination) + " of the signals '" + read.name +
               "' of " + read.target;
      const std::string unit = read.unit == "1" ? "" : " [" + read.unit + "]";
      return (read.kind == LawRead::Kind::total ? "the total of " : "") + read.name + unit;
    }

    void print_declarations(const Law &law)
    {
      std::cout << "\nReads and changes, with the default parameters\n";
      for (const auto &read : law.reads)
        std::cout << (read.changes ? "  changes " : "  reads   ") << describe(read) << '\n';
      for (const auto &species : law.owns)
        std::cout << "  owns    " << species.name << " [" << species.unit << "], "
                  << (species.mobile ? "diffuses" : "stays") << ": " << species.meaning << '\n';
      for (const auto &signal : law.provides)
        std::cout << "  signals '" << signal.process << "' of " << signal.target << ", in a "
                  << combination_name(signal.combination) << '\n';
    }
  } // namespace

  int run_plugin_list()
  {
    for (const auto &folder : LawLibrary::search_path("."))
    {
      const auto files = libraries_in(folder);
      std::cout << folder.string() << (files.empty() ? "  (no laws)\n" : "\n");
      for (const auto &file : files)
        print_law(file);
    }
    return 0;
  }

  int run_plugin_info(const std::string &name)
  {
    const auto library = LawLibrary::load(name, ".");
    const auto &plugin = library->plugin();
    std::cout << plugin.name << ' ' << plugin.version << '\n';
    print_paragraph(plugin.meaning, "  ");
    std::cout << "  file       " << library->path().string() << '\n'
              << "  built by   " << plugin.build << '\n'
              << "  interface  " << plugin.abi_major << '.' << plugin.abi_minor << '\n'
              << "  time unit  " << plugin.time_unit << "\n\nParameters\n";
    for (const auto &parameter : library->parameters())
      print_parameter(parameter);
    try
    {
      print_declarations(*library->create("", {}));
    }
    catch (const UserError &error)
    {
      std::cout << "\nWhat it reads and changes depends on its parameters: " << error.what()
                << '\n';
    }
    return 0;
  }
} // namespace lacuna
