// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/study_file.h"

#include "config/describe.h"
#include "config/problems.h"
#include "config/suggestion.h"
#include "config/text.h"
#include "config/user_error.h"
#include "config/values.h"
#include "study/axes.h"

#include <algorithm>
#include <map>

namespace lacuna
{
  namespace
  {
    using Kind = Parameter::Kind;

    const std::map<std::string, SamplingMethod> &methods()
    {
      static const std::map<std::string, SamplingMethod> names = {
          {"grid", SamplingMethod::grid},
          {"latin hypercube", SamplingMethod::latin_hypercube},
          {"sobol", SamplingMethod::sobol},
          {"saltelli", SamplingMethod::saltelli}};
      return names;
    }

    Section describe_axis()
    {
      return {"<axis>",
              "One input; exactly one of Values, Range, File and a sub-section Levels says which "
              "values it takes.",
              {other(Kind::text, "Parameter", "",
                     "Path of the parameter of the case, such as Injections/dose 1/Volume."),
               other(Kind::text, "Values", "",
                     "Values with their units, separated by commas; by semicolons if a value holds "
                     "a comma."),
               other(Kind::text, "Range", "", "First and last value with their units."),
               integer("Steps", "1", {2, 100000}, "Number of values of a Range in a grid."),
               choice("Spacing", "linear", {"linear", "logarithmic"},
                      "Whether steps and samples of a Range have equal differences or ratios."),
               other(Kind::file, "File", "",
                     "Table (CSV) whose columns are inputs, named by the paths of parameters, and "
                     "whose rows are taken together."),
               other(Kind::text, "Together with", "",
                     "Another axis with as many values; the two move together instead of being "
                     "crossed.")},
              {}};
    }

    Section describe_answer()
    {
      return {"<answer>",
              "One number of every case.",
              {other(Kind::text, "Quantity", must_be_given,
                     "A column of history.csv without its unit, such as 'glucose min nucleus'."),
               quantity_or("end", "Time", "d", not_negative, "When; between steps, in proportion."),
               choice("Compare", "nothing",
                      {"nothing", "difference from untreated", "ratio to untreated"},
                      "Whether it is held against the untreated tissue at the same time."),
               choice("Goal", "none", {"largest", "smallest", "none"},
                      "What would be best, if anything.")},
              {}};
    }

    /** Takes a section out of the tree: what lies in it is for the case to check. */
    Node take_section(Node &parent, const std::string &name)
    {
      const auto found = std::find_if(parent.sections.begin(), parent.sections.end(),
                                      [&](const Node &section) { return section.name == name; });
      Node taken;
      taken.name     = name;
      taken.location = parent.location;
      if (found == parent.sections.end())
        return taken;
      taken = std::move(*found);
      parent.sections.erase(found);
      return taken;
    }

    void add_settings(const Node &node, const std::string &path, std::vector<Setting> &settings)
    {
      for (const Node::Entry &entry : node.entries)
        settings.push_back({path + entry.name, entry.value, entry.location});
      for (const Node &section : node.sections)
        add_settings(section, path + section.name + "/", settings);
    }

    void apply(Node &root, const std::string &assignment)
    {
      const Section study    = describe_study();
      const std::string path = assignment.substr(0, assignment.find('='));
      const std::string name = normal_name(path.substr(0, path.find('/')));
      const bool is_own      = name == "Changes" || find_section(study, name) != nullptr ||
                          (path.find('/') == std::string::npos && find_parameter(study, name));
      override_entry(root, assignment, is_own ? "" : "Changes");
    }

    std::string written(const Node &node, const std::string &indent)
    {
      std::string text;
      for (const Node::Entry &entry : node.entries)
        text += indent + "set " + entry.name + " = " + entry.value + "\n";
      for (const Node &section : node.sections)
        text += indent + "subsection " + section.name + "\n" + written(section, indent + "  ") +
                indent + "end\n";
      return text;
    }

    std::string complete_text(Node root, const StudyFile &study)
    {
      root.find_entry("Case")->value = study.case_file.string();
      if (Node *axes = root.find("Axes"))
        for (Node &axis : axes->sections)
          if (auto *file = axis.find_entry("File"); file != nullptr && !file->value.empty())
            file->value = file->location.resolve(file->value).string();
      return written(root, "");
    }

    void read_sampling(const Values &values, StudyFile &study, Problems &problems)
    {
      study.method  = methods().at(values.text("Method"));
      study.samples = static_cast<unsigned int>(values.number("Samples"));
      study.seed    = static_cast<std::uint64_t>(values.number("Seed"));
      if (study.method == SamplingMethod::grid)
        for (const char *name : {"Samples", "Seed"})
          if (values.is_set(name))
            problems.add(values.location(name),
                         "Sampling/" + std::string(name) +
                             ": this has no effect with 'Method = grid'; remove it, or choose "
                             "another method");
    }

    StudyAnswer read_answer(const Values &values, const std::string &name)
    {
      StudyAnswer answer;
      answer.name     = name;
      answer.quantity = normal_name(values.text("Quantity"));
      answer.location = values.location("Quantity");
      if (!values.is_word("Time"))
        answer.time = values.number("Time");
      const std::string compare = values.text("Compare");
      answer.compare            = compare == "nothing" ? StudyAnswer::Compare::nothing
                                  : compare[0] == 'd'  ? StudyAnswer::Compare::difference
                                                       : StudyAnswer::Compare::ratio;
      answer.goal               = values.text("Goal");
      return answer;
    }

