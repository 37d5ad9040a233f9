#include <lacuna/law.h>

// One sentence on what this law models; the equation is in README.md.

struct NewLaw : lacuna::Law<NewLaw>
{
  // What the parameter file may set: name, default, unit, meaning with its source, bounds.
  Text population_name = text("Population", "NP cells", "Whose death this is.");
  Parameter death_rate =
      parameter("Death rate", 0.5, "1/d", "First-order rate without glucose. [assumed]", 0, 100);
  Parameter half_glucose = parameter(
      "Half glucose", 0.5, "mM", "Glucose at which half of that rate acts. [assumed]", 1e-3, 10);

  // What the law reads and changes, in the units of your choice.
  Field glucose = field("glucose", "mM");
  Species cells = population(population_name, "1/mL");

  // What happens at one point, per tissue volume and per day (the time unit named below).
  template <class Number>
  void rates(At<Number> &at) const
  {
    const Number fed = lacuna::saturation(at[glucose], half_glucose);
    at.rate(cells) -= death_rate * (1. - fed) * at[cells];
  }
};

LACUNA_LAW(NewLaw, "new-law", "0.1.0", "d", "First-order death of cells without glucose.")
