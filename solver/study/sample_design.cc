// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/sample_design.h"

#include "config/quantity.h"

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/sobol.hpp>
#include <boost/random/uniform_01.hpp>
#include <boost/random/uniform_int_distribution.hpp>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace lacuna
{
  namespace
  {
    using Points    = std::vector<std::vector<double>>;
    using Generator = boost::random::mt19937_64; // its distributions are the same everywhere

    Points latin_hypercube(unsigned int n, unsigned int dimensions, Generator &generator)
    {
      Points points(n, std::vector<double>(dimensions));
      boost::random::uniform_01<double> uniform;
      for (unsigned int d = 0; d < dimensions; ++d)
      {
        std::vector<unsigned int> slice(n);
        for (unsigned int k = 0; k < n; ++k)
          slice[k] = k;
        for (unsigned int k = n - 1; k > 0; --k)
          std::swap(slice[k],
                    slice[boost::random::uniform_int_distribution<unsigned int>(0, k)(generator)]);
        for (unsigned int k = 0; k < n; ++k)
          points[k][d] = (slice[k] + uniform(generator)) / n;
      }
      return points;
    }

    Points sobol(unsigned int n, unsigned int dimensions, Generator &generator)
    {
      boost::random::uniform_01<double> uniform;
      std::vector<double> shift(dimensions);
      for (double &s : shift)
        s = uniform(generator);
      boost::random::sobol sequence(dimensions);
      const double scale = 1. / (double(boost::random::sobol::max()) + 1);
      Points points(n, std::vector<double>(dimensions));
      for (auto &point : points)
        for (unsigned int d = 0; d < dimensions; ++d)
        {
          const double shifted = double(sequence()) * scale + shift[d];
          point[d]             = shifted - std::floor(shifted);
        }
      return points;
    }

    Points saltelli(unsigned int n, unsigned int dimensions, Generator &generator)
    {
      const Points both = sobol(n, 2 * dimensions, generator);
      Points points;
      for (const unsigned int first : {0u, dimensions})
        for (const auto &row : both)
          points.emplace_back(row.begin() + first, row.begin() + first + dimensions);
      for (unsigned int d = 0; d < dimensions; ++d)
        for (unsigned int k = 0; k < n; ++k)
        {
          points.push_back(points[k]);
          points.back()[d] = points[n + k][d];
        }
      return points;
    }
  } // namespace

  Points sample_unit_cube(SamplingMethod method, unsigned int n, unsigned int dimensions,
                          std::uint64_t seed)
  {
    Generator generator(seed);
    switch (method)
    {
    case SamplingMethod::latin_hypercube:
      return latin_hypercube(n, dimensions, generator);
    case SamplingMethod::sobol:
      return sobol(n, dimensions, generator);
    case SamplingMethod::saltelli:
      return saltelli(n, dimensions, generator);
    case SamplingMethod::grid:
      break;
    }
    return {};
  }

  std::string value_in(const Axis &range, double fraction)
  {
    const double value = range.logarithmic
                             ? range.minimum * std::pow(range.maximum / range.minimum, fraction)
                             : range.minimum + fraction * (range.maximum - range.minimum);
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value); // more digits would only be hard to read
    return shortest(std::strtod(text, nullptr)) + (range.unit == "1" ? "" : " " + range.unit);
  }
} // namespace lacuna
