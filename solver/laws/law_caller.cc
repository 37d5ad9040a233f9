// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_caller.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>

namespace lacuna
{
  namespace
  {
    std::vector<unsigned int> all_of(std::size_t n)
    {
      std::vector<unsigned int> result(n);
      std::iota(result.begin(), result.end(), 0U);
      return result;
    }

    /** The dose in the units of the interface. Its texts live as long as `dose`. */
    lacuna_dose in_units_of(const Law &law, const Dose &dose)
    {
      lacuna_dose result       = {};
      result.size              = sizeof(result);
      result.name              = dose.name.c_str();
      result.species           = dose.species.c_str();
      result.number            = dose.number;
      result.same_site         = dose.same_site;
      result.time              = dose.time / law.time_unit;
      result.loaded            = dose.loaded;
      result.volume            = 1e6 * dose.volume;
      result.x                 = 1e3 * dose.site[0];
      result.y                 = 1e3 * dose.site[1];
      result.z                 = 1e3 * dose.site[2];
      result.viability         = dose.viability;
      result.needle_survival   = dose.needle_survival;
      result.retained_fraction = dose.retained_fraction;
      return result;
    }

    /** A table of the interface; null if nothing in it is wanted. */
    double *const *unless_empty(const std::vector<double *> &table, bool wanted)
    {
      return wanted ? table.data() : nullptr;
    }
  } // namespace

  LawCaller::LawCaller(const Law &law_, std::vector<unsigned int> changed_,
                       std::vector<unsigned int> by_, bool first_instance_)
      : law(&law_), changed(std::move(changed_)), by(std::move(by_)),
        signal_rows(all_of(law_.provides.size())), motion_rows(all_of(law_.motions.size())),
        first_instance(first_instance_)
  {
    std::copy_if(by.begin(), by.end(), std::back_inserter(by_in_first_pass),
                 [&](unsigned int r) { return law->reads[r].kind != LawRead::Kind::signal; });
  }

  void LawCaller::Workspace::lay_out(Results &results, unsigned int n_rows,
                                     const std::vector<unsigned int> &rows,
                                     const std::vector<unsigned int> &by) const
  {
    const std::size_t n_stored = rows.size() * (1 + by.size()) * width;
    if (results.storage.size() < n_stored)
      results.storage.resize(n_stored);
    results.value.assign(n_rows, nullptr);
    results.slopes.assign(std::size_t(n_rows) * n_reads, nullptr);
    double *next = results.storage.data();
    for (const unsigned int row : rows)
    {
      results.value[row] = next;
      next += width;
      for (const unsigned int c : by)
      {
        results.slopes[std::size_t(row) * n_reads + c] = next;
        next += width;
      }
    }
  }

  void LawCaller::prepare(Workspace &workspace) const
  {
    workspace.n_reads        = law->reads.size();
    const std::size_t n_read = std::size_t(workspace.n_reads) * workspace.width;
    if (workspace.reads.size() < n_read)
      workspace.reads.resize(n_read);
  }

  /** What all functions of a law are given. */
  lacuna_batch LawCaller::arguments(Workspace &workspace, unsigned int n_points) const
  {
    const unsigned int n_reads = law->reads.size();
    workspace.lay_out(workspace.gains, n_reads, changed, by);
    workspace.lay_out(workspace.losses, n_reads, changed, by);
    workspace.lay_out(workspace.signals, signal_rows.size(), signal_rows, by_in_first_pass);
    workspace.read_table.resize(n_reads);
    for (unsigned int r = 0; r < n_reads; ++r)
      workspace.read_table[r] = workspace.read(r);

    lacuna_batch result{};
    result.size           = sizeof(result);
    result.n_points       = n_points;
    result.n_reads        = n_reads;
    result.n_signals      = signal_rows.size();
    result.reads          = workspace.read_table.data();
    result.gain           = workspace.gains.value.data();
    result.loss           = workspace.losses.value.data();
    result.signal         = workspace.signals.value.data();
    result.d_gain         = unless_empty(workspace.gains.slopes, !by.empty());
    result.d_loss         = unless_empty(workspace.losses.slopes, !by.empty());
    result.d_signal       = unless_empty(workspace.signals.slopes, !by.empty());
    result.first_instance = first_instance ? 1 : 0;
    return result;
  }

  void LawCaller::signals(Workspace &workspace, unsigned int n_points) const
  {
    const lacuna_batch batch = arguments(workspace, n_points);
    for (unsigned int r = 0; r < law->reads.size(); ++r)
      if (law->reads[r].kind == LawRead::Kind::signal)
        workspace.read_table[r] = nullptr;
    law->signals(batch);
  }

  void LawCaller::rates(Workspace &workspace, unsigned int n_points) const
  {
    lacuna_batch batch = arguments(workspace, n_points);
    workspace.lay_out(workspace.conversions, law->reads.size(), changed, {});
    // An older plugin knows nothing of conversions and leaves the zeros.
    for (const unsigned int r : changed)
      std::fill_n(workspace.conversions.value[r], n_points, 0.);
    batch.converted = workspace.conversions.value.data();
    law->rates(batch);
  }

  void LawCaller::motion(Workspace &workspace, unsigned int n_points) const
  {
    lacuna_batch batch = arguments(workspace, n_points);
    workspace.lay_out(workspace.motilities, motion_rows.size(), motion_rows, by);
    workspace.lay_out(workspace.attractions, motion_rows.size(), motion_rows, by);
    batch.motility     = workspace.motilities.value.data();
    batch.attraction   = workspace.attractions.value.data();
    batch.d_motility   = unless_empty(workspace.motilities.slopes, !by.empty());
    batch.d_attraction = unless_empty(workspace.attractions.slopes, !by.empty());
    law->motion(batch);
  }

  void LawCaller::at_dose(const Dose &dose, Workspace &workspace, unsigned int n_points) const
  {
    lacuna_batch batch = arguments(workspace, n_points);
    workspace.lay_out(workspace.amounts_after, law->reads.size(), changed, {});
    for (const unsigned int r : changed)
      std::copy_n(workspace.read(r), n_points, workspace.amounts_after.value[r]);
    batch.after = workspace.amounts_after.value.data();
    law->at_dose(in_units_of(*law, dose), batch);
  }

  std::string lower_shares(const Law &law, Dose &dose)
  {
    std::array<char, 512> report{};
    lacuna_dose asked = in_units_of(law, dose);
    asked.report      = report.data();
    asked.report_size = report.size();
    law.deliver(asked);
    dose.viability         = asked.viability;
    dose.needle_survival   = asked.needle_survival;
    dose.retained_fraction = asked.retained_fraction;
    return report.data();
  }
} // namespace lacuna
