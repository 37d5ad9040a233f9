// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
#include <lacuna/law.h>

// Two master regulators of a progenitor that hold themselves up and each other down, and the two
// fates to which they commit it; see README.md.

struct FateSwitch : lacuna::Law<FateSwitch>
{
  // Who takes part.
  Text progenitor_name = text("Progenitors", "BMSC", "The population that chooses its fate.");
  Text bone_name =
      text("Osteoblasts", "", "The population to which progenitors of high x commit; empty: none.");
  Text fat_name = text("Adipocytes", "",
                       "The population to which progenitors of high y commit; for a switch "
                       "between bone and cartilage the chondrocytes; empty: none.");
  Text x_name   = text("Species x", "Runx2", "Name of the regulator of bone in one progenitor.");
  Text y_name = text("Species y", "PPAR-gamma", "Name of the regulator of fat in one progenitor.");
  Text z_name = text("Species z", "",
                     "Name of a third stage, such as 'Osterix', which bone needs to mature; empty: "
                     "none.");

  // The switch.
  Parameter rate =
      parameter("Switching rate", 1, "1/d", "Turnover of x and y. [assumed]", 1e-6, 100);
  Parameter self = parameter("Self-activation", 0.8, "1",
                             "Largest production by the regulator itself; above about 0.77 the "
                             "undecided state is stable. [assumed]",
                             0, 10);
  Parameter basal =
      parameter("Basal production", 1, "1", "Without the other regulator. [assumed]", 0, 10);
  Parameter half = parameter("Half effect", 0.5, "1", "Of either regulator. [assumed]", 1e-3, 100);
  Parameter exponent = parameter("Hill exponent", 3, "1", "Of either regulator. [assumed]", 1, 10);
  Parameter initial  = parameter("Initial x and y", 0.8353, "1",
                                 "The undecided state of equal inputs. [computed]", 0, 100);
  Parameter third_rate =
      parameter("Third-stage production", 1, "1", "Of z by x. [assumed]", 0, 100);
  Parameter third_input =
      parameter("Osterix", 1, "1", "Input to z; 0: knocked out. [assumed]", 0, 10);

  // What drives it: inputs are doses, 1 where they saturate; weights of all inputs are assumed.
  Parameter bmp2     = input("BMP2", "Drives bone.");
  Parameter wnt      = input("Wnt", "Drives bone; falls with age.");
  Parameter hedgehog = input("Hedgehog", "Drives bone.");
  Parameter oxy133   = input("Oxy133", "Drives bone.");
  Parameter bmp4     = input("BMP4", "Alone, drives fat.");
  Parameter ageing =
      input("Ageing", "Of the progenitors' bone marrow, 0 young and 1 old: drives fat.");
  Parameter mirna_fat =
      input("Pro-adipogenic microRNA", "miR-188, 204, 637, 705, 3077-5p, 21: drives fat.");
  Parameter mirna_27b  = input("miR-27b", "Against PPAR-gamma: restrains fat.");
  Parameter mirna_both = input("miR-335 and miR-138", "Slow both fates down.");
  Parameter kdm5a      = input("KDM5A", "Rises in osteoporosis: lowers bone.");
  Parameter notch      = input("Notch", "Holds the undecided state, and takes from Wnt.");
  Parameter kdm4b =
      parameter("KDM4B and KDM6B", 1, "1", "Needed for bone; 0: knocked out. [review]", 0, 1);

  Parameter w_bmp2 = weight("BMP2"), w_wnt = weight("Wnt"), w_hedgehog = weight("Hedgehog"),
            w_oxy133 = weight("Oxy133"), w_bmp4 = weight("BMP4"), w_ageing = weight("ageing"),
            w_fat = weight("pro-adipogenic microRNA"), w_27b = weight("miR-27b"),
            w_both = weight("miR-335 and miR-138"), w_kdm5a = weight("KDM5A"),
            w_notch = weight("Notch");
  Parameter w_inflammation =
      parameter("Weight of inflammation", 0.6, "1",
                "Loss of the drive to bone in full inflammation. [assumed]", 0, 1);

  // Pulsed electromagnetic field.
  Parameter frequency =
      parameter("Field frequency", 15, "Hz", "Of the electromagnetic field.", 1e-3, 1e6);
  Parameter flux =
      parameter("Field strength", 0, "mT", "Of the electromagnetic field; 0: none.", 0, 1e3);
  Parameter field_gain =
      parameter("Field gain", 0.5, "1", "Largest gain of the drive to bone. [assumed]", 0, 10);
  Parameter best_frequency =
      parameter("Best frequency", 15, "Hz", "12 and 15 Hz helped. [review]", 1e-3, 1e6);
  Parameter window =
      parameter("Frequency window", 0.6, "1",
                "Standard deviation of the logarithm of the frequency. [assumed]", 1e-2, 10);
  Parameter half_flux = parameter("Half field strength", 0.5, "mT", "[assumed]", 1e-3, 1e3);

