// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "laws/law_host.h"

#include "laws/law_creation.h"

#include <cstdint>
#include <exception>

namespace lacuna
{
  namespace
  {
    /** Runs one declaration; an exception must not cross the boundary, so it becomes the refusal.
     */
    template <class Action>
    int answer(void *context, const Action &action)
    {
      auto &creation = *static_cast<LawCreation *>(context);
      try
      {
        return action(creation);
      }
      catch (const std::exception &error)
      {
        if (creation.refusal.empty())
          creation.refusal = error.what();
        return -1;
      }
    }

    int host_number(void *context, const lacuna_parameter *parameter, double *value)
    {
      return answer(context,
                    [&](LawCreation &creation)
                    {
                      *value = creation.number(*parameter);
                      return 0;
                    });
    }

    int host_text(void *context, const lacuna_parameter *parameter, const char **value)
    {
      return answer(context,
                    [&](LawCreation &creation)
                    {
                      *value = creation.text(*parameter);
                      return 0;
                    });
    }

    int host_read(void *context, const char *name, const char *unit, int32_t changes)
    {
      return answer(context,
                    [&](LawCreation &creation)
                    {
                      return creation.read({LawRead::Kind::quantity, name, "",
                                            LACUNA_COMBINE_PRODUCT, unit, changes != 0});
                    });
    }

    int host_total(void *context, const char *population, const char *unit)
    {
      return answer(context,
                    [&](LawCreation &creation)
                    {
                      return creation.read({LawRead::Kind::total, population, "",
                                            LACUNA_COMBINE_PRODUCT, unit, false});
                    });
    }

    int host_own(void *context, const lacuna_species *species)
    {
      return answer(context, [&](LawCreation &creation) { return creation.own(*species); });
    }

    int host_provide(void *context, const char *process, const char *target, int32_t combination)
    {
      return answer(context,
                    [&](LawCreation &creation) {
                      return creation.provide({process, target, combination});
                    });
    }

    int host_use(void *context, const char *process, const char *target, int32_t combination)
    {
      return answer(
          context,
          [&](LawCreation &creation) {
            return creation.read({LawRead::Kind::signal, process, target, combination, "1", false});
          });
    }

    int host_valid(void *context, int32_t read, double minimum, double maximum, const char *source)
    {
      return answer(context, [&](LawCreation &creation)
                    { return creation.valid(read, minimum, maximum, source); });
    }

    int host_move(void *context, int32_t read)
    {
      return answer(context, [&](LawCreation &creation) { return creation.move(read); });
    }
  } // namespace

  lacuna_host make_host(LawCreation &creation)
  {
    return {sizeof(lacuna_host), &creation,     &host_number, &host_text,  &host_read, &host_total,
            &host_own,           &host_provide, &host_use,    &host_valid, &host_move};
  }
} // namespace lacuna
