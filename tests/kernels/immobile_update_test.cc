// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// The step of what stays in place, at points whose course is known.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"
#include "transport/immobile_update.h"

#include <cmath>

using namespace lacuna;

namespace
{
  constexpr double pi = 3.14159265358979323846, day = 86400;

  /** The store of a bar whose points all hold the same glucose; time in days. */
  class Store
  {
  public:
    explicit Store(std::vector<std::string> overrides, double start)
        : on(with_law(std::move(overrides))), update(2, 2), batch(on.model.reaction.make_batch()),
          amount(on.points(0)), gain(on.points(0)), loss_rate(on.points(0))
    {
      EXPECT_EQ(on.species.variable(store).name, "store");
      batch.n_points = on.layout.n_points();
      for (unsigned int p = 0; p < batch.n_points; ++p)
        batch.state.row(store)[p] = start;
    }

    void set_glucose(double value)
    {
      for (unsigned int p = 0; p < batch.n_points; ++p)
        batch.state.row(0)[p] = value;
    }

    /** Takes the present state, at `time`, as the start of a step. */
    void begin(double time)
    {
      on.model.reaction.evaluate(batch, on.model.points, time * day);
      for (unsigned int p = 0; p < batch.n_points; ++p)
        for (unsigned int k = 0; k < 2; ++k)
        {
          amount(p, k)    = batch.state.row(2 + k)[p];
          gain(p, k)      = batch.gain.row(k)[p];
          loss_rate(p, k) = batch.loss_rate.row(k)[p];
        }
    }

    /** Ends the step at `time`, `length` after its beginning. */
    void end(double time, double length)
    {
      update.solve(on.model.reaction, batch, on.model.points, time * day,
                   {amount, gain, loss_rate, length * day});
    }

    double value() const
    {
      for (unsigned int p = 1; p < batch.n_points; ++p)
        EXPECT_EQ(batch.state.row(store)[p], batch.state.row(store)[0]);
      return batch.state.row(store)[0];
    }
    double net_glucose() const { return batch.mobile_gain.row(0)[0] - batch.mobile_loss.row(0)[0]; }
    double slope_of_glucose() const { return batch.d_mobile.row(0)[0]; }

  private:
    static KernelCase with_law(std::vector<std::string> overrides)
    {
      overrides.emplace_back("Laws/course/Law=" + test_law("known-course"));
      return KernelCase(overrides);
    }
    static constexpr unsigned int store = 3; ///< variable, after two solutes and the cells

    const KernelCase on;
    ImmobileUpdate update;
    Reaction::Batch batch;
    PointField amount, gain, loss_rate;
  };

  /** n after a day in `n_steps` steps, where n(0) = n(1 d) = 2.8. */
  double after_a_day(unsigned int n_steps)
  {
    Store store({"Laws/course/Swing=0.8"}, 2.8);
    for (unsigned int step = 0; step < n_steps; ++step)
    {
      store.begin(double(step) / n_steps);
      store.end(double(step + 1) / n_steps, 1. / n_steps);
    }
    return store.value();
  }
} // namespace

TEST(ImmobileUpdate, IsExactForConstantCoefficients)
{
  for (const double length : {1e-6, 0.01, 0.3, 2.})
  {
    Store store({}, 3); // dn/dt = 20/d (2 - n)
    store.begin(0);
    store.end(length, length);
    const double moved = -std::expm1(-20 * length);
    EXPECT_NEAR((3 - store.value()) / moved, 1, 1e-9) << length;
  }
}

TEST(ImmobileUpdate, AStepOfNothingLeavesEverything)
{
  Store store({}, 3);
  store.begin(0);
  store.end(0, 0);
  EXPECT_EQ(store.value(), 3);
}

TEST(ImmobileUpdate, IsOfSecondOrderWhereCoefficientsChange)
{
  const double coarse = std::abs(after_a_day(40) - 2.8), fine = std::abs(after_a_day(80) - 2.8),
               finest = std::abs(after_a_day(160) - 2.8);
  EXPECT_NEAR(std::log2(coarse / fine), 2, 0.15);
  EXPECT_NEAR(std::log2(fine / finest), 2, 0.05);
  EXPECT_LT(finest, 1e-3);
}

TEST(ImmobileUpdate, StaysPositiveOverHugeSteps)
{
  for (const double length : {1e2, 1e5, 1e9})
    for (const double start : {0., 1e-12, 3., 1e6})
    {
      Store store({"Laws/course/Coupling=30 /d"}, start);
      store.set_glucose(4);
      store.begin(0);
      store.end(length, length);
      EXPECT_GT(store.value(), 0) << length << ", " << start;
      EXPECT_TRUE(std::isfinite(store.value()));
    }
}

/** n = Phi(c, n) with averaged coefficients, written out. */
TEST(ImmobileUpdate, SolvesItsEquationWhereTheLossDependsOnWhatIsLost)
{
  const double length = 0.05, c = 4, k = 30, old = 3;
  Store store({"Laws/course/Coupling=30 /d"}, old);
  store.set_glucose(c);
  store.begin(0);
  store.end(length, length);
  const double n    = store.value();
  const double gain = 40 + k * c / (1 + c), loss = 20 + k * c * (old + n) / 2, z = loss * length;
  EXPECT_NEAR(n, old * std::exp(-z) + gain / loss * -std::expm1(-z), 1e-11);
}

TEST(ImmobileUpdate, WhatItEliminatesIsInTheSlopeOfTheMobileSpecies)
{
  struct AtTheEnd
  {
    explicit AtTheEnd(double c) : store({"Laws/course/Coupling=30 /d"}, 3)
    {
      store.set_glucose(4); // the start of the step does not vary
      store.begin(0);
      store.set_glucose(c);
      store.end(0.05, 0.05);
    }
    Store store;
  };
  for (const double c : {0.5, 4.})
  {
    const double e     = 1e-4 * c;
    const double above = AtTheEnd(c + e).store.net_glucose();
    const double below = AtTheEnd(c - e).store.net_glucose();
    const AtTheEnd at(c);
    EXPECT_NEAR(at.store.slope_of_glucose() / ((above - below) / (2 * e)), 1, 1e-6);
    // Without dn/dc it would be -k n.
    EXPECT_GT(std::abs(at.store.slope_of_glucose() / (-30 / day * at.store.value()) - 1), 0.03);
  }
}