    /** No parameter is set twice in one case. */
    void check_paths(const StudyFile &study, Problems &problems)
    {
      std::map<std::string, const Setting *> set;
      for (const Setting &setting : study.changes)
        set[setting.path] = &setting;
      for (const Axis &axis : study.axes)
      {
        std::map<std::string, const Setting *> here;
        for (const AxisLevel &level : axis.levels)
          for (const Setting &setting : level.settings)
            here.emplace(setting.path, &setting);
        static const Setting ranged;
        if (axis.kind == Axis::Kind::range)
          here.emplace(axis.parameter, &ranged);
        for (const auto &[path, setting] : here)
          if (const auto earlier = set.find(path); earlier != set.end())
            problems.add(axis.location, "Axes/" + axis.name + ": '" + path + "' is already set" +
                                            (earlier->second->location.file.empty()
                                                 ? " by another axis"
                                                 : " at " + earlier->second->location.text()) +
                                            "; a case can have one value only");
        set.insert(here.begin(), here.end());
      }
    }

    /** Inputs and answers are columns of one table. */
    void check_names(const StudyFile &study, Problems &problems)
    {
      std::vector<std::string> names = {"case", "folder", "status", "reason", "seconds"};
      const auto add =
          [&](const std::string &section, const std::string &name, const Location &location)
      {
        if (contains(names, name))
          problems.add(location, section + "/" + name +
                                     ": the results have a column of this name already; choose "
                                     "another");
        names.push_back(name);
      };
      for (const Axis &axis : study.axes)
        add("Axes", axis.name, axis.location);
      for (const StudyAnswer &answer : study.answers)
        add("Answers", answer.name, answer.location);
    }
  } // namespace

  std::vector<Setting> settings_of(const Node &fragment)
  {
    std::vector<Setting> settings;
    add_settings(fragment, "", settings);
    return settings;
  }

  std::string method_text(SamplingMethod method)
  {
    for (const auto &[name, known] : methods())
      if (known == method)
        return name;
    return "";
  }

  Section describe_study()
  {
    std::vector<std::string> method_names;
    for (const auto &[name, unused] : methods())
      method_names.push_back(name);
    const Section sampling{
        "Sampling",
        "How the axes are combined.",
        {choice("Method", "grid", method_names,
                "grid: every combination. Others sample the axes that have a Range, for every "
                "combination of the rest: a latin hypercube, a Sobol sequence, or the design of "
                "Saltelli from which Sobol indices are estimated."),
         integer("Samples", "64", {2, 1000000},
                 "Points of the sample; with saltelli that of its base, N, of N (k + 2) cases for "
                 "k axes."),
         integer("Seed", "1", {0, 1e9}, "The same seed gives the same sample.")},
        {}};
    const Section execution{
        "Execution",
        "How the cases are computed.",
        {integer("Ranks", "1", {1, 10000}, "Processes (MPI) of each case."),
         quantity_or("none", "Time limit", "min", positive,
                     "A case that takes longer is ended, and counts as failed."),
         boolean("Share untreated tissue", "yes",
                 "Whether cases that differ in their doses only share one control.")},
        {}};
    return {"",
            "",
            {other(Kind::text, "Title", "", "What the study is about."),
             other(Kind::file, "Case", must_be_given, "The parameter file that is varied."),
             other(Kind::text, "Folder", "",
                   "Folder for the results, relative to where Lacuna is called; without one, "
                   "results/studies/ and the name of the study file.")},
            {{"Axes", "The inputs that are varied, each with a free name.", {}, {describe_axis()}},
             sampling,
             {"Answers",
              "What is asked of every case, each with a free name.",
              {},
              {describe_answer()}},
             execution}};
  }

  StudyFile read_study(const std::filesystem::path &file, const std::vector<std::string> &overrides)
  {
    Problems problems;
    Node root = scan(file, problems);
    for (const std::string &assignment : overrides)
      apply(root, assignment);
    const Node whole = root;

    StudyFile study;
    study.file    = file;
    study.changes = settings_of(take_section(root, "Changes"));
    std::vector<Node> levels;
    if (Node *axes = root.find("Axes"))
      for (Node &axis : axes->sections)
        if (axis.find("Levels") != nullptr)
        {
          levels.push_back(take_section(axis, "Levels"));
          levels.back().name = axis.name;
        }

    const Section description = describe_study();
    const Values values(description, root, "", problems);
    problems.throw_if_any(file.string());
    study.case_file = values.text("Case");
    study.title     = values.text("Title").empty() ? file.stem().string() : values.text("Title");
    study.folder    = values.text("Folder").empty()
                          ? std::filesystem::path("results/studies") / file.stem()
                          : std::filesystem::path(values.text("Folder"));
    read_sampling(values.section("Sampling"), study, problems);
    study.axes = read_axes(values.section("Axes"), levels, study.method, problems);
    if (study.axes.empty() && problems.count() == 0)
      problems.add({file.string(), 0, {}},
                   "there is no axis, so there is nothing to vary; write 'subsection Axes' with "
                   "one section for each input");
    const Values answers = values.section("Answers");
    for (const std::string &name : answers.section_names())
      study.answers.push_back(read_answer(answers.section(name), name));
    const Values execution = values.section("Execution");
    study.ranks            = static_cast<unsigned int>(execution.number("Ranks"));
    study.time_limit       = execution.is_word("Time limit") ? 0 : execution.number("Time limit");
    study.share_untreated  = execution.boolean("Share untreated tissue");
    check_paths(study, problems);
    check_names(study, problems);
    problems.throw_if_any(file.string());
    study.text = complete_text(whole, study);
    return study;
  }
} // namespace lacuna
