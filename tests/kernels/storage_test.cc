// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause

// Where values lie in a field, and what the nodes store.

#include <gmock/gmock.h>

#include "kernels/kernel_case.h"

using namespace lacuna;
using testing::ElementsAre;

namespace
{
  constexpr double soft = 2e-3 * 0.5e-3 * 0.5e-3, firm = soft / 2; // m^3
}

TEST(Field, KeepsTheSpeciesOfAnEntityTogether)
{
  NodeField field(3, 2);
  EXPECT_EQ(field.size(), 6u);
  EXPECT_THAT(std::vector<double>(field.begin(), field.end()), ElementsAre(0, 0, 0, 0, 0, 0));
  for_each_value(field, [&](std::size_t node, unsigned int s) { field(node, s) = 10 * node + s; });
  EXPECT_THAT(std::vector<double>(field.begin(), field.end()), ElementsAre(0, 1, 10, 11, 20, 21));
  EXPECT_EQ(field.at(1)[1], 11);
}

TEST(Field, AViewSeesTheValuesOfItsField)
{
  NodeField field(3, 2);
  const NodeView view = field;
  view(2, 1)          = 7;
  EXPECT_EQ(field(2, 1), 7);
  const ConstNodeView last = ConstNodeView(view).part(1, 2);
  EXPECT_EQ(last.n_entities(), 2u);
  EXPECT_EQ(last(1, 1), 7);
  view.fill(3);
  EXPECT_THAT(std::vector<double>(field.begin(), field.end()), ElementsAre(3, 3, 3, 3, 3, 3));
}

TEST(Field, ResizingClearsAndCopyingCopies)
{
  NodeField field(1, 2);
  field(0, 1)    = 5;
  NodeField copy = field;
  copy(0, 1)     = 6;
  EXPECT_EQ(field(0, 1), 5);
  field.resize(2, 1);
  EXPECT_THAT(std::vector<double>(field.begin(), field.end()), ElementsAre(0, 0));
}

TEST(NodeBlocks, HoldAMatrixByRowsAtEveryNode)
{
  NodeBlocks blocks(2, 3);
  blocks(1, 2, 0) = 4;
  EXPECT_EQ(blocks.row(1, 2)[0], 4);
  EXPECT_EQ(blocks.row(1, 2), blocks.row(0, 0) + 9 + 6);
  EXPECT_EQ(blocks(1, 0, 2), 0);
  blocks.fill(0);
  EXPECT_EQ(blocks(1, 2, 0), 0);
}

TEST(Storage, AConstantFieldHoldsVolumeTimesShare)
{
  const KernelCase bar;
  const std::vector<double> amounts = bar.model.storage.amounts(bar.given());
  ASSERT_EQ(amounts.size(), 2u);
  EXPECT_NEAR(amounts[0] / (4 * (0.8 * soft + 0.6 * firm)), 1, 1e-13);
  EXPECT_NEAR(amounts[1] / (1 * (0.8 * soft + 0.6 * firm)), 1, 1e-13);
}

TEST(Storage, ABalancePerTissueVolumeForgetsThePorosity)
{
  const KernelCase bar({"Tissue/Solute balance=tissue"});
  EXPECT_NEAR(bar.model.storage.amounts(bar.given())[0] / (4 * (soft + firm)), 1, 1e-13);
  EXPECT_NEAR(bar.level.volume / (soft + firm), 1, 1e-13);
}

TEST(Storage, ANodeOnTheInterfaceStoresWhatItsPointsDo)
{
  const KernelCase bar;
  unsigned int on_interface = 0;
  for (unsigned int node = 0; node < bar.layout.n_nodes; ++node)
  {
    const unsigned int first = bar.layout.node_begin[node], last = bar.layout.node_begin[node + 1];
    double sum = 0;
    for (unsigned int p = first; p < last; ++p)
    {
      const double porosity = bar.layout.point_region[p] == 0 ? 0.8 : 0.6;
      EXPECT_DOUBLE_EQ(bar.model.storage.at_point(p, 0), porosity * bar.layout.point_weight[p]);
      sum += bar.model.storage.at_point(p, 0);
    }
    EXPECT_DOUBLE_EQ(bar.model.storage(node, 0), sum);
    on_interface += last - first == 2;
  }
  EXPECT_EQ(on_interface, 4u); // the corners of the bar's section
}
