// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/signal_binding.h"

#include <string>

namespace lacuna
{
  namespace
  {
    unsigned int signal_index(const Law &law, const LawSignal &named, const std::string &target,
                              std::vector<Signal> &signals)
    {
      for (unsigned int k = 0; k < signals.size(); ++k)
        if (signals[k].process == named.process && signals[k].target == target)
        {
          if (signals[k].combination != named.combination)
            refuse(law, "and law '" + signals[k].first_named_by + "' combine the signal '" +
                            named.process + "' of '" + target +
                            "' in different ways (product and sum); a signal has one "
                            "combination.");
          return k;
        }
      signals.push_back({named.process, target, named.combination, law.section, "", ""});
      return signals.size() - 1;
    }

    std::vector<unsigned int> signal_indices(const Law &law, const LawSignal &named,
                                             const Species *instance, const BindingContext &context,
                                             std::vector<Signal> &signals)
    {
      if (!context.is_population(named.target))
        return {signal_index(law, named, named.target, signals)};
      if (instance != nullptr && instance->population == named.target)
        return {signal_index(law, named, instance->name, signals)};
      std::vector<unsigned int> result;
      for (const unsigned int v : context.species.instances(named.target))
        result.push_back(signal_index(law, named, context.species.variable(v).name, signals));
      return result;
    }
  } // namespace

  std::vector<unsigned int> bind_provided(const Law &law, const LawSignal &provided,
                                          const Species *instance, const BindingContext &context,
                                          std::vector<Signal> &signals)
  {
    const auto indices = signal_indices(law, provided, instance, context, signals);
    for (const unsigned int k : indices)
      signals[k].provider = law.section;
    return indices;
  }

  unsigned int bind_used(const Law &law, const LawRead &read, const Species *instance,
                         const BindingContext &context, std::vector<Signal> &signals)
  {
    const LawSignal named{read.name, read.target, read.combination};
    const auto indices = signal_indices(law, named, instance, context, signals);
    if (indices.size() != 1)
      refuse(law, "uses the signal '" + read.name + "' of '" + read.target +
                      "', which has several doses, but does not act on that population.");
    signals[indices.front()].user = law.section;
    return indices.front();
  }
} // namespace lacuna
