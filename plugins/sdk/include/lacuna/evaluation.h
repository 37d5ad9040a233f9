// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <lacuna/law.h> // the other half, for whoever includes this one alone

#include <cstdio>
#include <cstring>
#include <exception>

// How a law is called through the C boundary: whole batches, with or without derivatives, without
// allocation or virtual call per point. Included by law.h, not by authors.

#define LACUNA_TEXT_OF(x) #x
#define LACUNA_TEXT(x) LACUNA_TEXT_OF(x)
#if defined(__clang__)
#define LACUNA_COMPILER "clang " LACUNA_TEXT(__clang_major__) "." LACUNA_TEXT(__clang_minor__)
#else
#define LACUNA_COMPILER "g++ " __VERSION__
#endif
#if defined(__OPTIMIZE__)
#define LACUNA_OPTIMISED ", optimised"
#else
#define LACUNA_OPTIMISED ", not optimised"
#endif
// The host refuses what says "fast-math": with it NaN goes unnoticed, and results depend on the
// compiler.
#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#define LACUNA_MATH ", fast-math"
#else
#define LACUNA_MATH ""
#endif
#define LACUNA_BUILD LACUNA_COMPILER ", C++ " LACUNA_TEXT(__cplusplus) LACUNA_OPTIMISED LACUNA_MATH

namespace lacuna
{
  namespace detail
  {
    /** Neither infinite nor NaN (std::isfinite would be exported by an unoptimised build). */
    inline bool is_number(double x)
    {
      return x - x == 0;
    }

    /** The slopes of an input are set once per batch, its value at every point. A direction of -1
     * has none. */
    inline void seed(double &, int) {}
    template <int N>
    void seed(Dual<N> &x, int direction)
    {
      x = direction < 0 ? Dual<N>(0.) : Dual<N>::input(0, direction);
    }
    inline void set_value(double &x, double value)
    {
      x = value;
    }
    template <int N>
    void set_value(Dual<N> &x, double value)
    {
      x.value = value;
    }

    /** Says what came out wrong; the host knows where, and from what. */
    [[noreturn]] inline void refuse_result(const char *what, const char *name)
    {
      refuse("computes no number for the %s '%s'", what, name);
    }

    /** The reads with respect to which the host wants derivatives, each with a direction of its
     * own. */
    struct Directions
    {
      int n = 0;
      int of_read[max_reads];
      int read_of[max_reads];
    };

    /** Marks the reads for which a table of derivatives has an entry in any row. */
    inline void mark(double *const *table, int rows, int n_reads, bool *wanted)
    {
      if (table == nullptr)
        return;
      for (int row = 0; row < rows; ++row)
        for (int r = 0; r < n_reads; ++r)
          wanted[r] |= table[row * n_reads + r] != nullptr;
    }

    inline Directions number(const bool *wanted, int n_reads)
    {
      Directions directions;
      for (int r = 0; r < n_reads; ++r)
      {
        directions.of_read[r] = wanted[r] ? directions.n : -1;
        if (wanted[r])
          directions.read_of[directions.n++] = r;
      }
      return directions;
    }

    /** Writes one result of one point; false if it is not a number. */
    inline bool store(double result, double *const *values, double *const *, int row, int,
                      const Directions &, unsigned int point)
    {
      if (values[row] != nullptr)
        values[row][point] = result;
      return is_number(result);
    }

    template <int N>
    bool store(const Dual<N> &result, double *const *values, double *const *slopes, int row,
               int n_reads, const Directions &directions, unsigned int point)
    {
      if (values[row] != nullptr)
        values[row][point] = result.value;
      double *const *of_row = slopes + row * n_reads;
      double wrong          = result.value - result.value; // NaN if any is infinite or NaN
      for (int k = 0; k < directions.n; ++k)
        if (double *slope = of_row[directions.read_of[k]])
        {
          slope[point] = result.slope[k];
          wrong += result.slope[k] - result.slope[k];
        }
      return wrong == 0;
    }

