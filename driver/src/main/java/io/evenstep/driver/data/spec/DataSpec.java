package io.evenstep.driver.data.spec;

import io.evenstep.model.data.Leniency;
import io.evenstep.model.data.Unseen;
import java.util.List;
import java.util.Optional;

/**
 * The description of the data in a job file.
 *
 * @param train training rows, from which fractions are held out
 * @param validation a separate source, instead of a fraction
 * @param test a separate source, instead of a fraction
 * @param validationFraction of the rows of {@code train}, 0 to below 1
 * @param testFraction of the rows of {@code train}, 0 to below 1
 * @param splitSeed seed of the split
 * @param features empty for every column that is not a label
 * @param labels label columns; empty for {@code label}, or the last column of a headerless CSV
 * @param weight column with the weight of each row's loss in training
 * @param task whether a label is a class or a number
 * @param classes the classes in order; empty for those of the training rows, sorted
 * @param shape of one row at the network's input; empty for the shape of a single image, [columns,
 *     steps] for sequences of one length, else [number of features]
 * @param normalize how numbers are scaled
 * @param missing what to do with an empty or null value
 * @param fill the value that {@code Missing.FILL} uses
 * @param inputs replace {@code features} and {@code shape} if the network has several inputs; else
 *     empty
 * @param outputs replace {@code labels}, {@code task} and {@code classes} if the network has
 *     several outputs; else empty
 * @param unseen what to do with a category that no training row has
 * @param absent texts that mean a missing value, in addition to blank ones
 * @param labelRule rules for labels
 * @param split how fractions choose rows
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

  /** Data with default label rules and split. */
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

  /** How to treat rows with missing values or unseen categories. */
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

  /** How to treat a row with a missing value. */
  public enum Missing {
    REFUSE,
    DROP,
    FILL,
    /**
     * Replaces it by the mean of the training rows; a missing category becomes a separate category.
     */
    MEAN,
    /**
     * Replaces it by the median of the training rows; a missing category becomes a separate
     * category.
     */
    MEDIAN;

    /** The rule as stored in an encoding, without the values filled in. */
    public io.evenstep.model.data.Missing kept() {
      return switch (this) {
        case REFUSE -> io.evenstep.model.data.Missing.REFUSE;
        case DROP -> io.evenstep.model.data.Missing.DROP;
        case FILL, MEAN, MEDIAN -> io.evenstep.model.data.Missing.FILL;
      };
    }
  }
}
