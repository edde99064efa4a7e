package io.evenstep.driver.data.source;

import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Names the column of a Parquet file whose type Spark does not support, because Spark's message
 * does not.
 */
final class ParquetTypes {
  private static final String ILLEGAL = "Illegal Parquet type: ";

  private ParquetTypes() {}

  /** The message about such a column; empty if the failure has another cause. */
  static Optional<DataException> named(
      Configuration conf, List<FileStatus> files, Exception failure) {
    String reason = ReadFailure.reason(failure);
    if (!reason.contains(ILLEGAL)) {
      return Optional.empty();
    }
    for (FileStatus file : files) {
      Optional<String> column = column(conf, file, reason);
      if (column.isPresent()) {
        return Optional.of(
            new DataException(
                "Cannot read "
                    + SourceFiles.name(file)
                    + ", column "
                    + column.get()
                    + ": its type must be supported by Spark, got "
                    + reason.substring(reason.indexOf(ILLEGAL) + ILLEGAL.length()).replace(".", "")
                    + "; write timestamps in microseconds",
                failure));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> column(Configuration conf, FileStatus file, String reason) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, conf))) {
      return reader.getFooter().getFileMetaData().getSchema().getColumns().stream()
          .filter(column -> reason.contains(type(column.getPrimitiveType())))
          .map(column -> String.join(".", column.getPath()))
          .findFirst();
    } catch (IOException e) {
      throw new DataException(
          "Cannot read " + SourceFiles.name(file) + ": " + ReadFailure.reason(e), e);
    }
  }

  private static String type(PrimitiveType type) {
    String annotation =
        type.getLogicalTypeAnnotation() == null ? "" : " (" + type.getLogicalTypeAnnotation() + ")";
    return type.getPrimitiveTypeName() + annotation;
  }
}
