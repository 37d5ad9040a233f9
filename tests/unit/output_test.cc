// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// First, because deal.II defines a macro named Assert.
#include <gmock/gmock.h>

#include "config/user_error.h"
#include "output/field_series.h"
#include "output/history.h"
#include "output/log.h"
#include "output/output_folder.h"
#include "output/probes.h"
#include "output/progress.h"
#include "output/summary.h"

#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_generator.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <memory>
#include <sstream>

using namespace lacuna;
using testing::HasSubstr;
namespace fs = std::filesystem;
using Json   = nlohmann::json;

namespace
{
  /** An empty folder of this test, the same one on all ranks. */
  fs::path scratch()
  {
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    const auto *test      = testing::UnitTest::GetInstance()->current_test_info();
    const fs::path folder = fs::temp_directory_path() / "lacuna-output-test" / test->name();
    if (rank == 0)
    {
      fs::remove_all(folder);
      fs::create_directories(folder);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    return folder;
  }

  std::string read(const fs::path &file)
  {
    std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
  }

  void write(const fs::path &file)
  {
    std::ofstream(file) << "something\n";
  }

  std::vector<std::string> lines(const std::string &text)
  {
    std::istringstream stream(text);
    std::vector<std::string> result;
    for (std::string line; std::getline(stream, line);)
      result.push_back(line);
    return result;
  }

  Statistics statistics(double minimum, double mean, double maximum, double integral)
  {
    return {minimum, mean, maximum, integral, {{0, -1.5, 0.25}}, {{1, 2, 3}}};
  }

  const std::vector<std::string> regions = {"nucleus", "endplate"};

  StepRecord thirty_days_after_injection()
  {
    StepRecord record;
    record.time       = 30;
    record.dt         = 0.5;
    record.quantities = {
        {"glucose", "mM", "nmol", statistics(0.5, 2, 4, 1e4), {statistics(0.5, 1, 2, 4e3), {}}},
        {"pH", "1", "", statistics(6.9, 7.1, 7.3, 0), {statistics(6.9, 7, 7.2, 0), {}}},
        {"NPMSC, dose 1", "1/mL", "cells", statistics(0, 1e5, 4e6, 4e6), {{}, {}}}};
    record.doses   = {{"NP cells", "residents", 0, 0, 2e7, 0, 0, 1.9e7, 1e6},
                      {"NPMSC", "dose 1", 0, 6e6, 5e6, 1e5, 9e5, 4e6, 1e6}};
    record.balance = {{"glucose", "nmol", 100, 5, 0, 90, 15, 1e-9, 1e-12}};
    return record;
  }

  RunSummary run_summary()
  {
    RunSummary summary;
    summary.title    = "NPMSC in a disc";
    summary.name     = "case";
    summary.status   = "done";
    summary.versions = {{"Lacuna", "0.1.0"}};
    summary.regions  = regions;
    summary.seconds  = {{"mesh", 1.5, 3}, {"march", 10, 20}};
    summary.last     = thirty_days_after_injection();
    return summary;
  }
} // namespace

TEST(Labels, CarryTheUnitUnlessTheQuantityIsAPureNumber)
{
  EXPECT_EQ(label("glucose", "mM"), "glucose [mM]");
  EXPECT_EQ(label("pH", "1"), "pH");
}

TEST(OutputFolder, MayBeMissingOrEmpty)
{
  const fs::path folder = scratch();
  make_output_folder(folder, false, MPI_COMM_WORLD);
  check_output_folder(folder / "new" / "deep", false, MPI_COMM_WORLD);
  EXPECT_FALSE(fs::exists(folder / "new"));
  make_output_folder(folder / "new" / "deep", false, MPI_COMM_WORLD);
  EXPECT_TRUE(fs::is_directory(folder / "new" / "deep"));
}

TEST(OutputFolder, IsRefusedWhenItHoldsFiles)
{
  const fs::path folder = scratch();
  write(folder / "history.csv");
  try
  {
    check_output_folder(folder, false, MPI_COMM_WORLD);
    FAIL() << "should have been refused";
  }
  catch (const UserError &error)
  {
    EXPECT_THAT(error.what(), HasSubstr("already holds files"));
    EXPECT_THAT(error.what(), HasSubstr("--overwrite"));
  }
  EXPECT_THROW(check_output_folder(folder / "history.csv", true, MPI_COMM_WORLD), UserError);
}

TEST(OutputFolder, OverwritingRemovesOnlyWhatLacunaWrites)
{
  const fs::path folder = scratch();
  fs::create_directories(folder / "fields");
  fs::create_directories(folder / "control");
  for (const char *name : {"summary.json", "history.csv", "fields/0000.pvtu", "fields/0000.0.vtu",
                           "control/history.csv", "my notes.txt"})
    write(folder / name);
  MPI_Barrier(MPI_COMM_WORLD);
  make_output_folder(folder, true, MPI_COMM_WORLD);
  std::vector<std::string> left;
  for (const auto &entry : fs::directory_iterator(folder))
    left.push_back(entry.path().filename());
  EXPECT_THAT(left, testing::ElementsAre("my notes.txt"));
}

TEST(History, HasOneRowPerStepUnderWholeNames)
{
  const fs::path file = scratch() / "history.csv";
  History history(file, regions);
  StepRecord record = thirty_days_after_injection();
  history.append(record);
  record.time                             = 30.5;
  record.quantities[0].regions[0].minimum = 1. / 3;
  history.append(record);

  const auto rows = lines(read(file));
  ASSERT_EQ(rows.size(), 3);
  EXPECT_THAT(rows[0],
              testing::StartsWith("time [d],dt [d],glucose min whole [mM],glucose mean whole"));
  EXPECT_THAT(rows[0], HasSubstr(",glucose min nucleus [mM],"));
  EXPECT_THAT(rows[0], HasSubstr(",glucose integral endplate [nmol],pH min whole,pH mean whole,"));
  EXPECT_THAT(rows[0], HasSubstr(",\"NPMSC, dose 1 max whole [1/mL]\","));
  EXPECT_THAT(rows[0], HasSubstr(",NPMSC dose 1 viable [cells],"));
  EXPECT_THAT(rows[0], HasSubstr(",glucose in [nmol],"));
  EXPECT_THAT(rows[2], testing::StartsWith("30.5,0.5,0.5,2,4,10000,0.333333333333,"));
}

TEST(History, RefusesAnObservationOfOtherQuantities)
{
  History history(scratch() / "history.csv", regions);
  StepRecord record = thirty_days_after_injection();
  history.append(record);
  record.quantities.pop_back();
  EXPECT_THROW(history.append(record), std::logic_error);
}

TEST(Probes, ListPlaceRegionAndValues)
{
  const fs::path file = scratch() / "probes.csv";
  ProbeTable probes(file, {"glucose [mM]", "pH"});
  probes.append(1, {{"centre", {{0, 0, 0.5}}, "nucleus", {1.25, 7}}});
  EXPECT_EQ(read(file), "time [d],probe,x [mm],y [mm],z [mm],region,glucose [mM],pH\n"
                        "1,centre,0,0,0.5,nucleus,1.25,7\n");
}

TEST(Csv, QuotesWhatWouldSplitACell)
{
  const fs::path file = scratch() / "table.csv";
  CsvFile table(file);
  table.row({"a, b", "say \"c\"", "d"});
  EXPECT_EQ(read(file), "\"a, b\",\"say \"\"c\"\"\",d\n");
}

TEST(Summary, FollowsTheContract)
{
  const Json json = Json::parse(summary_text(run_summary()));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["time"], 30);
  EXPECT_EQ(json["seconds"]["march"]["cpu"], 20);
  EXPECT_EQ(json["quantities"]["glucose"]["unit"], "mM");
  EXPECT_EQ(json["quantities"]["glucose"]["regions"]["nucleus"]["min"], 0.5);
  EXPECT_EQ(json["quantities"]["glucose"]["whole"]["min_at"], Json({0, -1.5, 0.25}));
  EXPECT_FALSE(json["quantities"]["pH"]["whole"].contains("integral"));
  EXPECT_EQ(json["balance"]["glucose"]["consumed"], 90);

