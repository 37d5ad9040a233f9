// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// What a law costs: nanoseconds per point in batches of 256 points, with and without derivatives by
// the state, for every law that is found beside this program; and the seconds that an author waits
// for the compiler.
//
//   ninja bench_laws && bin/bench_laws

#include "laws/law_samples.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace
{
  using namespace lacuna;
  namespace fs = std::filesystem;

  constexpr unsigned int n_points = 256;

  /** What laws that do not run with their defaults need. */
  LawValues needed_values(const std::string &name)
  {
    if (name == "kinetics")
      return {{{"Rate per cell", 60}, {"Half saturation", 0.05}},
              {{"Substance", "glucose"}, {"Population", "NP cells"}}};
    if (name == "gerozyme")
      return {{{"Turnover rate", 0.1}}, {}};
    return {};
  }

  void evaluate(benchmark::State &state, const std::string &name, bool with_derivatives)
  {
    std::unique_ptr<Law> law;
    try
    {
      law = LawLibrary::load(name)->create("", needed_values(name));
    }
    catch (const UserError &error)
    {
      state.SkipWithError(error.what());
      return;
    }
    const auto points = sample_points(*law, sample_ranges(*law));
    std::vector<LawPoint> batch;
    for (unsigned int p = 0; p < n_points; ++p)
      batch.push_back(points[p % points.size()]);
    LawEvaluation all(*law, batch, with_derivatives ? state_reads(*law) : std::vector<bool>());
    for (auto _ : state)
      all.run();
    state.counters["per_point"] =
        benchmark::Counter(double(n_points), benchmark::Counter::kIsIterationInvariantRate |
                                                 benchmark::Counter::kInvert);
  }

  /** The law that `lacuna plugin new` writes, as an author compiles it. */
  void compile(benchmark::State &state, const std::string &compiler)
  {
    const std::string sdk     = LACUNA_SOURCE_DIR "/plugins/sdk/";
    const fs::path result     = fs::temp_directory_path() / "lacuna-benchmark-law.so";
    const std::string command = compiler + " -std=c++17 -O3 -shared -fPIC -I" + sdk + "include " +
                                sdk + "template/new-law.cc -o " + result.string();
    for (auto _ : state)
      if (std::system(command.c_str()) != 0)
        state.SkipWithError("the compiler fails");
    fs::remove(result);
  }

  std::set<std::string> names_of_laws()
  {
    std::set<std::string> names;
    for (const auto &folder : LawLibrary::search_path(std::nullopt))
    {
      std::error_code ignored;
      for (const auto &entry : fs::directory_iterator(folder, ignored))
        if (entry.path().extension() == ".so")
          names.insert(entry.path().stem());
    }
    return names;
  }

  void register_laws()
  {
    for (const std::string &name : names_of_laws())
      for (const bool with_derivatives : {false, true})
        benchmark::RegisterBenchmark(
            (name + (with_derivatives ? "/derivatives" : "/values")).c_str(), &evaluate, name,
            with_derivatives);
  }
} // namespace

int main(int argc, char **argv)
{
  register_laws();
  for (const std::string compiler : {"g++", "clang++"})
    benchmark::RegisterBenchmark(("compile/" + compiler).c_str(), &compile, compiler)
        ->Unit(benchmark::kMillisecond)
        ->MeasureProcessCPUTime()
        ->UseRealTime();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
