package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.AugmentationsType;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ListType;
import io.evenstep.driver.config.value.MapType;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import io.evenstep.driver.data.spec.ColumnSpec;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.LabelRule;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.SplitSpec;
import io.evenstep.model.data.Unseen;
import java.util.List;
import java.util.Map;

/** The keys under {@code data}: where rows come from and what their columns mean. */
public final class DataKeys {
  private DataKeys() {}

  public static final Key<SourceSpec.Format> FORMAT =
      Key.of("data.format", ScalarType.choice(SourceSpec.Format.class), "Format of the data.")
          .required();

  public static final Key<String> FOLDER =
      Key.of("data.folder", ScalarType.TEXT, "Base folder of relative data paths.")
          .where(ValueRule.notBlank())
          .otherwise("the job file's folder");

  public static final Key<List<String>> PATH =
      Key.of("data.path", ListType.TEXTS, "Files, folders or globs with the training rows.")
          .where(ValueRule.someTexts());

  public static final Key<List<String>> LABELS =
      Key.of(
              "data.labels",
              ListType.TEXTS,
              "IDX only: the label files, one for each file of `data.path`, in the same order.")
          .where(ValueRule.someTexts());

  public static final Key<Boolean> HEADER =
      Key.of(
              "data.header",
              ScalarType.FLAG,
              "CSV only: whether the first line names the columns; without it they are called c0,"
                  + " c1 and so on.")
          .byDefault(true);

  public static final Key<String> DELIMITER =
      Key.of(
              "data.delimiter",
              ScalarType.TEXT,
              "CSV only: the character between values; `\\t` stands for a tab.")
          .where(ValueRule.pattern("\\\\t|(?s).", "must be one character"))
          .byDefault(",");

  public static final Key<String> READER =
      Key.of(
              "data.reader",
              ScalarType.TEXT,
              "Format `spark` only: name of the Spark data source, such as orc.")
          .where(ValueRule.notBlank());

  public static final Key<String> QUERY =
      Key.of("data.query", ScalarType.TEXT, "Format `sql` only: a table name or a query.")
          .where(ValueRule.notBlank());

  public static final Key<Map<String, String>> OPTIONS =
      Key.of("data.options", MapType.TEXTS, "Options for Spark's reader, passed on unchanged.")
          .byDefault(Map.of());

  public static final Key<List<ColumnSpec>> FEATURES =
      Key.of(
              "data.features",
              ColumnsType.COLUMNS,
              "Input columns of the network, by name, range (`c0..c63`) or glob (`p*`); a map sets"
                  + " more about a column.")
          .otherwise("every column that is not a label");

  public static final Key<List<String>> LABEL =
      Key.of(
              "data.label",
              ListType.TEXTS,
              "Column, or columns, to predict; in a reconstruction, columns that are not features.")
          .where(ValueRule.someTexts())
          .otherwise("the column `label`, or the last column of a CSV without header");

  public static final Key<String> WEIGHT =
      Key.of(
              "data.weight",
              ScalarType.TEXT,
              "Column with the weight of each row's loss in training, at least 0; metrics count"
                  + " every row once.")
          .where(ValueRule.notBlank())
          .otherwise("1 for every row");

  public static final Key<DataSpec.Task> TASK =
      Key.of(
              "data.task",
              ScalarType.choice(DataSpec.Task.class),
              "Whether a label is a class, a number, the next token, or the row's own features.")
          .byDefault(DataSpec.Task.CLASSIFICATION);

  public static final Key<List<String>> CLASSES =
      Key.of("data.classes", ListType.TEXTS, "The classes in order.")
          .where(ValueRule.someTexts())
          .otherwise("those of the training rows, sorted");

  public static final Key<List<Long>> SHAPE =
      Key.of(
              "data.shape",
              ListType.LONGS,
              "Shape of one row at the network's input, such as [1, 28, 28] for channels, height"
                  + " and width.")
          .where(ValueRule.each(ValueRule.atLeast(1)))
          .where(ValueRule.rowFits())
          .otherwise(
              "the image's own shape, [columns, steps] for sequences of one length, else [number of"
                  + " features]");

  public static final Key<DataSpec.Normalization> NORMALIZE =
      Key.of(
              "data.normalize",
              ScalarType.choice(DataSpec.Normalization.class),
              "How numbers are scaled, with statistics of the training rows; `scale` divides bytes"
                  + " and images by 255 and other columns by their largest magnitude; `robust` and"
                  + " `quantile` are for numeric columns, others get `standard`.")
          .byDefault(DataSpec.Normalization.NONE);

  public static final Key<List<Map<String, Map<String, Object>>>> AUGMENT =
      Key.of(
              "data.augment",
              AugmentationsType.AUGMENTATIONS,
              "Random changes to training rows, in order: see [augmentation](augmentation.md).")
          .byDefault(List.of());

  public static final Key<String> AUGMENT_INPUT =
      Key.of(
              "data.augmentInput",
              ScalarType.TEXT,
              "Name of the entry of `data.inputs` that is augmented.")
          .otherwise("the only input, or the only image among several inputs");

