package io.evenstep.model.augment.pixel;

/** Rules for the parameters of augmentations. */
public final class AugmentationRules {
  private AugmentationRules() {}

  public static void probability(double probability) {
    require(probability >= 0 && probability <= 1, "probability", "from 0 to 1", probability);
  }

  public static void atLeast(String name, double value, double least) {
    require(value >= least && Double.isFinite(value), name, "at least " + least, value);
  }

  public static void below(String name, double value, double limit) {
    atLeast(name, value, 0);
    require(value < limit, name, "below " + limit, value);
  }

  public static void above(String name, double value, double limit) {
    require(value > limit && Double.isFinite(value), name, "above " + limit, value);
  }

  private static void require(boolean holds, String name, String rule, double value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": must be " + rule + ", got " + value);
    }
  }
}
