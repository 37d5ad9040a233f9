// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/plugin.h"

#include "commands/law_overrides.h"
#include "config/quantity.h"
#include "laws/law_library.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <sstream>

namespace lacuna
{
  namespace
  {
    namespace fs = std::filesystem;

    /** One line on one file; `shadowed_by` is the folder of an earlier law of that name, or empty.
     */
    void print_law(const fs::path &file, const fs::path &shadowed_by)
    {
      std::cout << "  " << std::left << std::setw(20) << file.stem().string() << ' ';
      if (const std::string reason = why_unusable(file); !reason.empty())
      {
        std::cout << "not usable: " << reason << '\n';
        return;
      }
      const auto &plugin = LawLibrary::load(file.string())->plugin();
      std::cout << std::setw(8) << plugin.version << ' '
                << (shadowed_by.empty() ? plugin.meaning
                                        : "hidden by the one in " + shadowed_by.string())
                << '\n';
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

    std::string in_brackets(const std::string &unit)
    {
      return unit == "1" ? "" : " [" + unit + "]";
    }

    std::string with_unit(double value, const std::string &unit)
    {
      return shortest(value) + (unit == "1" ? "" : " " + unit);
    }

    std::string describe(const LawRead &read)
    {
      if (read.kind == LawRead::Kind::signal)
        return "the " + combination_name(read.combination) + " of the signals '" + read.name +
               "' of " + read.target;
      return (read.kind == LawRead::Kind::total ? "the total of " : "") + read.name +
             in_brackets(read.unit);
    }

    /** "; its data hold from 0 to 10 mM (Bibby 2005)". */
    std::string range_of(const Law &law, unsigned int read)
    {
      for (const LawRange &range : law.ranges)
        if (range.read == read)
          return "; its data hold from " + shortest(range.minimum) + " to " +
                 with_unit(range.maximum, law.reads[read].unit) +
                 (range.source.empty() ? "" : " (" + range.source + ")");
      return "";
    }

    std::string hindrance_name(const DeclaredSpecies &species)
    {
      switch (species.hindrance)
      {
      case DeclaredSpecies::Hindrance::mackie_meares:
        return " in water, hindered by the matrix";
      case DeclaredSpecies::Hindrance::ogston:
        return " in water, hindered by fibres at a radius of " + shortest(1e9 * species.radius) +
               " nm";
      case DeclaredSpecies::Hindrance::none:
        break;
      }
      return " in tissue";
    }

    std::string supply_name(const DeclaredSpecies &species)
    {
      switch (species.supply)
      {
      case DeclaredSpecies::Supply::fixed:
        return "held at " + with_unit(species.supply_value, species.unit) +
               " where there is supply";
      case DeclaredSpecies::Supply::exchange:
        return "exchanged at " + shortest(species.exchange) + " m/s with " +
               with_unit(species.supply_value, species.unit) + " where there is supply";
      case DeclaredSpecies::Supply::closed:
        break;
      }
      return "passes no face";
    }

    /** Basis, transport, decay and supply of a species that the law brings along. */
    std::string describe(const DeclaredSpecies &species, const std::string &time_unit)
    {
      std::string text = species.basis == Basis::per_cell
                             ? "inside one cell of " + species.population
                         : species.basis == Basis::tissue ? "per tissue volume"
                                                          : "per pore water";
      if (species.mobile)
        text += ", diffuses at " + shortest(1e12 * species.diffusivity) + " um^2/s" +
                hindrance_name(species) + ", " + supply_name(species);
      else
        text += ", stays in place";
      if (species.decay > 0)
        text += ", decays at " + shortest(species.decay * si_factor(time_unit)) + " 1/" + time_unit;
      if (species.initial != 0)
        text += ", begins with " + with_unit(species.initial, species.unit);
      return text;
    }

    void print_owned(const Law &law)
    {
      for (const DeclaredSpecies &species : law.owns)
      {
        std::cout << "  owns    " << species.name << in_brackets(species.unit) << ": "
                  << species.meaning << '\n';
        print_paragraph(describe(species, law.library->plugin().time_unit), "          ");
      }
    }

    bool owns(const Law &law, const LawRead &read)
    {
      return std::any_of(law.owns.begin(), law.owns.end(),
                         [&](const DeclaredSpecies &species) { return species.name == read.name; });
    }

    void print_declarations(const Law &law)
    {
      std::cout << "\nWhat it does with these parameters\n";
      print_owned(law);
      for (unsigned int r = 0; r < law.reads.size(); ++r)
        if (!owns(law, law.reads[r]))
          std::cout << (law.reads[r].changes ? "  changes " : "  reads   ")
                    << describe(law.reads[r]) << range_of(law, r) << '\n';
      for (const LawSignal &signal : law.provides)
        std::cout << "  signals '" << signal.process << "' of " << signal.target << ", in a "
                  << combination_name(signal.combination) << '\n';
      for (const unsigned int read : law.motions)
        std::cout << "  moves   " << law.reads[read].name << '\n';
      if (law.acts_on_delivery())
        std::cout << "  says before the run what of a dose arrives\n";
      if (law.acts_at_doses())
        std::cout << "  acts when a dose is given\n";
    }
  } // namespace

  std::vector<fs::path> law_files(const fs::path &folder)
  {
    std::vector<fs::path> files;
    std::error_code ignored;
    for (const auto &entry : fs::directory_iterator(folder, ignored))
      if (entry.path().extension() == ".so")
        files.push_back(fs::absolute(entry.path()));
    std::sort(files.begin(), files.end());
    return files;
  }

  std::string why_unusable(const fs::path &file)
  {
    try
    {
      LawLibrary::load(file.string());
      return "";
    }
    catch (const UserError &error)
    {
      const std::string reason = error.what();
      return reason.substr(0, reason.find('\n'));
    }
  }

  int run_plugin_list()
  {
    std::map<std::string, fs::path> first_with; // name -> folder
    for (const auto &folder : LawLibrary::search_path(std::nullopt))
    {
      const auto files = law_files(folder);
      std::cout << folder.string() << (files.empty() ? "  (no laws)\n" : "\n");
      for (const auto &file : files)
      {
        const auto [first, is_new] = first_with.emplace(file.stem().string(), folder);
        print_law(file, is_new ? fs::path() : first->second);
      }
    }
    return 0;
  }

  int run_plugin_info(const std::string &name, const std::vector<std::string> &overrides)
  {
    const auto library     = LawLibrary::load(name);
    const LawValues values = law_values(*library, overrides);
    const auto &plugin     = library->plugin();
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
      print_declarations(*library->create("", values));
    }
    catch (const UserError &error)
    {
      std::cout << "\nWhat it reads and changes depends on its parameters: " << error.what()
                << '\n';
    }
    return 0;
  }
} // namespace lacuna
