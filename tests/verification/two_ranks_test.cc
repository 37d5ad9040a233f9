// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// The same answers however many ranks there are; ctest runs these on one and on two.

#include "support/case_run.h"
#include "support/test_law.h"

#include <gmock/gmock.h>
#include <mpi.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

using namespace lacuna;
using testing::Each;
using testing::Ge;

namespace
{
  bool on_first_rank()
  {
    int rank;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    return rank == 0;
  }
} // namespace

namespace
{
  void expect_benchmark_a(const std::vector<std::string> &overrides)
  {
    const CaseRun run(verification("slab-bibby.prm"), overrides);
    if (!on_first_rank())
      return;
    EXPECT_NEAR(run.value("oxygen", "centre"), 1.64099, 1e-5);
    EXPECT_NEAR(run.value("lactate", "centre"), 3.30568, 1e-5);
    EXPECT_NEAR(run.value("glucose", "centre"), 2.10024, 1e-5);
    EXPECT_LE(run.balance("glucose").largest_relative_defect, 1e-8);
  }
} // namespace

TEST(TwoRanks, BenchmarkA)
{
  expect_benchmark_a({"Geometry/Element degree=2"});
}

/** Three levels, two of linear elements, divided among the ranks in ways of their own. */
TEST(TwoRanks, BenchmarkAByMultigrid)
{
  expect_benchmark_a({"Geometry/Element degree=2", "Geometry/Global refinements=1",
                      "Solver/Method=multigrid", "Solver/Newton tolerance=1e-10"});
}

/** The steady state of a round body that begins on its coarser mesh. */
TEST(TwoRanks, RoundBodyByMultigrid)
{
  const auto on_axis = [](const char *method)
  {
    const CaseRun run(verification("cylinder-first-order.prm"),
                      {"Geometry/Element degree=1", "Geometry/Global refinements=1",
                       "Solver/Newton tolerance=1e-10", std::string("Solver/Method=") + method});
    return on_first_rank() ? run.value("glucose", "axis") : 0;
  };
  const double on_one_level = on_axis("Newton-Krylov");
  EXPECT_NEAR(on_axis("multigrid"), on_one_level, 1e-8 * on_one_level);
}

TEST(TwoRanks, OrderOfTheElements)
{
  const auto exact = [](double x, double, double) { return std::cosh(2 * x) / std::cosh(2.); };
  for (const int degree : {1, 2})
  {
    std::vector<double> errors;
    for (const char *refinements : {"0", "1"})
      errors.push_back(CaseRun(verification("slab-first-order.prm"),
                               {"Geometry/Element degree=" + std::to_string(degree),
                                "Geometry/Box/Layers=tissue: 1 mm / 10",
                                std::string("Geometry/Global refinements=") + refinements})
                           .error("glucose", exact));
    EXPECT_THAT(orders(errors), Each(Ge(degree + 0.9)));
  }
}

TEST(TwoRanks, TransientWithAnEvent)
{
  const CaseRun run(verification("supply-drop.prm"),
                    {"Time/End=6 h", "Output/Field times=1 h, 3 h"});
  if (!on_first_rank())
    return;
  EXPECT_NEAR(run.at_time(10800, "oxygen", 0), 1.118270632, 2e-4 * 1.118);
  EXPECT_NEAR(run.at_time(21600, "glucose", 0), 1.680185516, 2e-4 * 1.680);
  EXPECT_LE(run.balance("oxygen").largest_relative_defect, 1e-8);
}

TEST(TwoRanks, WholeDosesArrive)
{
  for (const char *degree : {"1", "2"})
  {
    const CaseRun run(
        test_file("data/doses.prm"),
        {std::string("Geometry/Element degree=") + degree, "Geometry/Global refinements=1"});
    if (!on_first_rank())
      continue;
    EXPECT_NEAR(run.dose("cells").viable / run.dose("cells").delivered, 1, 1e-13);
    EXPECT_NEAR(run.balance("glucose").stored / run.balance("glucose").injected, 1, 1e-10);
  }
}

TEST(TwoRanks, CellsThatMoveAndBecomeOthers)
{
  const CaseRun run(test_file("data/migration.prm"),
                    {"Laws/walk/Law=" + test_law("moving-cells"), "Laws/walk/Settling=0.2 /d",
                     "Laws/walk/Death rate=0.1 /d", "Time/End=10 d"});
  if (!on_first_rank())
    return;
  double viable = 0, dead = 0;
  for (const DoseRecord &record : run.moments().back().record.doses)
  {
    viable += record.viable;
    dead += record.dead;
  }
  EXPECT_NEAR(viable, 2500 * std::exp(-1), 1);
  EXPECT_NEAR(dead, 2500 * (1 - std::exp(-1)), 1);
  EXPECT_GT(run.value("walkers", "right"), 1.2 * run.value("walkers", "left")) << "they climb";
}

TEST(TwoRanks, DosesAndFaces)
{
  const CaseRun run(
      test_file("data/doses-and-faces.prm"),
      {"Laws/everything/Law=" + test_law("doses-and-faces"), "Laws/everything/Inflow=20 ng/d"});
  if (!on_first_rank())
    return;
  const double rate = std::log(2.), expected = 20 / rate * (1 - std::exp(-2 * rate));
  EXPECT_NEAR(run.quantity("factor").whole.mean * 0.064, expected, 1e-3 * expected);
  EXPECT_NEAR(run.value("damage", "middle"), 2, 1e-12);
  EXPECT_NEAR(run.dose("first").viable, 1250, 1e-6);
}
