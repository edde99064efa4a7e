package io.evenstep.model.engine;

import java.util.Locale;

/** In which numbers the products of a training step are computed. Sums are always float32. */
public enum Precision {
  /** Products of float32. */
  FLOAT32,
  /** Products of bfloat16, by instructions of the processor, which must have them. */
  BFLOAT16,
  /**
   * Products of numbers that were rounded to bfloat16, computed in float32: what a processor with
   * bfloat16 would compute, up to the order of sums, and slower than float32.
   */
  BFLOAT16_EMULATED;

  /** The job's key that chooses it. */
  public static final String KEY = "training.precision";

  /** As a job spells it, such as {@code bfloat16-emulated}. */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the factors of products are rounded to bfloat16. */
  public boolean rounds() {
    return this != FLOAT32;
  }
}
