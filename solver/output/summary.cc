// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "output/summary.h"

#include "output/text_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <functional>

namespace lacuna
{
  namespace
  {
    using Json = nlohmann::ordered_json;

    Json number(double value)
    {
      return std::isfinite(value) ? Json(value) : Json(nullptr);
    }

    Json fraction(double part, double whole)
    {
      return whole > 0 ? number(part / whole) : Json(nullptr);
    }

    Json place(const std::array<double, 3> &at)
    {
      return {number(at[0]), number(at[1]), number(at[2])};
    }

    Json statistics(const Statistics &values, bool has_amount)
    {
      Json json = {{"min", number(values.minimum)},
                   {"mean", number(values.mean)},
                   {"max", number(values.maximum)}};
      if (has_amount)
        json["integral"] = number(values.integral);
      json["min_at"] = place(values.minimum_at);
      json["max_at"] = place(values.maximum_at);
      return json;
    }

    Json quantities(const StepRecord &step, const std::vector<std::string> &regions)
    {
      Json json = Json::object();
      for (const QuantityRecord &quantity : step.quantities)
      {
        const bool has_amount = !quantity.integral_unit.empty();
        Json &entry           = json[quantity.name];
        entry["unit"]         = quantity.unit;
        if (has_amount)
          entry["integral_unit"] = quantity.integral_unit;
        entry["whole"]   = statistics(quantity.whole, has_amount);
        entry["regions"] = Json::object();
        for (std::size_t r = 0; r < quantity.regions.size(); ++r)
          entry["regions"][regions.at(r)] = statistics(quantity.regions[r], has_amount);
      }
      return json;
    }

    Json dose_json(const DoseRecord &dose)
    {
      return {{"name", dose.dose},
              {"time", number(dose.time_of_dose)},
              {"loaded", number(dose.loaded)},
              {"delivered", number(dose.delivered)},
              {"leaked", number(dose.leaked)},
              {"dead_on_arrival", number(dose.dead_on_arrival)},
              {"viable", number(dose.viable)},
              {"dead", number(dose.dead)},
              {"surviving_fraction", fraction(dose.viable, dose.delivered)},
              {"surviving_fraction_of_loaded", fraction(dose.viable, dose.loaded)},
              {"viable_fraction", fraction(dose.viable, dose.viable + dose.dead)}};
    }

    /** Injected doses in the order of their injection, residents last, so that doses[k] is the k-th
     * injection. */
    Json populations(const StepRecord &step)
    {
      std::vector<DoseRecord> doses = step.doses;
      std::stable_partition(doses.begin(), doses.end(),
                            [](const DoseRecord &dose) { return dose.dose != "residents"; });
      Json json = Json::object();
      for (const DoseRecord &dose : doses)
      {
        json[dose.population]["unit"] = dose.unit;
        json[dose.population]["doses"].push_back(dose_json(dose));
      }
      return json;
    }

    Json balance(const StepRecord &step)
    {
      Json json = Json::object();
      for (const BalanceRecord &record : step.balance)
        json[record.species] = {
            {"unit", record.unit},
            {"in", number(record.in)},
            {"injected", number(record.injected)},
            {"consumed", number(record.consumed)},
            {"produced", number(record.produced)},
            {"stored", number(record.stored)},
            {"defect", number(record.defect)},
            {"largest_relative_defect", number(record.largest_relative_defect)}};
      return json;
    }

    /** What was recorded of a step, as "control" holds it too. */
    Json step_record(const StepRecord &step, const std::vector<std::string> &regions)
    {
      return {{"time", number(step.time)},
              {"quantities", quantities(step, regions)},
              {"populations", populations(step)},
              {"balance", balance(step)}};
    }

    Json difference(const Json &treated, const Json &control)
    {
      return treated.is_number() && control.is_number()
                 ? Json(treated.get<double>() - control.get<double>())
                 : Json(nullptr);
    }

    Json difference(const Json &treated, const Json &control, const std::vector<std::string> &names)
    {
      Json json = Json::object();
      for (const std::string &name : names)
        if (treated.contains(name) && control.contains(name))
          json[name] = difference(treated[name], control[name]);
      return json;
    }

    /** Treated minus untreated, of what both have. */
    Json differences(const Json &treated, const Json &control)
    {
      const std::vector<std::string> statistics = {"min", "mean", "max", "integral"};
      Json json = {{"quantities", Json::object()}, {"populations", Json::object()}};
      for (const auto &[name, quantity] : treated["quantities"].items())
        if (control["quantities"].contains(name))
        {
          const Json &other = control["quantities"][name];
          Json &entry       = json["quantities"][name];
          entry["unit"]     = quantity["unit"];
          entry["whole"]    = difference(quantity["whole"], other["whole"], statistics);
          for (const auto &[region, values] : quantity["regions"].items())
            entry["regions"][region] = difference(values, other["regions"][region], statistics);
        }
      for (const auto &[population, record] : treated["populations"].items())
        if (control["populations"].contains(population))
          for (const Json &dose : record["doses"])
            for (const Json &other : control["populations"][population]["doses"])
              if (dose["name"] == other["name"])
              {
                Json entry = {{"name", dose["name"]}};
                entry.update(difference(dose, other, {"viable", "dead", "surviving_fraction"}));
                json["populations"][population]["doses"].push_back(entry);
              }
      return json;
    }

