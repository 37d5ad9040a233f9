// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "commands/plugin_check.h"

#include "commands/law_overrides.h"
#include "laws/law_check.h"

#include <cstdio>

namespace lacuna
{
  namespace
  {
    std::string input_name(const LawRead &read)
    {
      const std::string unit = read.unit == "1" ? "" : " [" + read.unit + "]";
      if (read.kind == LawRead::Kind::signal)
        return "signal '" + read.name + "' of " + read.target;
      return (read.kind == LawRead::Kind::total ? "total of " : "") + read.name + unit;
    }

    void print_ranges(const Law &law, const std::vector<SampleRange> &ranges)
    {
      std::printf("\n  %-44s %10s %10s\n", "input", "from", "to");
      for (std::size_t r = 0; r < ranges.size(); ++r)
        std::printf("  %-44s %10.4g %10.4g%s\n", input_name(law.reads[r]).c_str(),
                    ranges[r].minimum, ranges[r].maximum,
                    ranges[r].declared ? "   the law's range" : "");
    }

    std::string found(const LawCheckItem &item)
    {
      const std::size_t failures = item.n_failures(), notes = item.findings.size() - failures;
      if (failures > 0)
        return std::to_string(failures) + (failures == 1 ? " failure" : " failures");
      return notes == 0 ? "ok" : "ok, " + std::to_string(notes) + (notes == 1 ? " note" : " notes");
    }

    void print_items(const LawCheck &check)
    {
      std::printf("\n  %-24s %12s   %s\n", "check", "compared", "found");
      for (const LawCheckItem &item : check.items)
        std::printf("  %-24s %12lu   %s\n", item.name.c_str(), item.n_compared,
                    found(item).c_str());
      if (check.cost > 0)
        std::printf("\n  cost: %.0f ns per point, %.0f ns with derivatives (batches of 256)\n",
                    check.cost, check.cost_with_derivatives);
    }

    void print_findings(const LawCheck &check, bool failures)
    {
      for (const LawCheckItem &item : check.items)
        for (const LawFinding &finding : item.findings)
          if (finding.failure == failures)
            std::printf("\n%s (%s): %s\n", failures ? "failure" : "note", item.name.c_str(),
                        finding.sentence.c_str());
    }
  } // namespace

  int run_plugin_check(const std::string &name, const std::vector<std::string> &overrides)
  {
    const auto library     = LawLibrary::load(name);
    const LawValues values = law_values(*library, overrides);
    const auto law         = library->create("", values);
    const LawCheck check   = check_law(*library, values);
    const auto &plugin     = library->plugin();
    std::printf("%s %s, time unit %s, asked at %u points\n", plugin.name, plugin.version,
                plugin.time_unit, check.n_points);
    print_ranges(*law, check.ranges);
    print_items(check);
    print_findings(check, false);
    print_findings(check, true);
    std::printf("\n%s\n", check.passed() ? "All is well." : "The law is not fit to run.");
    return check.passed() ? 0 : 2;
  }
} // namespace lacuna