  const Json dose = json["populations"]["NPMSC"]["doses"][0];
  EXPECT_EQ(dose["delivered"], 5e6);
  EXPECT_DOUBLE_EQ(dose["surviving_fraction"], 0.8);
  EXPECT_DOUBLE_EQ(dose["surviving_fraction_of_loaded"], 4. / 6);
  EXPECT_DOUBLE_EQ(dose["viable_fraction"], 0.8);
  EXPECT_FALSE(json.contains("control"));
}

TEST(Summary, SaysNullWhereThereIsNoValue)
{
  RunSummary summary                   = run_summary();
  summary.error_estimates["glucose"]   = std::numeric_limits<double>::quiet_NaN();
  summary.last.doses.front().delivered = 0;
  const Json json                      = Json::parse(summary_text(summary));
  EXPECT_TRUE(json["error_estimates"]["glucose"].is_null());
  EXPECT_TRUE(json["populations"]["NP cells"]["doses"][0]["surviving_fraction"].is_null());
}

TEST(Summary, ComparesWithTheUntreatedControl)
{
  RunSummary summary = run_summary();
  summary.control    = summary.last;
  summary.control->doses.pop_back();
  summary.control->doses[0].viable             = 2e7;
  summary.control->quantities[0].whole.minimum = 0.75;
  const Json json                              = Json::parse(summary_text(summary));
  EXPECT_EQ(json["control"]["populations"]["NP cells"]["doses"][0]["viable"], 2e7);
  EXPECT_EQ(json["differences"]["quantities"]["glucose"]["whole"]["min"], -0.25);
  EXPECT_EQ(json["differences"]["populations"]["NP cells"]["doses"][0]["viable"], -1e6);
  EXPECT_FALSE(json["differences"]["populations"].contains("NPMSC"));
}