  // Commitment.
  Parameter commitment =
      parameter("Commitment rate", NAN, "1/d",
                "Of decided progenitors; no source gives it, so it must be given "
                "with Osteoblasts or Adipocytes.",
                0, 100, "none");
  Parameter decision  = parameter("Decision threshold", 0.5, "1",
                                  "Lead of one regulator over the other. [assumed]", 0, 10);
  Parameter sharpness = parameter("Decision width", 0.05, "1",
                                  "Over which that threshold is smoothed. [assumed]", 1e-3, 1);

  bool has_bone  = !bone_name.empty();
  bool has_fat   = !fat_name.empty();
  bool has_third = !z_name.empty();
  bool commits   = has_bone || has_fat;

  // All inputs but inflammation are constant.
  double drive_to_bone = checked_drive_to_bone();
  double drive_to_fat  = checked_drive_to_fat();
  double held          = self * (1 + w_notch * notch);
  double slowed        = 1 / (1 + w_both * mirna_both);

  Species x = species_per_cell(x_name, "1", progenitor_name, "Regulator of bone.", initial);
  Species y = species_per_cell(y_name, "1", progenitor_name, "Regulator of fat.", initial);
  Species z =
      has_third ? species_per_cell(z_name, "1", progenitor_name, "Maturation to bone.") : Species();
  Species progenitors = commits ? population(progenitor_name, "1/mL") : Species();
  Species bone        = has_bone ? population(bone_name, "1/mL") : Species();
  Species fat         = has_fat ? population(fat_name, "1/mL") : Species();

  Field inflammation = use("inflammation", progenitor_name, sum);
  Field gain         = use("NF-kB gain", progenitor_name, product);

  template <class Number>
  void rates(At<Number> &at) const
  {
    const Number inflamed = lacuna::min(at[inflammation] * at[gain], 1.); // no gain exceeds all
    const Number to_bone  = drive_to_bone * (1 - w_inflammation * inflamed);
    regulate(at, x, y, to_bone);
    regulate(at, y, x, Number(drive_to_fat));
    if (has_third)
    {
      const Number excess = at[x] / blocking;
      at.rate(z) += rate * slowed * third_rate * third_input * at[x] / (1 + excess * excess);
      at.rate(z) -= rate * slowed * at[z];
    }
    if (has_bone)
      commit(at, bone, at[x] - at[y]);
    if (has_fat)
      commit(at, fat, at[y] - at[x]);
  }

private:
  // Runx2 starts the late stage and in excess of this, in the unit of x, blocks it. [assumed]
  static constexpr double blocking = 2;

  Parameter input(const char *name, const char *meaning)
  {
    char sentence[256];
    std::snprintf(sentence, sizeof(sentence), "%s A dose, 1 where it saturates. [review]", meaning);
    return parameter(name, 0, "1", sentence, 0, 1);
  }
  Parameter weight(const char *name)
  {
    char title[64];
    std::snprintf(title, sizeof(title), "Weight of %s", name);
    return parameter(title, 1, "1", "Effect of a saturating dose. [assumed]", 0, 10);
  }

  double checked_drive_to_bone() const
  {
    const double ratio    = std::log(frequency / best_frequency) / window;
    const double strength = field_gain * std::exp(-0.5 * ratio * ratio) * flux / (flux + half_flux);
    const double free_wnt = lacuna::max(wnt - w_notch * notch, 0.);
    return (1 + w_bmp2 * bmp2 + w_wnt * free_wnt + w_hedgehog * hedgehog + w_oxy133 * oxy133) *
           (1 + strength) * kdm4b / (1 + w_kdm5a * kdm5a);
  }

  double checked_drive_to_fat() const
  {
    const double drive =
        1 + w_bmp4 * bmp4 + w_ageing * ageing + w_fat * mirna_fat - w_27b * mirna_27b;
    if (drive < 0)
      lacuna::refuse("has a drive to fat of %g, below zero; lower 'miR-27b' or its weight.", drive);
    if (commits && !commitment.given())
      lacuna::refuse(
          "needs a 'Commitment rate': no source says how fast decided progenitors leave.");
    return drive;
  }

  /** Production by itself and by its drive, which the other regulator holds down, against decay. */
  template <class Number>
  void regulate(At<Number> &at, const Species &one, const Species &other, const Number &drive) const
  {
    const Number own = power(at[one]), against = power(at[other]);
    at.rate(one) += rate * slowed * (held * own / (1 + own) + basal * drive / (1 + against));
    at.rate(one) -= rate * slowed * at[one];
  }

  template <class Number>
  Number power(const Number &regulator) const
  {
    return lacuna::pow(lacuna::positive_part(regulator) / half, exponent);
  }

  template <class Number>
  void commit(At<Number> &at, const Species &fate, const Number &lead) const
  {
    const Number leaving =
        commitment * slowed * lacuna::smooth_step(lead - decision, sharpness) * at[progenitors];
    at.becomes(progenitors, fate, leaving);
  }
};

LACUNA_LAW(FateSwitch, "fate-switch", "1.0.0", "d",
           "Two regulators that decide whether a progenitor becomes bone or fat, with the signals "
           "and fields that push them.")
