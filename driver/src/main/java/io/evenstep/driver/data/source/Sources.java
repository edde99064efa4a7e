package io.evenstep.driver.data.source;

import io.evenstep.driver.data.arrange.WindowTable;
import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.text.CsvSource;
import io.evenstep.driver.data.text.SvmlightSource;
import io.evenstep.driver.data.text.TokenSource;
import org.apache.spark.sql.SparkSession;

/** Reads any source as rows. */
public final class Sources {
  private Sources() {}

  /**
   * Opens a source; rows are read lazily.
   *
   * @param pinned from {@link PinnedSession#of}
   * @throws io.evenstep.model.DataException when it does not exist, is empty, or has another format
   * @throws io.evenstep.model.ConfigException when an option or its value is invalid
   */
  public static SourceTable read(SparkSession pinned, SourceSpec spec) {
    return read(Reading.in(pinned), spec);
  }

  /**
   * Opens a source; rows are read lazily.
   *
   * @param reading without Spark only for the formats of {@link SmallSources}
   * @throws io.evenstep.model.DataException when it does not exist, is empty, or has another format
   * @throws io.evenstep.model.ConfigException when an option or its value is invalid
   */
  public static SourceTable read(Reading reading, SourceSpec spec) {
    ReaderOptions.require(spec);
    return ReadFailure.translated(
        spec.words(),
        () -> {
          SourceTable rows = open(reading, spec);
          return spec.window().map(w -> WindowTable.of(rows, w, reading.spark())).orElse(rows);
        });
  }

  private static SourceTable open(Reading reading, SourceSpec spec) {
    return switch (spec.format()) {
      case CSV -> new CsvSource(reading, spec).read();
      case IDX -> new IdxSource(reading, spec).read();
      case IMAGES -> new ImageSource(reading.spark(), spec).read();
      case PARQUET -> new SparkSource(reading.spark(), spec).readFiles("parquet");
      case SVMLIGHT -> new SvmlightSource(reading, spec).read();
      case TEXT -> new TokenSource(reading, spec).read();
      case SPARK -> new SparkSource(reading.spark(), spec).readFormat();
      case SQL -> new SparkSource(reading.spark(), spec).readQuery();
    };
  }
}
