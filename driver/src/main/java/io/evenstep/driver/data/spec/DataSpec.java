package io.evenstep.driver.data.spec;

import io.evenstep.model.data.Leniency;
import io.evenstep.model.data.Unseen;
import java.util.List;
import java.util.Optional;

/**
 * What a job file says of its data.
 *
 * @param train rows to train on, and to take the fractions from
 * @param validation a source of its own, in place of a fraction
 * @param test a source of its own, in place of a fraction
 * @param validationFraction of the rows of {@code train}, 0 to below 1
 * @param testFraction of the rows of {@code train}, 0 to below 1
 * @param splitSeed what decides which row goes where
 * @param features empty for every column that is not a label
 * @param labels label columns; empty for {@code label}, or the last column of a headerless CSV
 * @param weight column with a factor of each row's loss in training
 * @param task whether a label is a class or a number
 * @param classes the classes in order; empty to learn them, sorted, from the training rows
 * @param shape of one row of features as the network takes it; empty for that of the one image,
 *     [columns, steps] of sequences of one length, else [number of features]
 * @param normalize how numbers are brought to scale
 * @param missing what to do with an empty or null value
 * @param fill the value {@code Missing.FILL} puts there
 * @param inputs in place of {@code features} and {@code shape}, where the network has several; else
 *     empty
 * @param outputs in place of {@code labels}, {@code task} and {@code classes}, where the network
 *     has several; else empty
 * @param unseen what to do with a category that no training row has
 * @param absent texts that stand for no value, besides blank ones
 * @param labelRule what holds for labels
 * @param split how rows are chosen where fractions are
 */
public record DataSpec(
    SourceSpec train,
    Optional<SourceSpec> validation,
    Optional<SourceSpec> test,
    double validationFraction,
    double testFraction,
    long splitSeed,
    List<ColumnSpec> features,
    List<String> labels,
    Optional<String> weight,
    Task task,
    List<String> classes,
    List<Long> shape,
    List<InputSpec> inputs,
    List<OutputSpec> outputs,
    Normalization normalize,
    Missing missing,
    double fill,
    Unseen unseen,
    List<String> absent,
    LabelRule labelRule,
    SplitSpec split) {

  /** Copies the lists. */
  public DataSpec {
    features = List.copyOf(features);
    labels = List.copyOf(labels);
    classes = List.copyOf(classes);
    shape = List.copyOf(shape);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    absent = List.copyOf(absent);
  }

  /** Data whose labels and splits are the usual ones. */
  public DataSpec(
      SourceSpec train,
      Optional<SourceSpec> validation,
      Optional<SourceSpec> test,
      double validationFraction,
      double testFraction,
      long splitSeed,
      List<ColumnSpec> features,
      List<String> labels,
      Optional<String> weight,
      Task task,
      List<String> classes,
      List<Long> shape,
      List<InputSpec> inputs,
      List<OutputSpec> outputs,
      Normalization normalize,
      Missing missing,
      double fill,
      Unseen unseen) {
    this(
        train,
        validation,
        test,
        validationFraction,
        testFraction,
        splitSeed,
        features,
        labels,
        weight,
        task,
        classes,
        shape,
        inputs,
        outputs,
        normalize,
        missing,
        fill,
        unseen,
        List.of(),
        LabelRule.PLAIN,
        SplitSpec.RANDOM);
  }

  /** What becomes of rows that lack a value, or have one that no training row has. */
  public Leniency leniency() {
    return new Leniency(missing.kept(), (float) fill, unseen);
  }

  /** Whether labels are classes or numbers. */
  public enum Task {
    CLASSIFICATION,
    REGRESSION
  }

  /** {@code SCALE} divides bytes and images by 255 and other columns by their largest magnitude. */
  public enum Normalization {
    NONE,
    STANDARD,
    MIN_MAX,
    SCALE
  }

  /** What happens to a row with a missing value. */
  public enum Missing {
    REFUSE,
    DROP,
    FILL,
    /** The mean of the training rows takes its place; for a category, a category of its own. */
    MEAN,
    /** The median of the training rows takes its place; for a category, a category of its own. */
    MEDIAN;

    /** What an encoding keeps of it, besides what is filled in. */
    public io.evenstep.model.data.Missing kept() {
      return switch (this) {
        case REFUSE -> io.evenstep.model.data.Missing.REFUSE;
        case DROP -> io.evenstep.model.data.Missing.DROP;
        case FILL, MEAN, MEDIAN -> io.evenstep.model.data.Missing.FILL;
      };
    }
  }
}
