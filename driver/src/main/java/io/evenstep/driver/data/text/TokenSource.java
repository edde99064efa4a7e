package io.evenstep.driver.data.text;

import io.evenstep.driver.data.file.FileKind;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.token.TokenRecipe;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads text files, cut into rows of as many tokens as a language model sees. */
public final class TokenSource {
  /** The column with the text of a row. */
  public static final String TEXT = "text";

  /** The column with the name of a run of rows, which are held out together. */
  public static final String BLOCK = "block";

  static final StructType SCHEMA =
      new StructType()
          .add(TEXT, DataTypes.StringType)
          .add(BLOCK, DataTypes.StringType)
          .add(SourceTable.CORRUPT, DataTypes.StringType)
          .add(SourceTable.FILE, DataTypes.StringType);

  private final Reading reading;
  private final SourceSpec spec;

  public TokenSource(Reading reading, SourceSpec spec) {
    this.reading = reading;
    this.spec = spec;
  }

  /** The rows; one task reads a file. */
  public SourceTable read() {
    TokenRecipe recipe =
        spec.tokens()
            .orElseThrow(
                () -> new ConfigException("data.features", "must be one column of tokens", TEXT));
    List<FileStatus> files = SourceFiles.list(reading.hadoop(), spec.paths());
    FileKind.requireNone(reading.hadoop(), files.get(0).getPath(), "text");
    return SourceTable.ofRecords(
        SourceFiles.name(new Path(spec.paths().get(0))),
        TextSlices.read(
            reading, files, true, (hadoop, slice) -> new TokenRows(hadoop, slice, recipe)),
        List.of(),
        SCHEMA,
        reading);
  }
}
