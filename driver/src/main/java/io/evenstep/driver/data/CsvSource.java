package io.evenstep.driver.data;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.evenstep.model.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads CSV as text, so that a value which is no number can be shown as it stands. */
final class CsvSource {
  private final SparkSession session;
  private final SourceSpec spec;
  private final Configuration conf;

  CsvSource(SparkSession session, SourceSpec spec) {
    this.session = session;
    this.spec = spec;
    this.conf = session.sparkContext().hadoopConfiguration();
  }

  SourceTable read() {
    List<FileStatus> files = SourceFiles.list(conf, spec.paths());
    List<String> columns = columns(files);
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    schema = schema.add(SourceTable.CORRUPT, DataTypes.StringType);
    Dataset<Row> rows =
        session
            .read()
            .schema(schema)
            .options(spec.options())
            .option("header", spec.header())
            .option("sep", spec.delimiter())
            .option("mode", "PERMISSIVE")
            .option("columnNameOfCorruptRecord", SourceTable.CORRUPT)
            .csv(files.stream().map(file -> file.getPath().toString()).toArray(String[]::new));
    return new SourceTable(
        SourceFiles.name(new Path(spec.paths().get(0))),
        SparkSource.withFile(rows),
        List.of(),
        SourceTable.Origin.FILES);
  }

  private List<String> columns(List<FileStatus> files) {
    List<String> first = firstLine(files.get(0).getPath());
    if (!spec.header()) {
      List<String> numbered = new ArrayList<>();
      for (int i = 0; i < first.size(); i++) {
        numbered.add("c" + i);
      }
      return numbered;
    }
    requireDistinct(files.get(0), first);
    for (FileStatus file : files) {
      List<String> header = firstLine(file.getPath());
      if (!header.equals(first)) {
        throw new DataException(
            "Invalid header of "
                + SourceFiles.name(file)
                + ": must be that of "
                + SourceFiles.name(files.get(0))
                + " "
                + first
                + ", got "
                + header);
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
                + " twice");
      }
    }
  }

  private List<String> firstLine(Path file) {
    Charset charset = Charset.forName(spec.options().getOrDefault("encoding", "UTF-8"));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(SourceFiles.open(conf, file), charset))) {
      String comment = spec.options().getOrDefault("comment", "");
      String line = reader.readLine();
      while (line != null && (line.isBlank() || (!comment.isEmpty() && line.startsWith(comment)))) {
        line = reader.readLine();
      }
      if (line == null) {
        throw new DataException("Cannot read " + SourceFiles.name(file) + ": the file is empty");
      }
      return split(line.startsWith("\uFEFF") ? line.substring(1) : line);
    } catch (IOException e) {
      throw new DataException(
          "Cannot read " + SourceFiles.name(file) + ": " + ReadFailure.reason(e), e);
    }
  }

  private List<String> split(String line) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(spec.delimiter());
    settings.getFormat().setQuote(spec.options().getOrDefault("quote", "\"").charAt(0));
    settings.setMaxColumns(Integer.parseInt(spec.options().getOrDefault("maxColumns", "20480")));
    settings.setMaxCharsPerColumn(-1);
    List<String> fields = new ArrayList<>();
    for (String field : new CsvParser(settings).parseLine(line)) {
      fields.add(field == null ? "_c" + fields.size() : field);
    }
    return fields;
  }
}
