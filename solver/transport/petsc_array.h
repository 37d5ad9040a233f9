// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "transport/petsc_check.h"

#include <petscvec.h>

namespace lacuna
{
  /** The owned entries of a PETSc vector, for reading, as long as this object lives. */
  class ReadArray
  {
  public:
    explicit ReadArray(Vec vector_) : vector(vector_) { petsc(VecGetArrayRead(vector, &entries)); }
    ~ReadArray() { VecRestoreArrayRead(vector, &entries); }
    ReadArray(const ReadArray &)            = delete;
    ReadArray &operator=(const ReadArray &) = delete;
    operator const PetscScalar *() const { return entries; }

  private:
    Vec vector;
    const PetscScalar *entries;
  };

  /** The owned entries of a PETSc vector, for writing, as long as this object lives. */
  class WriteArray
  {
  public:
    explicit WriteArray(Vec vector_) : vector(vector_) { petsc(VecGetArray(vector, &entries)); }
    ~WriteArray() { VecRestoreArray(vector, &entries); }
    WriteArray(const WriteArray &)            = delete;
    WriteArray &operator=(const WriteArray &) = delete;
    operator PetscScalar *() const { return entries; }

  private:
    Vec vector;
    PetscScalar *entries;
  };
} // namespace lacuna
