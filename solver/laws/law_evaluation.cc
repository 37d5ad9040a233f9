// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_evaluation.h"

#include "config/text.h"

#include <algorithm>
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
    for (unsigned int m = 0; m < law.moves.size(); ++m)
    {
      const std::string population = "'" + law.reads[law.moves[m]].name + "'";
      results.push_back({Kind::motility, m, "motility of " + population});
      results.push_back({Kind::attraction, m, "attraction of " + population});
    }
    return results;
  }

  bool depends_on_state(const LawRead &read)
  {
    if (read.kind != LawRead::Kind::quantity)
      return true;
    static const std::array<const char *, 7> given = {
        "x", "y", "z", "time", "age", "porosity", "fixed charge density"};
    static const std::array<const char *, 4> kinds = {"region:", "face:", "face area:", "since:"};
    for (const char *name : given)
      if (read.name == name)
        return false;
    for (const char *kind : kinds)
      if (read.name.rfind(kind, 0) == 0)
        return false;
    return true;
  }

  std::vector<bool> state_reads(const Law &law)
  {
    std::vector<bool> result;
    for (const LawRead &read : law.reads)
      result.push_back(depends_on_state(read));
    return result;
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

  LawEvaluation::LawEvaluation(const Law &law_, const std::vector<LawPoint> &points,
                               const std::vector<bool> &derivatives_by_)
      : results(results_of(law_)), n_points(points.size()), law(law_), n_reads(law_.reads.size()),
        with_slopes(std::find(derivatives_by_.begin(), derivatives_by_.end(), true) !=
                    derivatives_by_.end()),
        derivatives_by(derivatives_by_), reads(n_reads, std::vector<double>(n_points)),
        values(results.size(), std::vector<double>(n_points)),
        slopes(with_slopes ? results.size() * n_reads : 0),
        gain(make_table(LawResult::Kind::gain, n_reads)),
        loss(make_table(LawResult::Kind::loss, n_reads)),
        signal(make_table(LawResult::Kind::signal, law.provides.size())),
        motility(make_table(LawResult::Kind::motility, law.moves.size())),
        attraction(make_table(LawResult::Kind::attraction, law.moves.size()))
  {
    for (unsigned int r = 0; r < n_reads; ++r)
    {
      for (unsigned int p = 0; p < n_points; ++p)
        reads[r][p] = points[p][r];
      all_reads.push_back(reads[r].data());
      const bool is_signal = law.reads[r].kind == LawRead::Kind::signal;
      first_pass_reads.push_back(is_signal ? nullptr : reads[r].data());
    }
  }

  LawEvaluation::Table LawEvaluation::make_table(LawResult::Kind kind, unsigned int n_rows)
  {
    Table table{Pointers(n_rows, nullptr), Pointers(std::size_t(n_rows) * n_reads, nullptr)};
    for (unsigned int i = 0; i < results.size(); ++i)
    {
      if (results[i].kind != kind)
        continue;
      const unsigned int row = results[i].index;
      table.value[row]       = values[i].data();
      for (unsigned int r = 0; with_slopes && r < n_reads; ++r)
      {
        const bool unknown =
            kind == LawResult::Kind::signal && law.reads[r].kind == LawRead::Kind::signal;
        if (!derivatives_by[r])
          continue;
        auto &slope = slopes[std::size_t(i) * n_reads + r];
        slope.resize(n_points);
        if (!unknown)
          table.slope[std::size_t(row) * n_reads + r] = slope.data();
      }
    }
    return table;
  }

  void LawEvaluation::run()
  {
    const auto slope_table = [&](const Table &table)
    { return with_slopes ? table.slope.data() : nullptr; };
    lacuna_batch batch{};
    batch.size           = sizeof(batch);
    batch.n_points       = n_points;
    batch.n_reads        = n_reads;
    batch.n_signals      = law.provides.size();
    batch.first_instance = 1;
    batch.gain           = gain.value.data();
    batch.loss           = loss.value.data();
    batch.d_gain         = slope_table(gain);
    batch.d_loss         = slope_table(loss);
    batch.signal         = signal.value.data();
    batch.d_signal       = slope_table(signal);
    batch.motility       = motility.value.data();
    batch.d_motility     = slope_table(motility);
    batch.attraction     = attraction.value.data();
    batch.d_attraction   = slope_table(attraction);
    batch.reads          = first_pass_reads.data();
    if (!law.provides.empty())
      law.signals(batch);
    batch.reads = all_reads.data();
    law.rates(batch);
    if (!law.moves.empty())
      law.motion(batch);
  }

  double LawEvaluation::value(unsigned int result, unsigned int point) const
  {
    return values[result][point];
  }

  double LawEvaluation::slope(unsigned int result, unsigned int read, unsigned int point) const
  {
    return slopes[std::size_t(result) * n_reads + read][point];
  }
} // namespace lacuna
