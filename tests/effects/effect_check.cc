// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "effects/effect_check.h"

#include "config/text.h"
#include "effects/changed_values.h"
#include "effects/exceptions.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace lacuna
{
  namespace
  {
    /** What was tried, for the message of a failure. */
    class Log
    {
    public:
      void add(const std::string &place, const std::string &value, const Outcome &outcome)
      {
        const std::string what = outcome.answered() ? "nothing changes" : outcome.sentence;
        text += "\n  " + place + " = '" + value + "': " + what;
      }
      std::string text;
    };

    /** What says what is written acts on files; what is computed is the same. */
    bool is_written(const std::string &path)
    {
      return path == "Title" || path.rfind("Output/", 0) == 0 ||
             path.rfind("Injections/Control", 0) == 0;
    }

    class Trial
    {
    public:
      Trial(const Subject &subject, std::vector<EffectCase> &cases)
          : subject(subject), cases(cases), exception(exception_for(subject.described)),
            look(is_written(subject.path) ? Look::at_files : Look::at_answers),
            work(subject.path.rfind("Solver/", 0) == 0)
      {
      }

      std::string missing()
      {
        std::vector<EffectCase *> having;
        for (EffectCase &candidate : cases)
          if (candidate.values.count(subject.path) > 0)
            having.push_back(&candidate);
        if (having.empty())
          return "no case has this parameter";
        return subject.parameter.kind == Parameter::Kind::choice ? choices(having) : forms(having);
      }

    private:
      bool acts(EffectCase &inside, const std::string &value)
      {
        if (value == inside.values.at(subject.path))
          return false;
        const Outcome outcome = inside.with(subject.path, value, look);
        const Outcome &base   = inside.base(look);
        if (!outcome.answered())
          any_refused = true;
        else if (!base.answered() || differ(base.answers, outcome.answers, work))
          return true;
        else
          any_ignored = true;
        log.add(inside.name, value, outcome);
        return false;
      }

      std::vector<Form> forms_in(const EffectCase &inside) const
      {
        const std::vector<std::string> chosen = chosen_values(subject.described);
        if (!chosen.empty())
          return {{"value", chosen}};
        return changed_values(subject.parameter, inside.values.at(subject.path), inside.names);
      }

      /** The first value of every form in all cases, then the second, and so on: what a case
       * refuses, another may take. */
      std::string forms(const std::vector<EffectCase *> &having)
      {
        std::map<std::string, bool> acting;
        std::vector<std::vector<Form>> all;
        std::size_t n_rounds = 0;
        for (const EffectCase *const inside : having)
          for (const Form &form : all.emplace_back(forms_in(*inside)))
          {
            acting[form.name] = false;
            n_rounds          = std::max(n_rounds, form.values.size());
          }
        for (std::size_t round = 0; round < n_rounds; ++round)
          for (std::size_t c = 0; c < having.size(); ++c)
            for (const Form &form : all[c])
              if (!acting[form.name] && round < form.values.size())
                acting[form.name] = acts(*having[c], form.values[round]);
        std::string without;
        for (const auto &[form, acted] : acting)
          if (!acted)
            without += (without.empty() ? "" : ", ") + form;
        return acting.empty() ? "nothing to change it to is known" : judged(without);
      }

      /** Every two choices give different answers in some case. */
      std::string choices(const std::vector<EffectCase *> &having)
      {
        const std::vector<std::string> &all = subject.parameter.choices;
        std::set<std::pair<std::size_t, std::size_t>> alike;
        for (std::size_t i = 0; i < all.size(); ++i)
          for (std::size_t k = 0; k < i; ++k)
            alike.insert({i, k});
        for (EffectCase *const inside : having)
          if (!alike.empty())
            tell_apart(*inside, alike);
        std::string without;
        std::size_t n_excused = 0;
        for (const auto &[i, k] : alike)
          if (exception != nullptr && is_excused(*exception, all[i], all[k]))
            ++n_excused;
          else
            without += (without.empty() ? "" : ", ") + in_quotes(all[k]) + " and " +
                       in_quotes(all[i]) + " alike";
        if (!without.empty() || exception == nullptr)
          return without.empty() ? "" : without + log.text;
        if (n_excused < pairs_excused(all))
          return "acts after all; remove the exception";
        return judged("all");
      }

      std::size_t pairs_excused(const std::vector<std::string> &all) const
      {
        std::size_t n = 0;
        for (std::size_t i = 0; i < all.size(); ++i)
          for (std::size_t k = 0; k < i; ++k)
            n += is_excused(*exception, all[i], all[k]);
        return n;
      }

      void tell_apart(EffectCase &inside, std::set<std::pair<std::size_t, std::size_t>> &alike)
      {
        const std::vector<std::string> &all = subject.parameter.choices;
        std::vector<Outcome> outcomes;
        for (const std::string &choice : all)
        {
          outcomes.push_back(choice == inside.values.at(subject.path)
                                 ? inside.base(look)
                                 : inside.with(subject.path, choice, look));
          any_refused = any_refused || !outcomes.back().answered();
          log.add(inside.name, choice, outcomes.back());
        }
        for (auto pair = alike.begin(); pair != alike.end();)
        {
          const Outcome &a = outcomes[pair->first], &b = outcomes[pair->second];
          const bool apart = a.answered() && b.answered() && differ(a.answers, b.answers, work);
          pair             = apart ? alike.erase(pair) : std::next(pair);
        }
      }

      /** What does not act, unless the exceptions say why. */
      std::string judged(const std::string &without) const
      {
        if (exception == nullptr)
          return without.empty() ? "" : without + log.text;
        if (without.empty())
          return "acts after all; remove the exception";
        const bool choices = !exception->choices.empty();
        if (exception->instead == Instead::refuses && !choices && (any_ignored || !any_refused))
          return "is not always refused" + log.text;
        if (exception->instead == Instead::permits && !any_refused)
          return "is never refused" + log.text;
        return "";
      }

      const Subject &subject;
      std::vector<EffectCase> &cases;
      const Exception *exception;
      Look look;
      bool work, any_refused = false, any_ignored = false;
      Log log;
    };
  } // namespace

  std::string missing_effect(const Subject &subject, std::vector<EffectCase> &cases)
  {
    return Trial(subject, cases).missing();
  }

  std::string accepted_out_of_bounds(const Subject &subject, std::vector<EffectCase> &cases)
  {
    for (EffectCase &inside : cases)
    {
      if (inside.values.count(subject.path) == 0)
        continue;
      for (const std::string &value : values_out_of_bounds(subject.parameter))
        if (inside.refusal_with(subject.path, value).find("out of bounds") == std::string::npos)
          return value;
      break;
    }
    return "";
  }
} // namespace lacuna
