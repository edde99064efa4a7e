package io.evenstep.driver.data.text;

import io.evenstep.driver.data.file.Advice;
import io.evenstep.driver.data.file.FileKind;
import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Reads CSV as text, so that messages can show an invalid number unchanged. */
public final class CsvSource {
  private final Reading reading;
  private final SourceSpec spec;
  private final CsvFormat format;
  private final Configuration conf;

  public CsvSource(Reading reading, SourceSpec spec) {
    this.reading = reading;
    this.spec = spec;
    this.format = new CsvFormat(spec);
    this.conf = reading.hadoop();
  }

  public SourceTable read() {
    List<FileStatus> files = SourceFiles.list(conf, spec.paths());
    FileKind.requireNone(conf, files.get(0).getPath(), "csv");
    CsvColumns columns = columns(files);
    StructType schema = new StructType();
    for (String column : columns.names()) {
      schema = schema.add(column, DataTypes.StringType);
    }
    StructType whole =
        schema
            .add(SourceTable.CORRUPT, DataTypes.StringType)
            .add(SourceTable.FILE, DataTypes.StringType);
    CsvFormat shipped = format;
    return SourceTable.ofRecords(
        SourceFiles.name(new Path(spec.paths().get(0))),
        TextSlices.read(
            reading,
            files,
            format.multiLine(),
            (hadoop, slice) ->
                new CsvRows(hadoop, shipped, slice, whole, columns.placesOf(slice.uri()))),
        List.of(),
        whole,
        reading,
        columns.notices());
  }

  private CsvColumns columns(List<FileStatus> files) {
    if (!spec.csv().merged()) {
      return CsvColumns.same(same(files));
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (FileStatus file : files) {
      List<String> header = firstRecord(file);
      requireDistinct(file, header);
      headers.put(TextSlice.whole(file).uri(), header);
    }
    return CsvColumns.merged(headers);
  }

  private List<String> same(List<FileStatus> files) {
    List<String> first = firstRecord(files.get(0));
    if (!spec.header()) {
      List<String> numbered = new ArrayList<>();
      for (int i = 0; i < first.size(); i++) {
        numbered.add("c" + i);
      }
      return numbered;
    }
    requireDistinct(files.get(0), first);
    for (FileStatus file : files) {
      List<String> header = firstRecord(file);
      if (!header.equals(first)) {
        throw new DataException(
            "Invalid header of "
                + SourceFiles.name(file)
                + ": must equal that of "
                + SourceFiles.name(files.get(0))
                + " "
                + first
                + ", got "
                + header
                + "; to join files by the names of their columns, set data.mergeColumns: true");
      }
    }
    return first;
  }

  private static void requireDistinct(FileStatus file, List<String> header) {
    Set<String> seen = new HashSet<>();
    for (String column : header) {
      if (!seen.add(column)) {
        throw new DataException(
            "Invalid header of "
                + SourceFiles.name(file)
                + ": columns must differ, got "
                + column
                + " twice"
                + Advice.ofHeader(header));
      }
    }
  }

  private List<String> firstRecord(FileStatus file) {
    try (CsvRecords records = CsvRecords.open(conf, format, TextSlice.whole(file), 0)) {
      @Nullable String[] fields = records.next();
      if (fields == null) {
        throw new DataException("Cannot read " + SourceFiles.name(file) + ": the file is empty");
      }
      List<String> names = new ArrayList<>();
      for (String field : fields) {
        names.add(field == null || field.isEmpty() ? "_c" + names.size() : field);
      }
      return names;
    } catch (IOException e) {
      throw new DataException(
          "Cannot read " + SourceFiles.name(file) + ": " + ReadFailure.reason(e), e);
    }
  }
}
