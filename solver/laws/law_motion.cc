// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_motion.h"

#include "laws/chain_rule.h"
#include "laws/evaluation_failure.h"
#include "laws/law_inputs.h"

#include <algorithm>

namespace lacuna
{
  namespace
  {
    /** Motion `m` of a law becomes that of moving species `k`. */
    void set_motion(const BoundLaws &laws, const BoundLaw &bound, unsigned int m, unsigned int k,
                    const LawBatch &batch, LawMotion &result)
    {
      const double per_second = 1e-6 / bound.law->time_unit; // of mm^2
      const double *motility = batch.laws.motility(m), *attraction = batch.laws.attraction(m);
      for (unsigned int p = 0; p < batch.n_points; ++p)
      {
        result.motility.row(k)[p]   = per_second * motility[p];
        result.attraction.row(k)[p] = attraction[p];
      }
      const unsigned int first_row = k * laws.n_variables;
      for (const unsigned int c : bound.active)
      {
        contract(laws, bound.reads[c], batch.laws.d_motility(m, c), per_second, batch,
                 result.d_motility, first_row);
        contract(laws, bound.reads[c], batch.laws.d_attraction(m, c), 1, batch, result.d_attraction,
                 first_row);
      }
    }
  } // namespace

  std::vector<unsigned int> moving_species(const BoundLaws &laws)
  {
    std::vector<unsigned int> moving;
    for (const BoundLaw &bound : laws.laws)
      for (const unsigned int species : bound.motions)
        if (species == BoundLaw::absent)
          continue;
        else if (std::find(moving.begin(), moving.end(), species) == moving.end())
          moving.push_back(species);
        else
          throw UserError("law '" + bound.law->section + "' moves '" + bound.instance +
                          "', which another law moves already; remove one of the two.");
    return moving;
  }

  LawMotion make_motion(const BoundLaws &laws, const std::vector<unsigned int> &moving)
  {
    LawMotion result;
    for (BatchArray *values : {&result.motility, &result.attraction})
      values->resize(moving.size());
    for (BatchArray *slopes : {&result.d_motility, &result.d_attraction})
      slopes->resize(moving.size() * laws.n_variables);
    return result;
  }

  void evaluate_motion(const BoundLaws &laws, const std::vector<unsigned int> &moving,
                       const PointProperties &properties, double time, LawBatch &batch,
                       LawMotion &result)
  {
    for (BatchArray *values :
         {&result.motility, &result.attraction, &result.d_motility, &result.d_attraction})
      values->clear();
    for (const BoundLaw &bound : laws.laws)
    {
      if (bound.motions.empty())
        continue;
      fill_reads(bound, properties, time, true, batch);
      with_place_and_time(batch, properties, time,
                          [&] { bound.caller.motion(batch.laws, batch.n_points); });
      for (unsigned int m = 0; m < bound.motions.size(); ++m)
        if (bound.motions[m] != BoundLaw::absent)
        {
          const auto found = std::find(moving.begin(), moving.end(), bound.motions[m]);
          set_motion(laws, bound, m, found - moving.begin(), batch, result);
        }
    }
  }
} // namespace lacuna
