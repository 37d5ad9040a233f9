// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_evaluation.h"

#include "config/quantity.h"
#include "config/readable.h"

#include <array>
#include <cstdio>

namespace lacuna
{
  std::vector<LawResult> results_of(const Law &law)
  {
    using Kind = LawResult::Kind;
    std::vector<LawResult> results;
    for (unsigned int r = 0; r < law.reads.size(); ++r)
      if (law.reads[r].changes)
      {
        results.push_back({Kind::gain, r, "gain of '" + law.reads[r].name + "'"});
        results.push_back({Kind::loss, r, "loss of '" + law.reads[r].name + "'"});
      }
    for (unsigned int k = 0; k < law.provides.size(); ++k)
      results.push_back(
          {Kind::signal, k,
           "signal '" + law.provides[k].process + "' of '" + law.provides[k].target + "'"});
    for (unsigned int m = 0; m < law.motions.size(); ++m)
    {
      const std::string population = "'" + law.reads[law.motions[m]].name + "'";
      results.push_back({Kind::motility, m, "motility of " + population});
      results.push_back({Kind::attraction, m, "attraction of " + population});
    }
    return results;
  }

  bool depends_on_state(const LawRead &read)
  {
    if (read.kind != LawRead::Kind::quantity)
      return true;
    const Readable *readable = find_readable(read.name);
    return readable == nullptr || readable->follows_state;
  }

  std::vector<bool> state_reads(const Law &law)
  {
    std::vector<bool> result;
    for (const LawRead &read : law.reads)
      result.push_back(depends_on_state(read));
    return result;
  }

  bool stays(const Law &law, const LawRead &read)
  {
    for (const DeclaredSpecies &species : law.owns)
      if (species.name == read.name)
        return !species.mobile;
    return same_dimension(read.unit, "1/mL");
  }

  std::vector<bool> only(const Law &law, unsigned int read)
  {
    std::vector<bool> result(law.reads.size(), false);
    result[read] = true;
    return result;
  }

  std::string input_name(const Law &law, unsigned int read)
  {
    const LawRead &input   = law.reads[read];
    const std::string unit = input.unit == "1" ? "" : " [" + input.unit + "]";
    return (input.kind == LawRead::Kind::total    ? "the total of "
            : input.kind == LawRead::Kind::signal ? "the signal "
                                                  : "") +
           input.name + unit;
  }

  std::string short_number(double x)
  {
    std::array<char, 32> text;
    std::snprintf(text.data(), text.size(), "%.6g", x);
    return text.data();
  }

  std::string describe_point(const Law &law, const LawPoint &point)
  {
    std::string text;
    for (unsigned int r = 0; r < law.reads.size(); ++r)
    {
      const LawRead &read = law.reads[r];
      text += (text.empty() ? "" : ", ") +
              std::string(read.kind == LawRead::Kind::total    ? "total of "
                          : read.kind == LawRead::Kind::signal ? "signal "
                                                               : "") +
              read.name + " = " + short_number(point[r]) +
              (read.unit == "1" ? "" : " " + read.unit);
    }
    return text;
  }

  namespace
  {
    std::vector<unsigned int> marked(const std::vector<bool> &marks)
    {
      std::vector<unsigned int> result;
      for (unsigned int r = 0; r < marks.size(); ++r)
        if (marks[r])
          result.push_back(r);
      return result;
    }

    std::vector<unsigned int> changed_reads(const Law &law)
    {
      std::vector<unsigned int> result;
      for (unsigned int r = 0; r < law.reads.size(); ++r)
        if (law.reads[r].changes)
          result.push_back(r);
      return result;
    }
  } // namespace

  LawEvaluation::LawEvaluation(const Law &law_, const std::vector<LawPoint> &points,
                               const std::vector<bool> &derivatives_by)
      : results(results_of(law_)), n_points(points.size()), law(law_),
        caller(law_, changed_reads(law_), marked(derivatives_by)), workspace(n_points)
  {
    caller.prepare(workspace);
    for (unsigned int r = 0; r < law.reads.size(); ++r)
      for (unsigned int p = 0; p < n_points; ++p)
        workspace.read(r)[p] = points[p][r];
  }

  void LawEvaluation::run()
  {
    if (!law.provides.empty())
      caller.signals(workspace, n_points);
    caller.rates(workspace, n_points);
    if (!law.motions.empty())
      caller.motion(workspace, n_points);
  }

  double LawEvaluation::value(unsigned int result, unsigned int point) const
  {
    const unsigned int row = results[result].index;
    switch (results[result].kind)
    {
    case LawResult::Kind::gain:
      return workspace.gain(row)[point];
    case LawResult::Kind::loss:
      return workspace.loss(row)[point];
    case LawResult::Kind::signal:
      return workspace.signal(row)[point];
    case LawResult::Kind::motility:
      return workspace.motility(row)[point];
    case LawResult::Kind::attraction:
      return workspace.attraction(row)[point];
    }
    return 0;
  }

  double LawEvaluation::slope(unsigned int result, unsigned int read, unsigned int point) const
  {
    const unsigned int row = results[result].index;
    const double *slopes   = nullptr;
    switch (results[result].kind)
    {
    case LawResult::Kind::gain:
      slopes = workspace.d_gain(row, read);
      break;
    case LawResult::Kind::loss:
      slopes = workspace.d_loss(row, read);
      break;
    case LawResult::Kind::signal:
      slopes = workspace.d_signal(row, read);
      break;
    case LawResult::Kind::motility:
      slopes = workspace.d_motility(row, read);
      break;
    case LawResult::Kind::attraction:
      slopes = workspace.d_attraction(row, read);
      break;
    }
    return slopes == nullptr ? 0 : slopes[point];
  }
} // namespace lacuna
