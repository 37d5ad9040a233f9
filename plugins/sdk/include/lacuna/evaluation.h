// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

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
#define LACUNA_BUILD LACUNA_COMPILER ", C++ " LACUNA_TEXT(__cplusplus) ", optimised"
#else
#define LACUNA_BUILD LACUNA_COMPILER ", C++ " LACUNA_TEXT(__cplusplus) ", not optimised"
#endif

namespace lacuna
{
  namespace detail
  {
    /** Neither infinite nor NaN (std::isfinite would be exported by an unoptimised build). */
    inline bool is_number(double x)
    {
      return x - x == 0;
    }

    /** The slopes of an input are set once per batch, its value at every point. */
    inline void seed(double &, int) {}
    template <int N>
    void seed(Dual<N> &x, int index)
    {
      x = Dual<N>::input(0, index);
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

    /** Says what came out wrong and from what. */
    template <class Number>
    [[noreturn]] void refuse_result(const Declarations &law, const char *what, const char *name,
                                    const Number *reads)
    {
      Refusal refusal;
      const auto size = sizeof(refusal.text);
      auto used =
          std::snprintf(refusal.text, size, "computes no number for the %s '%s' from", what, name);
      for (int r = 0; r < law.n_reads && used < int(size); ++r)
      {
        const char *unit = law.read_unit[r].characters;
        const bool pure  = std::strcmp(unit, "1") == 0;
        used += std::snprintf(refusal.text + used, size - used, "%s %s = %.6g%s%s",
                              r == 0 ? "" : ",", law.read_name[r].characters, value(reads[r]),
                              pure ? "" : " ", pure ? "" : unit);
      }
      throw refusal;
    }

    /** Writes one result of one point; false if it is no number. */
    inline bool store(double result, double *const *values, double *const *, int row, unsigned int,
                      unsigned int point)
    {
      if (values[row] != nullptr)
        values[row][point] = result;
      return is_number(result);
    }

    template <int N>
    bool store(const Dual<N> &result, double *const *values, double *const *slopes, int row,
               unsigned int n_reads, unsigned int point)
    {
      bool fine = store(result.value, values, slopes, row, n_reads, point);
      if (slopes == nullptr)
        return fine;
      for (unsigned int c = 0; c < n_reads; ++c)
      {
        if (double *slope = slopes[row * n_reads + c])
          slope[point] = result.slope[c];
        fine &= is_number(result.slope[c]);
      }
      return fine;
    }

    enum class Pass
    {
      signals,
      rates
    };

    template <class Number>
    void store_signals(const Declarations &law, const lacuna_batch &batch, const Number *reads,
                       const Number *signal, unsigned int p)
    {
      for (int k = 0; k < law.n_signals; ++k)
        if (!store(signal[k], batch.signal, batch.d_signal, k, law.n_reads, p))
          refuse_result(law, "signal", law.signal_name[k].characters, reads);
    }

    template <class Number>
    void store_rates(const Declarations &law, const lacuna_batch &batch, const Number *reads,
                     const Number *gain, const Number *loss, unsigned int p)
    {
      for (int r = 0; r < law.n_reads; ++r)
        if (law.changes[r])
        {
          if (!store(gain[r], batch.gain, batch.d_gain, r, law.n_reads, p))
            refuse_result(law, "gain of", law.read_name[r].characters, reads);
          if (!store(loss[r], batch.loss, batch.d_loss, r, law.n_reads, p))
            refuse_result(law, "loss of", law.read_name[r].characters, reads);
        }
    }

    /** Runs a law over a batch with numbers that carry up to `capacity` derivatives. */
    template <class Number, int capacity, class UserLaw>
    void run(const UserLaw &law, const lacuna_batch &batch, Pass pass)
    {
      const Declarations &declared = law; // the law's members may bear any name
      Number reads[capacity], gain[capacity], loss[capacity], signal[max_signals];
      At<Number> at(reads, gain, loss, signal);
      for (int r = 0; r < declared.n_reads; ++r)
        seed(reads[r], r);
      for (unsigned int p = 0; p < batch.n_points; ++p)
      {
        for (int r = 0; r < declared.n_reads; ++r)
          set_value(reads[r], batch.reads[r] == nullptr ? NAN : batch.reads[r][p]);
        if (pass == Pass::signals)
        {
          for (int k = 0; k < declared.n_signals; ++k)
            signal[k] = declared.neutral[k];
          law.signals(at);
          store_signals(declared, batch, reads, signal, p);
        }
        else
        {
          for (int r = 0; r < declared.n_reads; ++r)
            if (declared.changes[r])
              gain[r] = loss[r] = 0.;
          law.rates(at);
          store_rates(declared, batch, reads, gain, loss, p);
        }
      }
    }

    /** Chooses the smallest number type that holds the derivatives asked for. */
    template <class UserLaw>
    void dispatch(const UserLaw &law, const lacuna_batch &batch, Pass pass)
    {
      const int n_reads = static_cast<const Declarations &>(law).n_reads;
      if (int(batch.n_reads) != n_reads)
        refuse("declared %d reads but was handed %u", n_reads, batch.n_reads);
      const bool derivatives = pass == Pass::signals
                                   ? batch.d_signal != nullptr
                                   : batch.d_gain != nullptr || batch.d_loss != nullptr;
      if (!derivatives)
        run<double, max_reads>(law, batch, pass);
      else if (n_reads <= 4)
        run<Dual<4>, 4>(law, batch, pass);
      else if (n_reads <= 8)
        run<Dual<8>, 8>(law, batch, pass);
      else if (n_reads <= 16)
        run<Dual<16>, 16>(law, batch, pass);
      else
        run<Dual<max_reads>, max_reads>(law, batch, pass);
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
        copy_text("stopped with an exception of unknown type", error, error_size);
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
      return guarded([&] { dispatch(*static_cast<const UserLaw *>(law), *batch, Pass::signals); },
                     batch->error, batch->error_size);
    }

    template <class UserLaw>
    int rates(const void *law, const lacuna_batch *batch)
    {
      return guarded([&] { dispatch(*static_cast<const UserLaw *>(law), *batch, Pass::rates); },
                     batch->error, batch->error_size);
    }
  } // namespace detail
} // namespace lacuna
