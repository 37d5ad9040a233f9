// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "laws/batch_array.h"
#include "laws/law.h"
#include "species/dose.h"

#include <string>
#include <vector>

namespace lacuna
{
  /**
   * Asks one law about batches of points: fills the structs of the C interface and converts doses
   * to the law's units, which nothing else does. Values stand in a workspace, in the law's units:
   *
   *     caller.prepare(workspace);
   *     ... set workspace.read(r)[p] ...
   *     caller.rates(workspace, n_points);
   *     ... use workspace.gain(r)[p], workspace.d_gain(r, c)[p] = d gain(r) / d read(c) ...
   */
  class LawCaller
  {
  public:
    class Workspace;

    LawCaller() = default;

    /** Wants gain and loss of the reads `changed`, and derivatives of all results by the reads
     * `by`; none if that is empty. */
    LawCaller(const Law &law, std::vector<unsigned int> changed, std::vector<unsigned int> by,
              bool first_instance = true);

    /** Makes room for what this law reads; what another law left in the workspace is lost. */
    void prepare(Workspace &workspace) const;

    // Each throws LawFailure if the law fails. The reads stay as they are.
    void signals(Workspace &workspace, unsigned int n_points) const; ///< used signals are hidden
    void rates(Workspace &workspace, unsigned int n_points) const;
    void motion(Workspace &workspace, unsigned int n_points) const;
    void at_dose(const Dose &dose, Workspace &workspace, unsigned int n_points) const;

  private:
    lacuna_batch arguments(Workspace &workspace, unsigned int n_points) const;

    const Law *law = nullptr;
    std::vector<unsigned int> changed, by, by_in_first_pass; ///< reads
    std::vector<unsigned int> signal_rows, motion_rows;
    bool first_instance = true;
  };

  /** Lets a law lower the shares of a dose; returns its sentence on that, if any. Throws UserError
   * if the law refuses the dose. */
  std::string lower_shares(const Law &law, Dose &dose);

  /** What one law at a time reads and answers, in its units. Every thread has its own. */
  class LawCaller::Workspace
  {
  public:
    explicit Workspace(unsigned int width_ = BatchArray::width) : width(width_) {}

    double *read(unsigned int r) { return reads.data() + std::size_t(r) * width; }
    const double *read(unsigned int r) const { return reads.data() + std::size_t(r) * width; }

    // Rows of results over the points; null where the caller does not want them.
    const double *gain(unsigned int r) const { return gains.value[r]; }
    const double *loss(unsigned int r) const { return losses.value[r]; }
    const double *signal(unsigned int k) const { return signals.value[k]; }
    const double *motility(unsigned int m) const { return motilities.value[m]; }
    const double *attraction(unsigned int m) const { return attractions.value[m]; }
    /** The part of a loss that is no death. */
    const double *converted(unsigned int r) const { return conversions.value[r]; }
    /** What a dose leaves of read r. */
    const double *after(unsigned int r) const { return amounts_after.value[r]; }

    // Their derivatives by read c.
    const double *d_gain(unsigned int r, unsigned int c) const { return slope(gains, r, c); }
    const double *d_loss(unsigned int r, unsigned int c) const { return slope(losses, r, c); }
    const double *d_signal(unsigned int k, unsigned int c) const { return slope(signals, k, c); }
    const double *d_motility(unsigned int m, unsigned int c) const
    {
      return slope(motilities, m, c);
    }
    const double *d_attraction(unsigned int m, unsigned int c) const
    {
      return slope(attractions, m, c);
    }

  private:
    friend class LawCaller;

    /** Rows of one kind of result with their derivatives, and the tables by which a law finds
     * them: value[row], slopes[row * n_reads + read]. */
    struct Results
    {
      std::vector<double> storage;
      std::vector<double *> value, slopes;
    };

    /** Has the tables of `results` point at rows of its storage, where they are wanted. */
    void lay_out(Results &results, unsigned int n_rows, const std::vector<unsigned int> &rows,
                 const std::vector<unsigned int> &by) const;

    const double *slope(const Results &results, unsigned int row, unsigned int c) const
    {
      return results.slopes[std::size_t(row) * n_reads + c];
    }

    unsigned int width, n_reads = 0;
    std::vector<double> reads;
    std::vector<const double *> read_table;
    Results gains, losses, conversions, signals, motilities, attractions, amounts_after;
  };
} // namespace lacuna