    /** The first pass: what `signals` makes of a point. */
    struct SignalPass
    {
      static bool wants(const lacuna_batch &batch) { return batch.d_signal != nullptr; }
      static void want(const Declarations &law, const lacuna_batch &batch, bool *wanted)
      {
        mark(batch.d_signal, law.n_signals, law.n_reads, wanted);
      }
      template <class Number, class UserLaw>
      static void run(const UserLaw &law, const lacuna_batch &batch, const Directions &directions,
                      Slots<Number> &slots, At<Number> &at, unsigned int p)
      {
        const Declarations &declared = law;
        for (int k = 0; k < declared.n_signals; ++k)
          slots.signals[k] = declared.neutral[k];
        law.signals(at);
        for (int k = 0; k < declared.n_signals; ++k)
          if (!store(slots.signals[k], batch.signal, batch.d_signal, k, declared.n_reads,
                     directions, p))
            refuse_result("signal", declared.signal_name[k].characters);
      }
      template <class Number>
      static void finish(const Declarations &, const lacuna_batch &, const Slots<Number> &)
      {
      }
    };

    /** The second pass: what `rates` makes of a point. */
    struct RatePass
    {
      static bool wants(const lacuna_batch &batch)
      {
        return batch.d_gain != nullptr || batch.d_loss != nullptr;
      }
      static void want(const Declarations &law, const lacuna_batch &batch, bool *wanted)
      {
        mark(batch.d_gain, law.n_reads, law.n_reads, wanted);
        mark(batch.d_loss, law.n_reads, law.n_reads, wanted);
      }
      template <class Number, class UserLaw>
      static void run(const UserLaw &law, const lacuna_batch &batch, const Directions &directions,
                      Slots<Number> &slots, At<Number> &at, unsigned int p)
      {
        const Declarations &declared = law;
        for (int i = 0; i < slots.n_changed; ++i)
        {
          const int r = slots.changed[i];
          if (slots.gains[r])
            slots.gain[r] = 0.;
          if (slots.loses[r])
            slots.loss[r] = 0.;
          slots.converted[r] = 0;
        }
        bool gained[max_reads], lost[max_reads];
        std::memcpy(gained, slots.gains, declared.n_reads);
        std::memcpy(lost, slots.loses, declared.n_reads);
        law.rates(at);
        if (batch.first_instance != 0)
          law.tissue_rates(at);
        for (int i = 0; i < slots.n_changed; ++i)
        {
          const int r = slots.changed[i];
          if (slots.gains[r] && !gained[r])
            clear(batch.gain, batch.d_gain, r, declared.n_reads, p);
          if (slots.loses[r] && !lost[r])
            clear(batch.loss, batch.d_loss, r, declared.n_reads, p);
          if (slots.gains[r] &&
              !store(slots.gain[r], batch.gain, batch.d_gain, r, declared.n_reads, directions, p))
            refuse_result("gain of", declared.read_name[r].characters);
          if (slots.loses[r] &&
              !store(slots.loss[r], batch.loss, batch.d_loss, r, declared.n_reads, directions, p))
            refuse_result("loss of", declared.read_name[r].characters);
          if (batch.converted != nullptr && batch.converted[r] != nullptr)
            batch.converted[r][p] = slots.converted[r];
        }
      }

      /** Sets to zero what the law has not touched: rates below `n_points`. */
      static void clear(double *const *values, double *const *slopes, int row, int n_reads,
                        unsigned int n_points)
      {
        if (values[row] != nullptr)
          std::memset(values[row], 0, n_points * sizeof(double));
        for (int c = 0; slopes != nullptr && c < n_reads; ++c)
          if (double *slope = slopes[row * n_reads + c])
            std::memset(slope, 0, n_points * sizeof(double));
      }
      template <class Number>
      static void finish(const Declarations &declared, const lacuna_batch &batch,
                         const Slots<Number> &slots)
      {
        for (int i = 0; i < slots.n_changed; ++i)
        {
          const int r = slots.changed[i];
          if (!slots.gains[r])
            clear(batch.gain, batch.d_gain, r, declared.n_reads, batch.n_points);
          if (!slots.loses[r])
            clear(batch.loss, batch.d_loss, r, declared.n_reads, batch.n_points);
        }
      }
    };

