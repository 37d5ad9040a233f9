// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/signals.h"

#include "laws/chain_rule.h"
#include "laws/evaluation_failure.h"
#include "laws/law_inputs.h"

#include <algorithm>

namespace lacuna
{
  namespace
  {
    /**
     * Combines what a law says, s, with what laws before it have said of the same signal, S:
     *
     *     product:  S' = S s,    dS'/du = s dS/du + S ds/du,
     *     sum:      S' = S + s,  dS'/du = dS/du + ds/du,
     *
     * in which ds/du follows from ds/d(read) by the chain rule. Signals must not depend on signals,
     * so that the order of the laws does not matter.
     */
    void combine(const BoundLaws &laws, const BoundLaw &bound, unsigned int provided,
                 unsigned int index, LawBatch &batch)
    {
      const unsigned int n = batch.n_points, n_variables = laws.n_variables;
      const bool product  = laws.signals[index].is_product();
      const double *value = batch.laws.signal(provided);
      double *combined    = batch.signal.row(index);
      double before[BatchArray::width], weighted[BatchArray::width];
      std::copy_n(combined, n, before);
      for (unsigned int p = 0; p < n; ++p)
        combined[p] = product ? combined[p] * value[p] : combined[p] + value[p];
      for (unsigned int v = 0; product && v < n_variables; ++v)
      {
        double *gradient = batch.d_signal.row(index * n_variables + v);
        for (unsigned int p = 0; p < n; ++p)
          gradient[p] *= value[p];
      }
      for (const unsigned int r : bound.active)
      {
        if (bound.reads[r].source == BoundRead::Source::signal)
          continue;
        const double *slope = batch.laws.d_signal(provided, r);
        for (unsigned int p = 0; p < n; ++p)
          weighted[p] = product ? slope[p] * before[p] : slope[p];
        contract(laws, bound.reads[r], weighted, 1, batch, batch.d_signal, index * n_variables);
      }
    }
  } // namespace

  void evaluate_signals(const BoundLaws &laws, const PointProperties &properties, double time,
                        LawBatch &batch)
  {
    batch.d_signal.clear();
    for (unsigned int k = 0; k < laws.signals.size(); ++k)
      std::fill_n(batch.signal.row(k), batch.n_points, laws.signals[k].is_product() ? 1. : 0.);
    for (const BoundLaw &bound : laws.laws)
    {
      if (bound.provides.empty())
        continue;
      fill_reads(bound, properties, time, false, batch);
      with_place_and_time(batch, properties, time,
                          [&] { bound.caller.signals(batch.laws, batch.n_points); });
      check_factors(bound, batch, properties, time);
      for (unsigned int k = 0; k < bound.provides.size(); ++k)
        for (const unsigned int index : bound.provides[k])
          combine(laws, bound, k, index, batch);
    }
  }

  std::vector<std::string> idle_signals(const std::vector<Signal> &signals)
  {
    std::vector<std::string> sentences;
    for (const Signal &signal : signals)
      if (!signal.provider.empty() && signal.user.empty())
        sentences.push_back("law '" + signal.provider + "' acts on '" + signal.process + "' of '" +
                            signal.target + "', but no law of this case has such a process");
    return sentences;
  }
} // namespace lacuna
