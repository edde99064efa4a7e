package io.evenstep.model.catalog;

import io.evenstep.model.Problem;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;

/** Weight initialisations by name. */
public final class WeightInits {
  private static final Catalogue<WeightInit> ALL =
      new Catalogue<WeightInit>()
          .add(Entry.of("xavier", "normal, variance 2 / (in + out)"), WeightInit.XAVIER)
          .add(Entry.of("xavierUniform", "uniform, the same variance"), WeightInit.XAVIER_UNIFORM)
          .add(Entry.of("xavierFanIn", "normal, variance 1 / in"), WeightInit.XAVIER_FAN_IN)
          .add(Entry.of("he", "normal, variance 2 / in, for relu"), WeightInit.RELU)
          .add(Entry.of("heUniform", "uniform, the same variance"), WeightInit.RELU_UNIFORM)
          .add(Entry.of("lecun", "normal, variance 1 / in, for selu"), WeightInit.LECUN_NORMAL)
          .add(Entry.of("lecunUniform", "uniform, the same variance"), WeightInit.LECUN_UNIFORM)
          .add(
              Entry.of("normal", "normal, variance 1 / in; normal(0.01) has the deviation 0.01"),
              WeightInit.NORMAL)
          .add(Entry.of("uniform", "uniform within 1 / sqrt(in)"), WeightInit.UNIFORM)
          .add(Entry.of("sigmoidUniform", "uniform, for sigmoid"), WeightInit.SIGMOID_UNIFORM)
          .add(
              Entry.of("truncatedFanIn", "truncated normal, variance 1 / in"),
              WeightInit.VAR_SCALING_NORMAL_FAN_IN)
          .add(
              Entry.of("truncatedFanOut", "truncated normal, variance 1 / out"),
              WeightInit.VAR_SCALING_NORMAL_FAN_OUT)
          .add(
              Entry.of("truncatedFanAverage", "truncated normal, variance 2 / (in + out)"),
              WeightInit.VAR_SCALING_NORMAL_FAN_AVG)
          .add(
              Entry.of("uniformFanIn", "uniform, variance 1 / in"),
              WeightInit.VAR_SCALING_UNIFORM_FAN_IN)
          .add(
              Entry.of("uniformFanOut", "uniform, variance 1 / out"),
              WeightInit.VAR_SCALING_UNIFORM_FAN_OUT)
          .add(
              Entry.of("uniformFanAverage", "uniform, variance 2 / (in + out)"),
              WeightInit.VAR_SCALING_UNIFORM_FAN_AVG)
          .add(Entry.of("zero", "all 0"), WeightInit.ZERO)
          .add(Entry.of("one", "all 1"), WeightInit.ONES);

  private static final NumberedCatalogue<IWeightInit> NUMBERED =
      new NumberedCatalogue<IWeightInit>()
          .add(
              "normal",
              Rule.ABOVE_ZERO,
              deviation -> new WeightInitDistribution(new NormalDistribution(0, deviation)));

  private WeightInits() {}

  /** All names. */
  public static List<String> names() {
    return ALL.names();
  }

  /** All entries, for the reference page. */
  public static List<Entry> entries() {
    return ALL.entries();
  }

  /** What is wrong with a name found under {@code key}; empty when it is known. */
  public static Optional<Problem> check(String key, String name) {
    return NUMBERED.check(key, name, ALL);
  }

  /** DL4J's initialisation; the name must be known. */
  public static IWeightInit create(String name) {
    return NUMBERED.create(name).orElseGet(() -> ALL.maker(name).getWeightInitFunction());
  }
}