    /** What `motion` makes of a point. */
    struct MotionPass
    {
      static bool wants(const lacuna_batch &batch) { return batch.d_motility != nullptr; }
      static void want(const Declarations &law, const lacuna_batch &batch, bool *wanted)
      {
        mark(batch.d_motility, law.n_motions, law.n_reads, wanted);
        mark(batch.d_attraction, law.n_motions, law.n_reads, wanted);
      }
      template <class Number, class UserLaw>
      static void run(const UserLaw &law, const lacuna_batch &batch, const Directions &directions,
                      Slots<Number> &slots, At<Number> &at, unsigned int p)
      {
        const Declarations &declared = law;
        for (int k = 0; k < declared.n_motions; ++k)
          slots.motility[k] = slots.attraction[k] = 0.;
        law.motion(at);
        for (int k = 0; k < declared.n_motions; ++k)
        {
          const char *name = declared.motion_name[k].characters;
          if (!store(slots.motility[k], batch.motility, batch.d_motility, k, declared.n_reads,
                     directions, p))
            refuse_result("motility of", name);
          if (!store(slots.attraction[k], batch.attraction, batch.d_attraction, k, declared.n_reads,
                     directions, p))
            refuse_result("attraction of", name);
        }
      }
      template <class Number>
      static void finish(const Declarations &, const lacuna_batch &, const Slots<Number> &)
      {
      }
    };

    /** Runs one pass over a batch, with numbers that carry the derivatives of `directions`. */
    template <class Pass, class Number, class UserLaw>
    void run(const UserLaw &law, const lacuna_batch &batch, const Directions &directions)
    {
      const Declarations &declared = law; // the law's members may bear any name
      Number reads[max_reads] = {}, gain[max_reads] = {}, loss[max_reads] = {};
      Number signals[max_signals]  = {};
      Number motility[max_motions] = {}, attraction[max_motions] = {};
      bool gains[max_reads] = {}, loses[max_reads] = {};
      int changed[max_reads], n_changed            = 0;
      for (int r = 0; r < declared.n_reads; ++r)
        if (declared.changes[r])
          changed[n_changed++] = r;
      double converted[max_reads] = {};
      Slots<Number> slots{reads,   gain,      loss,    signals,   motility, attraction,
                          nullptr, converted, changed, n_changed, gains,    loses};
      At<Number> at(slots);
      for (int r = 0; r < declared.n_reads; ++r)
        seed(reads[r], directions.of_read[r]);
      unsigned int p = 0;
      try
      {
        for (; p < batch.n_points; ++p)
        {
          for (int r = 0; r < declared.n_reads; ++r)
            set_value(reads[r], batch.reads[r] == nullptr ? NAN : batch.reads[r][p]);
          Pass::template run<Number>(law, batch, directions, slots, at, p);
        }
        Pass::finish(declared, batch, slots);
      }
      catch (...)
      {
        if (batch.failed_point != nullptr)
          *batch.failed_point = p;
        throw;
      }
    }

    /** Chooses the smallest number type that holds the derivatives asked for. */
    template <class Pass, class UserLaw>
    void dispatch(const UserLaw &law, const lacuna_batch &batch)
    {
      const Declarations &declared = law;
      if (int(batch.n_reads) != declared.n_reads)
        refuse("declared %d reads but was handed %u", declared.n_reads, batch.n_reads);
      bool wanted[max_reads] = {};
      if (Pass::wants(batch))
        Pass::want(declared, batch, wanted);
      const Directions directions = number(wanted, declared.n_reads);
      if (!Pass::wants(batch))
        run<Pass, double>(law, batch, directions);
      else if (directions.n <= 4)
        run<Pass, Dual<4>>(law, batch, directions);
      else if (directions.n <= 8)
        run<Pass, Dual<8>>(law, batch, directions);
      else if (directions.n <= 16)
        run<Pass, Dual<16>>(law, batch, directions);
      else
        run<Pass, Dual<max_reads>>(law, batch, directions);
    }

