package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import io.evenstep.driver.data.spec.RowsSpec;
import java.util.List;

/** The keys under {@code data} about which rows of the sources are used. */
public final class RowKeys {
  private RowKeys() {}

  public static final Key<Integer> SKIP =
      Key.of(
              "data.skip",
              ScalarType.INTEGER,
              "CSV only: lines of each file before its header, or before its first row.")
          .where(ValueRule.between(0, 1_000_000))
          .byDefault(0);

  public static final Key<Boolean> MERGE_COLUMNS =
      Key.of(
              "data.mergeColumns",
              ScalarType.FLAG,
              "CSV only: whether files may have differing columns, which are then joined by name;"
                  + " a column that a file lacks is missing in its rows.")
          .byDefault(false);

  public static final Key<Double> SAMPLE =
      Key.of(
              "data.sample",
              ScalarType.NUMBER,
              "Part of the training source's rows that the job uses, before they are split: a"
                  + " fraction below 1, or about how many rows; `data.splitSeed` chooses them.")
          .where(ValueRule.<Double>above(0))
          .otherwise("all rows");

  public static final Key<RowsSpec.BadRows> BAD_ROWS =
      Key.of(
              "data.badRows",
              ScalarType.choice(RowsSpec.BadRows.class),
              "What to do with rows that cannot be used, such as a word in a numeric column or a"
                  + " damaged image: refuse the data; or skip the rows, and list the first ones.")
          .byDefault(RowsSpec.BadRows.REFUSE);

  static final List<Key<?>> ALL = List.of(SKIP, MERGE_COLUMNS, SAMPLE, BAD_ROWS);
}
