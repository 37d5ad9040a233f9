// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/plan.h"

#include "config/compare_parameters.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"
#include "study/answer_check.h"
#include "study/sample_design.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace lacuna
{
  namespace
  {
    constexpr std::size_t most_cases = 100000, most_mistakes = 12;

    /** Axes that move together, by index. */
    using Group = std::vector<std::size_t>;

    std::vector<Group> groups_of(const std::vector<Axis> &axes)
    {
      std::vector<Group> groups;
      std::map<std::string, std::size_t> group_of;
      for (const bool partners : {false, true}) // a partner may be named before it is described
        for (std::size_t k = 0; k < axes.size(); ++k)
        {
          if (axes[k].kind == Axis::Kind::range || axes[k].together_with.empty() == partners)
            continue;
          if (!partners)
          {
            group_of[axes[k].name] = groups.size();
            groups.push_back({k});
          }
          else
            groups[group_of.at(axes[k].together_with)].push_back(k);
        }
      return groups;
    }

    void add_level(PlannedCase &planned, const Axis &axis, const AxisLevel &level)
    {
      planned.inputs.emplace_back(axis.name, level.label);
      planned.settings.insert(planned.settings.end(), level.settings.begin(), level.settings.end());
    }

    /** Every combination of the listed axes; the first varies slowest. */
    std::vector<PlannedCase> combinations(const StudyFile &study)
    {
      PlannedCase first;
      first.settings = study.changes;
      std::vector<PlannedCase> cases{first};
      for (const Group &group : groups_of(study.axes))
      {
        std::vector<PlannedCase> longer;
        const std::size_t n = study.axes[group[0]].levels.size();
        if (cases.size() * n > most_cases)
          throw UserError(study.file.string() + ": this would be more than " +
                          std::to_string(most_cases) + " cases; give the axes fewer values");
        for (const PlannedCase &planned : cases)
          for (std::size_t level = 0; level < n; ++level)
          {
            longer.push_back(planned);
            for (const std::size_t axis : group)
              add_level(longer.back(), study.axes[axis], study.axes[axis].levels[level]);
          }
        cases = std::move(longer);
      }
      return cases;
    }

    /** Each case with every point of the sample of the ranges. */
    std::vector<PlannedCase> with_samples(const StudyFile &study,
                                          const std::vector<PlannedCase> &listed)
    {
      std::vector<const Axis *> ranges;
      for (const Axis &axis : study.axes)
        if (axis.kind == Axis::Kind::range)
          ranges.push_back(&axis);
      if (ranges.empty())
        return listed;
      const auto points = sample_unit_cube(study.method, study.samples, ranges.size(), study.seed);
      if (listed.size() * points.size() > most_cases)
        throw UserError(study.file.string() + ": this would be more than " +
                        std::to_string(most_cases) + " cases; take fewer samples");
      std::vector<PlannedCase> cases;
      for (const PlannedCase &planned : listed)
        for (const auto &point : points)
        {
          cases.push_back(planned);
          for (std::size_t d = 0; d < ranges.size(); ++d)
          {
            const std::string value = value_in(*ranges[d], point[d]);
            add_level(cases.back(), *ranges[d],
                      {value, {{ranges[d]->parameter, value, ranges[d]->location}}, 0});
          }
        }
      return cases;
    }

    /** What a case's parameter file says of a setting, said of the place in the study file. */
    std::string located(std::string message, const std::vector<Setting> &settings)
    {
      for (const Setting &setting : settings)
      {
        const std::string shown = "--set " + in_quotes(setting.assignment());
        if (setting.location.on_command_line())
          continue;
        for (auto at = message.find(shown); at != std::string::npos; at = message.find(shown))
          message.replace(at, shown.size(), setting.location.text());
      }
      return message;
    }

    /** The mistakes that a message lists, without its heading; what is indented belongs to the line
     * above. */
    std::vector<std::string> mistakes_in(const std::string &message)
    {
      std::vector<std::string> mistakes;
      std::istringstream lines(message);
      for (std::string line; std::getline(lines, line);)
        if (line.find(" mistakes in ") != std::string::npos && line.back() == ':')
          continue;
        else if (!mistakes.empty() && !line.empty() && line[0] == ' ')
          mistakes.back() += "\n" + line;
        else
          mistakes.push_back(line);
      return mistakes;
    }

    /** What is wrong with the cases; each mistake is told of the first case that has it. */
    class CaseProblems
    {
    public:
      void add(const PlannedCase &planned, const std::string &message)
      {
        not_computable.insert(planned.number);
        for (const std::string &mistake : mistakes_in(message))
          add(planned, mistake, mistake);
      }

      /** One sentence for every setting of an answer, though each case may lack something else. */
      void add_answer(const PlannedCase &planned, const AnswerProblem &problem)
      {
        without_answer.insert(planned.number);
        add(planned, problem.path, problem.text);
      }

      void throw_if_any(const StudyFile &study, std::size_t of) const
      {
        if (seen.empty())
          return;
        const bool computable                = not_computable.empty();
        const std::set<unsigned int> &number = computable ? without_answer : not_computable;
        throw UserError(
            study.file.string() + ": " + std::to_string(number.size()) + " of " +
            std::to_string(of) + " cases " +
            (computable ? "cannot give the answers that are asked" : "cannot be computed") +
            "; nothing was run." + text +
            (seen.size() <= most_mistakes
                 ? ""
                 : "\n... and " + std::to_string(seen.size() - most_mistakes) + " more"));
      }

    private:
      void add(const PlannedCase &planned, const std::string &key, const std::string &mistake)
      {
        if (seen.insert(key).second && seen.size() <= most_mistakes)
          text += "\n" + planned.name() + " (" + planned.label() + "): " + mistake;
      }

      std::set<unsigned int> not_computable, without_answer;
      std::set<std::string> seen;
      std::string text;
    };

    /** Everything of the input that the untreated tissue depends on. */
    std::string untreated_key(const std::string &input)
    {
      std::string key;
      for (const auto &[path, value] :
           entries_beside(scan_text(input, "the input"), beside_the_control()))
        key += path + "=" + value + "\n";
      return key;
    }

    std::vector<Setting> with_control(std::vector<Setting> settings,
                                      const std::vector<Setting> &control)
    {
      settings.erase(std::remove_if(settings.begin(), settings.end(),
                                    [](const Setting &setting)
                                    { return setting.path == "Injections/Control"; }),
                     settings.end());
      settings.insert(settings.end(), control.begin(), control.end());
      return settings;
    }

    void share_untreated_tissues(StudyPlan &plan,
                                 const std::map<std::string, std::vector<std::size_t>> &sharing,
                                 const std::vector<std::string> &order, const LawLookup &laws)
    {
      for (const std::string &key : order)
      {
        const auto &members = sharing.at(key);
        if (members.size() < 2)
          continue;
        UntreatedTissue tissue;
        tissue.number = plan.untreated.size() + 1;
        tissue.settings =
            with_control(plan.cases[members[0]].settings, {{"Injections/Control", "only", {}}});
        tissue.input =
            read_case(plan.study.case_file, assignments_of(tissue.settings), laws).parameters;
        plan.untreated.push_back(tissue);
        for (const std::size_t member : members)
          plan.cases[member].untreated = tissue.number;
      }
    }
  } // namespace

  std::vector<std::string> assignments_of(const std::vector<Setting> &settings)
  {
    std::vector<std::string> assignments;
    for (const Setting &setting : settings)
      assignments.push_back(setting.assignment());
    return assignments;
  }

  std::string PlannedCase::name() const
  {
    return "case " + std::to_string(number);
  }

  std::string UntreatedTissue::name() const
  {
    return "untreated tissue " + std::to_string(number);
  }

  std::string PlannedCase::label() const
  {
    std::string text;
    for (const auto &[axis, value] : inputs)
      text += (text.empty() ? "" : ", ") + axis + " = " + value;
    return text;
  }

  std::vector<std::string> PlannedCase::assignments(const std::filesystem::path &folder) const
  {
    if (untreated == 0)
      return assignments_of(settings);
    const auto run = std::filesystem::absolute(folder / place::untreated_folder(untreated));
    return assignments_of(with_control(settings, {{"Injections/Control", "finished run", {}},
                                                  {"Injections/Control run", run.string(), {}}}));
  }

  StudyPlan plan_study(StudyFile study, const std::vector<std::string> &overrides,
                       const LawLookup &laws)
  {
    StudyPlan plan;
    plan.cases     = with_samples(study, combinations(study));
    plan.study     = std::move(study);
    plan.overrides = overrides;
    std::map<std::string, std::vector<std::size_t>> sharing;
    std::vector<std::string> order;
    CaseProblems problems;
    for (std::size_t k = 0; k < plan.cases.size(); ++k)
    {
      PlannedCase &planned = plan.cases[k];
      planned.number       = k + 1;
      try
      {
        const Case input = read_case(plan.study.case_file, assignments_of(planned.settings), laws);
        planned.input    = input.parameters;
        for (const LawSettings &law : input.laws)
          planned.laws[law.plugin] = law.plugin_version;
        for (const AnswerProblem &problem : check_answers(plan.study.answers, input))
          problems.add_answer(planned, problem);
        if (!plan.study.share_untreated || input.control != Control::computed || input.time.steady)
          continue;
        const std::string key = untreated_key(planned.input);
        if (sharing[key].empty())
          order.push_back(key);
        sharing[key].push_back(k);
      }
      catch (const UserError &error)
      {
        problems.add(planned, located(error.what(), planned.settings));
      }
    }
    problems.throw_if_any(plan.study, plan.cases.size());
    share_untreated_tissues(plan, sharing, order, laws);
    return plan;
  }
} // namespace lacuna