    /** What a law does at once when a dose is given. */
    template <class UserLaw>
    void run_at_dose(const UserLaw &law, const Dose &dose, const lacuna_batch &batch)
    {
      const Declarations &declared = law;
      double reads[max_reads], after[max_reads];
      Slots<double> slots{reads, nullptr, nullptr, nullptr, nullptr, nullptr,
                          after, nullptr, nullptr, 0,       nullptr, nullptr};
      At<double> at(slots);
      for (unsigned int p = 0; p < batch.n_points; ++p)
      {
        for (int r = 0; r < declared.n_reads; ++r)
          reads[r] = after[r] = batch.reads[r] == nullptr ? NAN : batch.reads[r][p];
        if (batch.failed_point != nullptr)
          *batch.failed_point = p;
        law.at_dose(dose, at);
        for (int r = 0; r < declared.n_reads; ++r)
          if (batch.after[r] != nullptr)
          {
            if (!is_number(after[r]))
              refuse_result("amount after a dose of", declared.read_name[r].characters);
            batch.after[r][p] = after[r];
          }
      }
    }

    inline void copy_text(const char *text, char *target, uint32_t size)
    {
      if (target != nullptr && size > 0)
        std::snprintf(target, size, "%s", text);
    }

    /** Calls an action so that no exception leaves the plugin; 0 on success, else a sentence is in
     * `error`. */
    template <class Action>
    int guarded(const Action &action, char *error, uint32_t error_size)
    {
      try
      {
        action();
        return 0;
      }
      catch (const Refusal &refusal)
      {
        copy_text(refusal.text, error, error_size);
      }
      catch (const RefusedByHost &)
      {
        copy_text("", error, error_size);
      }
      catch (const std::exception &exception)
      {
        copy_text(exception.what(), error, error_size);
      }
      catch (...)
      {
        copy_text(
            "stopped with an exception of unknown type; say what is wrong with lacuna::refuse",
            error, error_size);
      }
      return 1;
    }

    template <class UserLaw>
    void *create(const lacuna_host *offered, char *error, uint32_t error_size)
    {
      UserLaw *law = nullptr;
      host         = offered;
      guarded([&] { law = new UserLaw; }, error, error_size);
      host = nullptr;
      return law;
    }

    template <class UserLaw>
    void destroy(void *law)
    {
      delete static_cast<UserLaw *>(law);
    }

    template <class UserLaw>
    int signals(const void *law, const lacuna_batch *batch)
    {
      return guarded([&] { dispatch<SignalPass>(*static_cast<const UserLaw *>(law), *batch); },
                     batch->error, batch->error_size);
    }

    template <class UserLaw>
    int rates(const void *law, const lacuna_batch *batch)
    {
      return guarded([&] { dispatch<RatePass>(*static_cast<const UserLaw *>(law), *batch); },
                     batch->error, batch->error_size);
    }

    template <class UserLaw>
    int motion(const void *law, const lacuna_batch *batch)
    {
      return guarded([&] { dispatch<MotionPass>(*static_cast<const UserLaw *>(law), *batch); },
                     batch->error, batch->error_size);
    }

    template <class UserLaw>
    int deliver(const void *law, lacuna_dose *dose, char *error, uint32_t error_size)
    {
      return guarded([&] { static_cast<const UserLaw *>(law)->deliver(*dose); }, error, error_size);
    }

    template <class UserLaw>
    int at_dose(const void *law, const lacuna_dose *dose, const lacuna_batch *batch)
    {
      return guarded([&] { run_at_dose(*static_cast<const UserLaw *>(law), *dose, *batch); },
                     batch->error, batch->error_size);
    }

    /** Whether a member function is still the one of lacuna::Law, which does nothing. */
    template <class Derived, class... Arguments>
    constexpr bool is_replaced(void (Law<Derived>::*)(Arguments...) const)
    {
      return false;
    }
    template <class Class, class... Arguments>
    constexpr bool is_replaced(void (Class::*)(Arguments...) const)
    {
      return true;
    }

    template <class UserLaw>
    constexpr auto motion_of()
    {
      return is_replaced(&UserLaw::template motion<double>) ? &motion<UserLaw> : nullptr;
    }
    template <class UserLaw>
    constexpr auto deliver_of()
    {
      return is_replaced(&UserLaw::deliver) ? &deliver<UserLaw> : nullptr;
    }
    template <class UserLaw>
    constexpr auto at_dose_of()
    {
      return is_replaced(&UserLaw::at_dose) ? &at_dose<UserLaw> : nullptr;
    }
  } // namespace detail
} // namespace lacuna
