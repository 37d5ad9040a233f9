// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law.h"

#include "config/quantity.h"
#include "laws/law_library.h"
#include "laws/plugin_members.h"

#include <cstdint>

namespace lacuna
{
  namespace
  {
    /** "with glucose = 0.2 mM, pH = 6.9": what a law was given at a point. */
    std::string inputs(const Law &law, const lacuna_batch &batch, unsigned int point)
    {
      std::string text;
      for (std::size_t r = 0; r < law.reads.size(); ++r)
        if (batch.reads[r] != nullptr)
          text += (text.empty() ? "" : ", ") + law.reads[r].name + " = " +
                  shortest(batch.reads[r][point]) +
                  (law.reads[r].unit == "1" ? "" : " " + law.reads[r].unit);
      return text;
    }

    /** Runs a function over a batch; the plugin's failure becomes an exception of the host. */
    template <class Function>
    void evaluate(const Law &law, const lacuna_batch &batch, const Function &function)
    {
      char message[1024]  = "";
      std::uint32_t point = 0;
      lacuna_batch called = batch;
      called.error        = message;
      called.error_size   = sizeof(message);
      called.failed_point = &point;
      if (function(&called) != 0)
        throw LawFailure(in_message(law.section, law.library->plugin()) + message + "\n  with " +
                             inputs(law, batch, point),
                         point);
    }
  } // namespace

  Law::Law(std::shared_ptr<const LawLibrary> library_, std::string section_, void *handle_)
      : library(std::move(library_)), section(std::move(section_)),
        time_unit(si_factor(library->plugin().time_unit)), handle(handle_)
  {
  }

  Law::~Law()
  {
    library->plugin().destroy(handle);
  }

  void Law::signals(const lacuna_batch &batch) const
  {
    evaluate(*this, batch,
             [&](const lacuna_batch *called) { return library->plugin().signals(handle, called); });
  }

  void Law::rates(const lacuna_batch &batch) const
  {
    evaluate(*this, batch,
             [&](const lacuna_batch *called) { return library->plugin().rates(handle, called); });
  }

  void Law::motion(const lacuna_batch &batch) const
  {
    evaluate(*this, batch,
             [&](const lacuna_batch *called)
             { return later(library->plugin(), &lacuna_plugin::motion)(handle, called); });
  }

  bool Law::acts_on_delivery() const
  {
    return later(library->plugin(), &lacuna_plugin::deliver) != nullptr;
  }

  bool Law::acts_at_doses() const
  {
    return later(library->plugin(), &lacuna_plugin::at_dose) != nullptr;
  }

  void Law::at_dose(const lacuna_dose &dose, const lacuna_batch &batch) const
  {
    if (const auto function = later(library->plugin(), &lacuna_plugin::at_dose))
      evaluate(*this, batch,
               [&](const lacuna_batch *called) { return function(handle, &dose, called); });
  }

  void Law::deliver(lacuna_dose &dose) const
  {
    const auto function = later(library->plugin(), &lacuna_plugin::deliver);
    char message[1024]  = "";
    if (function != nullptr && function(handle, &dose, message, sizeof(message)) != 0)
      throw UserError(in_message(section, library->plugin()) + message);
  }
} // namespace lacuna
