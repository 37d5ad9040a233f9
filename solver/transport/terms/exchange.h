// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/boundary.h"
#include "transport/term.h"

namespace lacuna
{
  /** Exchange and flux through the faces that fix no value, lumped at nodes with the node's share A
   * of the face: F_is = A h (c_outside - c_is), or A times the given flux. */
  class Exchange : public Term
  {
  public:
    explicit Exchange(const Boundary &boundary_) : boundary(boundary_) {}

    void add_rate(const Equation &equation, Evaluation &result, Memory *memory) const override;

  private:
    const Boundary &boundary;
  };
} // namespace lacuna
