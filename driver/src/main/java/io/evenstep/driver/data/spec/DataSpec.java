package io.evenstep.driver.data.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The description of the data in a job file.
 *
 * @param sources where the rows come from
 * @param fractions which parts of the training rows are held out
 * @param split how rows are chosen for fractions
 * @param features what a row has for the network
 * @param labels what the network is to learn
 * @param weight column with a factor of each row's loss in training
 * @param rows which rows of the sources are used
 * @param leniency how cells without a value, or with an unknown one, are treated
 */
public record DataSpec(
    Sources sources,
    Fractions fractions,
    SplitSpec split,
    Features features,
    Labels labels,
    Optional<String> weight,
    RowsSpec rows,
    LeniencySpec leniency) {

  /**
   * Where the rows come from.
   *
   * @param train rows to train on, and to take the fractions from
   * @param validation a separate source, instead of a fraction
   * @param test a separate source, instead of a fraction
   */
  public record Sources(
      SourceSpec train, Optional<SourceSpec> validation, Optional<SourceSpec> test) {
    /** All of them. */
    public List<SourceSpec> all() {
      List<SourceSpec> all = new ArrayList<>(List.of(train));
      validation.ifPresent(all::add);
      test.ifPresent(all::add);
      return all;
    }
  }

  /**
   * Which parts of the training rows are held out.
   *
   * @param validation of the rows of {@link Sources#train}, 0 to below 1
   * @param test of the same rows, 0 to below 1
   * @param seed determines which rows go where
   * @param fold the test rows, instead of any; then {@code test} is its share
   */
  public record Fractions(double validation, double test, long seed, Fold fold) {}

  /**
   * What a row has for the network.
   *
   * @param columns empty for every column that is not a label
   * @param shape of one row of features as the network takes it; empty for that of the one image,
   *     [columns, steps] of sequences of one length, else [number of features]
   * @param inputs in place of {@code columns} and {@code shape}, where the network has several;
   *     else empty
   * @param normalize how numbers are brought to scale
   */
  public record Features(
      List<ColumnSpec> columns, List<Long> shape, List<InputSpec> inputs, Normalization normalize) {
    /** Copies the lists. */
    public Features {
      columns = List.copyOf(columns);
      shape = List.copyOf(shape);
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * What the network is to learn.
   *
   * @param columns label columns; empty for {@code label}, or the last column of a headerless CSV;
   *     in a reconstruction, columns that are not features
   * @param task what a label is
   * @param classes the classes in order; empty to learn them, sorted, from the training rows
   * @param outputs in place of {@code columns}, {@code task} and {@code classes}, where the network
   *     has several; else empty
   * @param rule what holds for labels
   */
  public record Labels(
      List<String> columns,
      Task task,
      List<String> classes,
      List<OutputSpec> outputs,
      LabelRule rule) {
    /** Copies the lists. */
    public Labels {
      columns = List.copyOf(columns);
      classes = List.copyOf(classes);
      outputs = List.copyOf(outputs);
    }
  }

  /** What the network is to predict. */
  public enum Task {
    /** A class. */
    CLASSIFICATION,
    /** A number. */
    REGRESSION,
    /** The token after each of a text's tokens: a causal language model. */
    NEXT_TOKEN,
    /** The row's own features, before they are changed at random: an autoencoder's target. */
    RECONSTRUCTION;

    /** Whether the network's outputs are numbers rather than probabilities. */
    public boolean isOfNumbers() {
      return this == REGRESSION || this == RECONSTRUCTION;
    }
  }

  /** {@code SCALE} divides bytes and images by 255 and other columns by their largest magnitude. */
  public enum Normalization {
    NONE,
    STANDARD,
    MIN_MAX,
    SCALE,
    /** Numeric columns only, others as {@code STANDARD}: the median and the middle half's width. */
    ROBUST,
    /** Numeric columns only, others as {@code STANDARD}: the rank, from -1 to 1. */
    QUANTILE
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
