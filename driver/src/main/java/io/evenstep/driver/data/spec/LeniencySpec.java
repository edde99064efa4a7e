package io.evenstep.driver.data.spec;

import io.evenstep.model.data.Leniency;
import io.evenstep.model.data.Unseen;
import java.util.List;

/**
 * What to do with cells without a value, or with one that no training row has.
 *
 * @param missing what to do with an empty or null value
 * @param fill the value {@code Missing.FILL} puts there
 * @param unseen what to do with a category that no training row has
 * @param absent texts that stand for no value, besides blank ones
 */
public record LeniencySpec(
    DataSpec.Missing missing, double fill, Unseen unseen, List<String> absent) {
  /** Copies the list. */
  public LeniencySpec {
    absent = List.copyOf(absent);
  }

  /** What an encoding keeps of it. */
  public Leniency kept() {
    return new Leniency(missing.kept(), (float) fill, unseen);
  }
}
