// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/reaction.h"
#include "species/field.h"
#include "species/state_layout.h"

namespace lacuna
{
  /**
   * Goes through the owned nodes in batches that fill the width of a batch array: sets the batch's
   * state from `mobile` and `immobile`, then calls action(first_node, last_node).
   */
  template <class Action>
  void for_each_batch(const StateLayout &layout, const Reaction &reaction, ConstNodeView mobile,
                      ConstPointView immobile, Reaction::Batch &batch, const Action &action)
  {
    const unsigned int n_mobile = reaction.n_mobile, n_immobile = reaction.n_immobile;
    for (unsigned int first = 0; first < layout.n_nodes;)
    {
      unsigned int last = first;
      while (last < layout.n_nodes &&
             layout.node_begin[last + 1] - layout.node_begin[first] <= BatchArray::width)
        ++last;
      batch.first_point = layout.node_begin[first];
      batch.n_points    = layout.node_begin[last] - batch.first_point;
      for (unsigned int p = 0; p < batch.n_points; ++p)
      {
        const unsigned int point = batch.first_point + p;
        const double *c          = mobile.at(layout.point_node[point]);
        const double *n          = immobile.at(point);
        for (unsigned int s = 0; s < n_mobile; ++s)
          batch.state.row(s)[p] = c[s];
        for (unsigned int k = 0; k < n_immobile; ++k)
          batch.state.row(n_mobile + k)[p] = n[k];
      }
      action(first, last);
      first = last;
    }
  }
} // namespace lacuna
