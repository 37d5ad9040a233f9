// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/dosing.h"
#include "transport/nonlinear_solver.h"
#include "transport/steady_state.h"
#include "transport/time_integrator.h"

#include <limits>
#include <memory>
#include <vector>

namespace lacuna
{
  /** One case through time: initial state, events, steps. What is recorded in between is decided
   * elsewhere. */
  class Simulation
  {
  public:
    /** Refuses what is impossible (UserError) before anything is solved. Without injections this is
     * the untreated control. */
    Simulation(const Case &input, Level &level, const std::vector<const Law *> &laws,
               bool with_injections);

    /**
     * Finds the initial state: given values, those of a finished run (`saved`, whose fit has been
     * checked), a steady state, residents at equilibrium. Throws ConvergenceError.
     */
    void prepare(const RunState *saved);

    /** Sets the values of a saved state, but for the species that are begun anew. */
    void restore(const RunState &saved);

    /** The parts of a state that the tissue and the doses own. */
    void save(RunState &saved) const;

    /** Takes the initial state from a simulation that was prepared with other doses. */
    void prepare_as(const Simulation &other);

    /** Applies the events at the start; nothing in a steady case. */
    void begin();

    /** Advances by one accepted step, stopping exactly at events, which are then applied, and at
     * `latest` (s). False at the end. */
    bool step(double latest = std::numeric_limits<double>::infinity());

    /** The state as the file gives it, before anything is solved; prepare() begins with it. */
    void set_given_values();

    bool at_field_time() const; ///< the last step ended at a time for which the file wants fields

    const Case &input;
    const StateLayout &layout;
    SpeciesTable species;
    Model model;
    Dosing dosing;
    Boundary boundary;
    Residual residual;
    std::unique_ptr<NonlinearSolver> solver;
    State state;
    std::unique_ptr<TimeIntegrator> integrator;
    SteadyState steady; ///< the last one that was sought
    unsigned long n_newton() const { return solver->n_nonlinear_iterations() + n_newton_before; }
    unsigned long n_linear() const { return solver->n_linear_iterations() + n_linear_before; }

  private:
    void find_steady_start();
    void bring_residents_to_equilibrium();
    void apply_events(double time);
    void set_cells(unsigned int variable, const PopulationSettings &population);
    double next_event_after(double time) const;

    std::vector<double>
        events; ///< s, sorted: injections, jumps and kinks of boundary values, field times, end
    unsigned long n_newton_before = 0, n_linear_before = 0;
  };
} // namespace lacuna