  public static final Key<DataSpec.Missing> MISSING =
      Key.of(
              "data.missing",
              ScalarType.choice(DataSpec.Missing.class),
              "What to do with an empty value: refuse the data; drop the row and count it; fill in"
                  + " `data.fill`; fill in the mean or median of the training rows; or, for a"
                  + " categorical column, treat it as a separate category.")
          .byDefault(DataSpec.Missing.REFUSE);

  public static final Key<Double> FILL =
      Key.of(
              "data.fill",
              ScalarType.NUMBER,
              "Value that replaces an empty one when `data.missing` is fill.")
          .byDefault(0.0);

  public static final Key<List<String>> ABSENT =
      Key.of(
              "data.absent",
              ListType.TEXTS,
              "Texts that mean a missing value, such as NA, in addition to blank text; NaN in the"
                  + " list also covers NaN numbers.")
          .where(ValueRule.someTexts())
          .otherwise("only blank text");

  public static final Key<LabelRule.MissingLabel> MISSING_LABEL =
      Key.of(
              "data.missingLabel",
              ScalarType.choice(LabelRule.MissingLabel.class),
              "What to do with a row without a label: the same as for a missing feature, except"
                  + " that labels are never filled in; refuse the data; or drop the row and count"
                  + " it.")
          .byDefault(LabelRule.MissingLabel.AS_FEATURE);

  public static final Key<DataSpec.Normalization> NORMALIZE_LABEL =
      Key.of(
              "data.normalizeLabel",
              ScalarType.choice(DataSpec.Normalization.class),
              "Task regression only: how labels are scaled for training; predictions and metrics"
                  + " are scaled back, except the loss.")
          .byDefault(DataSpec.Normalization.NONE);

  public static final Key<Unseen> UNSEEN =
      Key.of(
              "data.unseen",
              ScalarType.choice(Unseen.class),
              "What to do with a category that no training row has: refuse the data; or ignore it,"
                  + " so that the numbers of its one-hot column are all 0.")
          .byDefault(Unseen.REFUSE);

  public static final Key<SplitSpec.Way> SPLIT =
      Key.of(
              "data.split",
              ScalarType.choice(SplitSpec.Way.class),
              "How fractions choose rows for validation and test: each row independently; exact"
                  + " shares of each class; rows with equal `data.splitBy` together; or in the"
                  + " order of `data.splitBy`, with the last rows for test.")
          .byDefault(SplitSpec.Way.RANDOM);

  public static final Key<String> SPLIT_BY =
      Key.of(
              "data.splitBy",
              ScalarType.TEXT,
              "Splits `grouped` and `ordered` only: column to group or order rows by.")
          .where(ValueRule.notBlank());

  public static final Key<Long> SPLIT_SEED =
      Key.of(
              "data.splitSeed",
              ScalarType.LONG,
              "Seed that decides which rows are for validation and test.")
          .otherwise("the value of `seed`");

  public static final Key<String> PACKS =
      Key.of(
              "data.packs",
              ScalarType.TEXT,
              "Folder for packed data, which later jobs with the same data reuse.")
          .where(ValueRule.notBlank())
          .otherwise("`packs` in the folder `output`")
          .ofTheCourse();

  public static final HeldOut VALIDATION = HeldOut.of("validation");
  public static final HeldOut TEST = HeldOut.of("test");

  /** The keys of held-out rows, which are read like the training rows. */
  public record HeldOut(
      Key<Double> fraction, Key<List<String>> path, Key<List<String>> labels, Key<String> query) {
    private static HeldOut of(String split) {
      String prefix = "data." + split + ".";
      return new HeldOut(
          Key.of(
                  prefix + "fraction",
                  ScalarType.NUMBER,
                  "Fraction of the training rows held out for " + split + ".")
              .where(ValueRule.<Double>within(0, 1))
              .byDefault(0.0),
          Key.of(
                  prefix + "path",
                  ListType.TEXTS,
                  "Files, folders or globs with the " + split + " rows, instead of a fraction.")
              .where(ValueRule.someTexts()),
          Key.of(
                  prefix + "labels",
                  ListType.TEXTS,
                  "IDX only: the label files of the " + split + " rows.")
              .where(ValueRule.someTexts()),
          Key.of(
                  prefix + "query",
                  ScalarType.TEXT,
                  "Format `sql` only: table or query of the " + split + " rows.")
              .where(ValueRule.notBlank()));
    }

    private List<Key<?>> all() {
      return List.of(fraction, path, labels, query);
    }
  }

  static final List<Key<?>> ALL =
      Key.joined(
          List.of(
              FORMAT,
              FOLDER,
              PATH,
              LABELS,
              HEADER,
              DELIMITER,
              READER,
              QUERY,
              OPTIONS,
              FEATURES,
              LABEL,
              WEIGHT,
              TASK,
              CLASSES,
              SHAPE,
              EndKeys.INPUTS,
              EndKeys.OUTPUTS,
              NORMALIZE,
              AUGMENT,
              AUGMENT_INPUT,
              MISSING,
              FILL,
              ABSENT,
              MISSING_LABEL,
              NORMALIZE_LABEL,
              UNSEEN,
              SPLIT,
              SPLIT_BY,
              SPLIT_SEED,
              PACKS),
          TableKeys.ALL,
          VALIDATION.all(),
          TEST.all());
}