namespace
{
  /** As much of JSON Schema as the summary's schema uses. */
  void validate(const Json &value, const Json &schema, const Json &root, const std::string &path)
  {
    if (schema.contains("$ref"))
    {
      const std::string reference = schema["$ref"];
      validate(value, root.at(Json::json_pointer(reference.substr(1))), root, path);
    }
    if (schema.contains("const"))
    {
      EXPECT_EQ(value, schema["const"]) << path;
    }
    if (schema.contains("enum"))
    {
      EXPECT_THAT(schema["enum"], testing::Contains(value)) << path;
    }
    if (schema.contains("type"))
    {
      const Json types = schema["type"].is_array() ? schema["type"] : Json::array({schema["type"]});
      const std::string type = value.is_number_integer() && types[0] == "integer" ? "integer"
                               : value.is_number()                                ? "number"
                                                   : value.type_name();
      EXPECT_THAT(types, testing::Contains(Json(type))) << path;
    }
    for (const auto &name : schema.value("required", Json::array()))
      EXPECT_TRUE(value.contains(name)) << path << " lacks " << name;
    const Json properties = schema.value("properties", Json::object());
    if (value.is_object())
      for (const auto &[name, member] : value.items())
      {
        const std::string at = path + '/' + name;
        if (properties.contains(name))
          validate(member, properties[name], root, at);
        else if (schema.contains("additionalProperties"))
        {
          EXPECT_TRUE(schema["additionalProperties"].is_object()) << at << " is not in the schema";
          if (schema["additionalProperties"].is_object())
            validate(member, schema["additionalProperties"], root, at);
        }
      }
    if (value.is_array() && schema.contains("items"))
      for (std::size_t i = 0; i < value.size(); ++i)
        validate(value[i], schema["items"], root, path + '/' + std::to_string(i));
  }
} // namespace

TEST(Summary, IsWhatTheSchemaDescribes)
{
  RunSummary summary      = run_summary();
  summary.control         = summary.last;
  summary.error_estimates = {{"glucose min [mM]", 0.01}};
  summary.model_choices   = {{"Solute balance", "pore water"}};
  summary.warnings        = {"The bolus is narrower than two cells."};
  const fs::path file     = fs::path(LACUNA_SOURCE_DIR) / "contrib/schema/summary.schema.json";
  const Json schema       = Json::parse(read(file));
  validate(Json::parse(summary_text(summary)), schema, schema, "");
}

TEST(Log, FileHoldsAlsoWhatWasSaidBeforeItWasOpened)
{
  const fs::path file = scratch() / "log.txt";
  std::ostringstream screen;
  Log log(true, Log::Screen::plain, screen);
  log.line("reading case.prm");
  log.open(file);
  log.warning("the bolus is narrow");
  log.warning("the bolus is narrow");
  log.note("for the file");
  log.status("[#...]");
  EXPECT_EQ(screen.str(), "reading case.prm\nWarning: the bolus is narrow\n");
  EXPECT_THAT(log.warnings(), testing::ElementsAre("the bolus is narrow"));
  const auto written = lines(read(file));
  ASSERT_EQ(written.size(), 3);
  EXPECT_THAT(written[0], testing::EndsWith(" s] reading case.prm"));
  EXPECT_THAT(written[2], testing::EndsWith(" s] for the file"));
}

TEST(Log, ErrorsGoToStandardErrorAlsoWhenQuiet)
{
  const fs::path file = scratch() / "log.txt";
  std::ostringstream screen;
  Log quiet(true, Log::Screen::quiet, screen), other_rank(false, Log::Screen::plain, screen);
  quiet.open(file);
  testing::internal::CaptureStderr();
  quiet.error("no step is small enough for \033[31mred\033[0m");
  other_rank.error("no step is small enough");
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "error: no step is small enough for \\x1b[31mred\\x1b[0m\n");
  EXPECT_EQ(screen.str(), "");
  EXPECT_EQ(quiet.warnings().size(), 1);
  EXPECT_THAT(lines(read(file)).at(0), testing::EndsWith(" s] error: no step is small enough for "
                                                         "\\x1b[31mred\\x1b[0m"));
}

