// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/plan_record.h"

#include "config/user_error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>

namespace lacuna
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    Json input_json(const Axis &axis)
    {
      Json json = {{"name", axis.name}, {"parameter", axis.parameter}, {"unit", axis.unit}};
      if (axis.kind == Axis::Kind::range)
      {
        json["kind"]        = "range";
        json["minimum"]     = axis.minimum;
        json["maximum"]     = axis.maximum;
        json["logarithmic"] = axis.logarithmic;
        return json;
      }
      const bool numbers = axis.kind == Axis::Kind::numbers;
      json["kind"]       = numbers ? "numbers" : "labels";
      json["values"]     = Json::array();
      if (numbers)
        json["numbers"] = Json::array();
      for (const AxisLevel &level : axis.levels)
      {
        json["values"].push_back(level.label);
        if (numbers)
          json["numbers"].push_back(level.number);
      }
      return json;
    }

    Json answer_json(const StudyAnswer &answer)
    {
      static const std::map<StudyAnswer::Compare, std::string> compare = {
          {StudyAnswer::Compare::nothing, "nothing"},
          {StudyAnswer::Compare::difference, "difference from untreated"},
          {StudyAnswer::Compare::ratio, "ratio to untreated"}};
      return {{"name", answer.name},
              {"quantity", answer.quantity},
              {"time", answer.time ? Json(*answer.time / 86400) : Json(nullptr)},
              {"compare", compare.at(answer.compare)},
              {"goal", answer.goal}};
    }

    Json case_json(const PlannedCase &planned)
    {
      Json inputs = Json::object();
      for (const auto &[axis, value] : planned.inputs)
        inputs[axis] = value;
      return {{"number", planned.number},
              {"folder", place::case_folder(planned.number).string()},
              {"inputs", inputs},
              {"settings", assignments_of(planned.settings)},
              {"untreated", planned.untreated == 0 ? Json(nullptr) : Json(planned.untreated)}};
    }

    std::vector<Setting> settings_from(const nlohmann::json &assignments)
    {
      std::vector<Setting> settings;
      for (const std::string assignment : assignments)
      {
        const auto equals = assignment.find('=');
        settings.push_back({assignment.substr(0, equals), assignment.substr(equals + 1), {}});
      }
      return settings;
    }

    PlannedCase case_from(const nlohmann::ordered_json &json)
    {
      PlannedCase planned;
      planned.number   = json.at("number");
      planned.settings = settings_from(json.at("settings"));
      planned.untreated =
          json.at("untreated").is_null() ? 0 : json.at("untreated").get<unsigned int>();
      for (const auto &[name, value] : json.at("inputs").items())
        planned.inputs.emplace_back(name, value.get<std::string>());
      return planned;
    }

    /** Old numbers for old settings, new ones for new. Returns the new number of every old one. */
    template <class Item>
    std::map<unsigned int, unsigned int> renumber(std::vector<Item> &items,
                                                  const std::vector<Item> &record)
    {
      std::map<std::vector<std::string>, unsigned int> known;
      unsigned int last = 0;
      for (const Item &item : record)
      {
        known[assignments_of(item.settings)] = item.number;
        last                                 = std::max(last, item.number);
      }
      std::map<unsigned int, unsigned int> new_numbers;
      for (Item &item : items)
      {
        const auto found         = known.find(assignments_of(item.settings));
        const unsigned int taken = found == known.end() ? ++last : found->second;
        new_numbers[item.number] = taken;
        item.number              = taken;
      }
      return new_numbers;
    }
  } // namespace

  std::string plan_text(const StudyPlan &plan, const std::string &version)
  {
    const StudyFile &study = plan.study;
    Json json              = {{"schema", 1},
                              {"title", study.title},
                              {"study_file", std::filesystem::absolute(study.file).lexically_normal().string()},
                              {"case_file", study.case_file.string()},
                              {"version", version},
                              {"overrides", plan.overrides},
                              {"changes", assignments_of(study.changes)}};
    json["inputs"]         = Json::array();
    for (const Axis &axis : study.axes)
      json["inputs"].push_back(input_json(axis));
    json["sampling"] = {{"method", method_text(study.method)},
                        {"samples", study.method == SamplingMethod::grid ? 0 : study.samples},
                        {"seed", study.seed}};
    json["answers"]  = Json::array();
    for (const StudyAnswer &answer : study.answers)
      json["answers"].push_back(answer_json(answer));
    json["execution"] = {
        {"ranks", study.ranks},
        {"time_limit_seconds", study.time_limit > 0 ? Json(study.time_limit) : Json(nullptr)}};
    json["untreated"] = Json::array();
    for (const UntreatedTissue &tissue : plan.untreated)
      json["untreated"].push_back({{"number", tissue.number},
                                   {"folder", place::untreated_folder(tissue.number).string()},
                                   {"settings", assignments_of(tissue.settings)}});
    json["cases"] = Json::array();
    for (const PlannedCase &planned : plan.cases)
      json["cases"].push_back(case_json(planned));
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
  }

  StudyRecord read_record(const std::filesystem::path &folder)
  {
    std::ifstream file(folder / place::plan);
    const auto json = Json::parse(file, nullptr, false);
    if (json.is_discarded())
      throw UserError("'" + folder.string() + "' is not the folder of a study: there is no " +
                      place::plan.string() +
                      " that can be read.\n  Begin one with: lacuna study FILE --output DIR");
    try
    {
      StudyRecord record;
      record.study_file = json.at("study_file").get<std::string>();
      record.overrides  = json.at("overrides").get<std::vector<std::string>>();
      for (const auto &item : json.at("cases"))
        record.cases.push_back(case_from(item));
      for (const auto &item : json.at("untreated"))
        record.untreated.push_back({item.at("number"), settings_from(item.at("settings")), ""});
      return record;
    }
    catch (const nlohmann::json::exception &)
    {
      throw UserError("'" + (folder / place::plan).string() +
                      "' is damaged, or was written by another version of Lacuna.");
    }
  }

  StudyPlan plan_of_record(StudyFile study, const StudyRecord &record)
  {
    return {std::move(study), record.overrides, record.untreated, record.cases};
  }

  void keep_numbers(StudyPlan &plan, const StudyRecord &record)
  {
    renumber(plan.cases, record.cases);
    const auto tissues = renumber(plan.untreated, record.untreated);
    for (PlannedCase &planned : plan.cases)
      if (planned.untreated != 0)
        planned.untreated = tissues.at(planned.untreated);
  }
} // namespace lacuna
