// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "output/step_record.h"

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lacuna
{
  class Simulation;

  /** A value at a place given in mm. */
  using FieldFunction = std::function<double(double x, double y, double z)>;

  /** What a probe and the statistics saw after one accepted step (or at the start). */
  struct Moment
  {
    double time = 0; ///< s
    std::vector<ProbeRow> probes;
    StepRecord record;
  };

  /**
   * A parameter file, run inside the test: read with overrides ("Section/Parameter=value unit"),
   * built, solved from beginning to end. Throws what the program would report (UserError,
   * ConvergenceError). Answers are complete on rank 0.
   *
   *   const CaseRun run(verification("slab-kinetics.prm"), {"Geometry/Element degree=2"});
   *   EXPECT_NEAR(run.value("glucose", "centre"), 0.0667, 1e-5);
   */
  class CaseRun
  {
  public:
    /**
     * With `initial` (solute -> field in its unit of presentation) the run starts from those values
     * instead of what the file says.
     */
    explicit CaseRun(const std::string &file, const std::vector<std::string> &overrides = {},
                     const std::vector<std::pair<std::string, FieldFunction>> &initial = {});
    ~CaseRun();
    CaseRun(CaseRun &&) noexcept;

    /** The value of a quantity ("glucose", "pH") at the first point of a probe, at the end; in its
     * unit of presentation. */
    double value(const std::string &quantity, const std::string &probe) const;

    /** The value at a place (mm) that some probe has; at the end, or at `time` (s), where the run
     * must have stopped. */
    double at(const std::string &quantity, double x, double y = 0, double z = 0) const;
    double at_time(double time, const std::string &quantity, double x, double y = 0,
                   double z = 0) const;

    /** All values along a probe at the end. */
    std::vector<double> profile(const std::string &quantity, const std::string &probe) const;

    /** Statistics, mass balance and doses at the end, or at `time`. */
    const QuantityRecord &quantity(const std::string &name) const;
    const QuantityRecord &quantity_at(double time, const std::string &name) const;
    const BalanceRecord &balance(const std::string &species) const;
    const DoseRecord &dose(const std::string &name) const;

    /** The L2 norm over the tissue of (quantity - exact), divided by the root of the volume. */
    double error(const std::string &quantity, const FieldFunction &exact) const;

    /** Values of a quantity at the reaction points of this rank. */
    std::vector<double> point_values(const std::string &quantity) const;
    std::vector<std::array<double, 3>> point_positions() const; ///< mm
    std::vector<unsigned int> point_regions() const;

    const std::vector<Moment> &moments() const;
    unsigned long n_newton() const;
    const Simulation &simulation() const;

    /** The first moment at `time` (s); the run must have stopped there. */
    const Moment &moment(double time) const;

  private:
    struct Everything;
    std::unique_ptr<Everything> all;
  };

  /** Where the doses of a case would go; nothing is solved. Collective. */
  struct PlacedDose
  {
    double sum = 0, smallest = 0, peak = 0; ///< of the points' shares; peak share per mm^3
    std::vector<double> by_region;          ///< sum of the shares, per region of the geometry
    std::array<double, 3> half_axes{};      ///< mm
    double tissue_volume = 0;               ///< mm^3
    unsigned int points  = 0;               ///< that have a share
    std::array<double, 3> middle{};         ///< mm, mean place of the shares
    std::vector<std::string> warnings;
  };
  std::vector<PlacedDose> place_doses(const std::string &file,
                                      const std::vector<std::string> &overrides = {});

  /** Full path of a file in parameter-files/verification, or of one beside the tests. */
  std::string verification(const std::string &file);
  std::string test_file(const std::string &path);

  /** Orders of convergence between successive errors when the mesh is halved: log2(e_k/e_k+1). */
  std::vector<double> orders(const std::vector<double> &errors);
} // namespace lacuna