TEST(Log, IsSilentWhenQuietAndOnOtherRanks)
{
  std::ostringstream screen;
  Log(true, Log::Screen::quiet, screen).line("hello");
  Log(false, Log::Screen::plain, screen).line("hello");
  EXPECT_EQ(screen.str(), "");
}

TEST(Log, StatusFitsIntoARow)
{
  EXPECT_EQ(fitted("[##..] half done", 16), "[##..] half done");
  EXPECT_EQ(fitted("[##..] half done", 15), "half done");
  EXPECT_EQ(fitted("[##..] half done", 4), "half");
  EXPECT_EQ(fitted("half done", 4), "half");
}

TEST(Progress, SaysALineEveryTwentiethOfTheWay)
{
  std::ostringstream screen;
  Log log(true, Log::Screen::plain, screen);
  const double day = 86400;
  Progress progress(log, "treated disc", 0, 30 * day);
  for (int step = 1; step <= 300; ++step)
    progress.step(step * day / 10, day / 10);
  const auto said = lines(screen.str());
  EXPECT_EQ(said.size(), 20);
  EXPECT_THAT(said[1], HasSubstr("treated disc:  10 %, 3 d of 30 d, step 2 h 24 min, about "));
  EXPECT_EQ(said.back(), "treated disc: 100 %, 30 d of 30 d, step 2 h 24 min");
}

TEST(Progress, RedrawsOneLineOnATerminal)
{
  std::ostringstream screen;
  Log log(true, Log::Screen::terminal, screen);
  Progress progress(log, "control", 0, 86400);
  progress.step(86400, 86400);
  EXPECT_EQ(screen.str(),
            "\r\033[K[########################] control: 100 %, 1 d of 1 d, step 24 h 0 min");
  log.line("done");
  EXPECT_THAT(screen.str(), testing::EndsWith("\r\033[Kdone\n"));
}

TEST(Durations, AreWrittenForPeople)
{
  EXPECT_EQ(duration_text(0.25), "250 ms");
  EXPECT_EQ(duration_text(12.345), "12.3 s");
  EXPECT_EQ(duration_text(200), "3 min 20 s");
  EXPECT_EQ(duration_text(7500), "2 h 5 min");
  EXPECT_EQ(duration_text(4.2 * 86400), "4.2 d");
}

TEST(FieldSeries, WritesPiecesRecordsAndAnIndexInDays)
{
  const fs::path folder = scratch();
  Geometry geometry(MPI_COMM_WORLD);
  geometry.regions = {"left", "right"};
  geometry.faces   = {"face"};
  geometry.mapping = std::make_unique<dealii::MappingQ<dim>>(1);
  dealii::GridGenerator::subdivided_hyper_rectangle(geometry.triangulation, {2, 1, 1}, {0, 0, 0},
                                                    {2e-3, 1e-3, 1e-3});
  for (const auto &cell : geometry.triangulation.active_cell_iterators())
    cell->set_material_id(cell->center()[0] > 1e-3 ? 1 : 0);

  for (const unsigned int degree : {1u, 2u})
  {
    FieldSeries series(folder / std::to_string(degree), geometry, degree);
    const std::size_t n = geometry.triangulation.n_locally_owned_active_cells() *
                          static_cast<std::size_t>(std::pow(degree + 1, 3));
    series.write(0, {{"glucose [mM]", std::vector<double>(n, 4)}});
    series.write(8640, {{"glucose [mM]", std::vector<double>(n, 2)}});
    const std::string index = read(folder / std::to_string(degree) / "fields.pvd");
    EXPECT_THAT(index, HasSubstr("timestep=\"0\" group=\"\" part=\"0\" file=\"fields/0000.pvtu\""));
    EXPECT_THAT(index, HasSubstr("timestep=\"0.10000000000000001\""));
    const std::string record = read(folder / std::to_string(degree) / "fields" / "0001.pvtu");
    EXPECT_THAT(record, HasSubstr("Name=\"glucose [mM]\""));
    EXPECT_THAT(record, HasSubstr("Name=\"region\""));
    // An array without content is what VTK refuses to read.
    for (const auto &entry : fs::directory_iterator(folder / std::to_string(degree) / "fields"))
      EXPECT_THAT(read(entry.path()), testing::Not(HasSubstr("format=\"binary\">\n\n")));
    EXPECT_THAT(record, HasSubstr("Source=\"0001."));
  }
}

TEST(FieldSeries, ThrowsWhenTheFolderCannotBeWritten)
{
  const fs::path folder = scratch() / "a file";
  write(folder);
  Geometry geometry(MPI_COMM_WORLD);
  geometry.mapping = std::make_unique<dealii::MappingQ<dim>>(1);
  dealii::GridGenerator::hyper_cube(geometry.triangulation);
  FieldSeries series(folder, geometry, 1);
  EXPECT_THROW(series.write(0, {}), std::runtime_error);
}