    /** The control as this run recorded it, or as the summary of the run that computed it alone
     * tells. */
    std::optional<Json> control(const RunSummary &summary)
    {
      if (summary.control)
        return step_record(*summary.control, summary.regions);
      if (summary.control_summary.empty())
        return std::nullopt;
      std::ifstream file(summary.control_summary);
      const Json other = Json::parse(file);
      Json json        = Json::object();
      for (const char *part : {"time", "quantities", "populations", "balance"})
        json[part] = other.at(part);
      return json;
    }

    Json seconds(const std::vector<PhaseSeconds> &phases)
    {
      Json json = Json::object();
      for (const PhaseSeconds &phase : phases)
        json[phase.name] = {{"wall", number(phase.wall)}, {"cpu", number(phase.cpu)}};
      return json;
    }

    Json estimates(const std::map<std::string, double> &errors)
    {
      Json json = Json::object();
      for (const auto &[name, value] : errors)
        json[name] = number(value);
      return json;
    }
  } // namespace

  namespace
  {
    Json optional_number(const std::optional<double> &value)
    {
      return value ? number(*value) : Json(nullptr);
    }

    Json numerical_errors(const std::vector<NumericalError> &errors)
    {
      if (errors.empty())
        return nullptr;
      Json json = Json::object();
      for (const NumericalError &error : errors)
        json[error.name] = {{"unit", error.unit},
                            {"value", number(error.value)},
                            {"error", number(error.error)},
                            {"space", number(error.space)},
                            {"time", number(error.time)},
                            {"source", source_of(error)},
                            {"order", optional_number(error.order)},
                            {"limit", optional_number(error.limit)},
                            {"headline", error.headline}};
      return json;
    }
  } // namespace

  namespace
  {
    Json trial(const TrialRecord &record)
    {
      Json json = {{"status", record.status},
                   {"refinements", record.refinements},
                   {"tolerance", record.tolerance > 0 ? Json(record.tolerance) : Json(nullptr)},
                   {"unknowns", record.unknowns},
                   {"steps", record.steps},
                   {"wall", number(record.wall)},
                   {"cpu", number(record.cpu)},
                   {"answer", nullptr},
                   {"error", nullptr},
                   {"space", nullptr},
                   {"time", nullptr}};
      if (!record.answer.empty())
        json.update({{"answer", record.answer},
                     {"error", number(record.error)},
                     {"space", number(record.space)},
                     {"time", number(record.time)}});
      return json;
    }

    Json accuracy(const AccuracyRecord &record)
    {
      Json json = {{"target", record.target},
                   {"holds", record.holds},
                   {"obstacle", record.obstacle},
                   {"shown", record.shown},
                   {"trials", Json::array()}};
      for (const TrialRecord &tried : record.trials)
        json["trials"].push_back(trial(tried));
      return json;
    }
  } // namespace

  std::string summary_text(const RunSummary &summary)
  {
    Json json = {{"schema", 1},
                 {"title", summary.title},
                 {"name", summary.name},
                 {"status", summary.status},
                 {"time", number(summary.last.time)},
                 {"versions", Json(summary.versions)},
                 {"model_choices", Json(summary.model_choices)},
                 {"regions", summary.regions},
                 {"ranks", summary.ranks},
                 {"cells", summary.cells},
                 {"unknowns", summary.unknowns},
                 {"points", summary.points},
                 {"seconds", seconds(summary.seconds)},
                 {"peak_memory_bytes", number(summary.peak_memory_bytes)},
                 {"newton_iterations", summary.newton_iterations},
                 {"linear_iterations", summary.linear_iterations},
                 {"steps", summary.steps},
                 {"rejected_steps", summary.rejected_steps},
                 {"error_estimates", estimates(summary.error_estimates)},
                 {"numerical_errors", numerical_errors(summary.numerical_errors)},
                 {"warnings", summary.warnings}};
    if (summary.accuracy)
      json["accuracy"] = accuracy(*summary.accuracy);
    json.update(step_record(summary.last, summary.regions));
    if (const auto untreated = control(summary))
    {
      json["control"]     = *untreated;
      json["differences"] = differences(json, *untreated);
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
  }

  void write_summary(const std::filesystem::path &file, const RunSummary &summary)
  {
    write_atomically(file, summary_text(summary));
  }
} // namespace lacuna
