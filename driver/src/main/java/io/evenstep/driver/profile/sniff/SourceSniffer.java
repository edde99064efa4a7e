package io.evenstep.driver.profile.sniff;

import io.evenstep.driver.data.file.FileKind;
import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.driver.data.spec.TableFormat;
import io.evenstep.driver.data.table.TableFolder;
import io.evenstep.driver.profile.sniff.FoundSource.Fact;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Detects the format of files from the beginning of the first. */
public final class SourceSniffer {
  private static final int HEAD_BYTES = 1 << 20;

  private SourceSniffer() {}

  /**
   * The format of files.
   *
   * @param paths files, folders or globs
   * @param label a column that must exist
   * @throws io.evenstep.model.DataException when there are no files, or they are not a table
   */
  public static FoundSource sniff(Configuration conf, List<String> paths, Optional<String> label) {
    Optional<TableFormat> table = TableFolder.format(conf, paths.get(0));
    return table.map(format -> ofTable(format, paths)).orElseGet(() -> ofFiles(conf, paths, label));
  }

  private static FoundSource ofTable(TableFormat format, List<String> paths) {
    SourceSpec spec = spec(Format.SPARK, paths, Optional.of(format.reader()), Map.of());
    return of(spec, format.reader(), "the folder has its log");
  }

  private static FoundSource ofFiles(
      Configuration conf, List<String> paths, Optional<String> label) {
    List<Path> files = SourceFiles.list(conf, paths).stream().map(FileStatus::getPath).toList();
    Path first = files.get(0);
    String name = SourceFiles.name(first);
    try {
      Optional<FileKind> kind = FileKind.of(conf, first);
      if (kind.isPresent()) {
        return ofKind(kind.get(), conf, first, paths);
      }
      FileHead head = FileHead.read(conf, first, HEAD_BYTES);
      String text = head.text().stripLeading();
      if (isJson(name, text)) {
        return json(paths, text.startsWith("["));
      }
      return CsvHeaders.joined(conf, CsvSniffer.sniff(paths, head, label), files);
    } catch (IOException e) {
      throw ReadFailure.of(name, e);
    }
  }

  private static FoundSource ofKind(
      FileKind kind, Configuration conf, Path first, List<String> paths) {
    return switch (kind) {
      case PARQUET ->
          of(spec(Format.PARQUET, paths, Optional.empty(), Map.of()), "parquet", "it begins so");
      case ORC ->
          of(spec(Format.SPARK, paths, Optional.of("orc"), Map.of()), "orc", "it begins so");
      case AVRO ->
          of(spec(Format.SPARK, paths, Optional.of("avro"), Map.of()), "avro", "it begins so");
      default -> {
        FileKind.requireNone(conf, first, "a table");
        throw new IllegalStateException("A known kind of file is refused");
      }
    };
  }

  private static boolean isJson(String name, String text) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean named = lower.matches(".*\\.(json|jsonl|ndjson)(\\.[a-z0-9]+)?");
    return text.startsWith("{") || (named && text.startsWith("["));
  }

  private static FoundSource json(List<String> paths, boolean array) {
    Map<String, String> options = array ? Map.of("multiLine", "true") : Map.of();
    String why = array ? "the file is a single list of rows" : "each line is a row";
    return of(spec(Format.SPARK, paths, Optional.of("json"), options), "json", why);
  }

  private static FoundSource of(SourceSpec spec, String format, String why) {
    return new FoundSource(spec, List.of(new Fact("format", format, why)));
  }

  private static SourceSpec spec(
      Format format, List<String> paths, Optional<String> reader, Map<String, String> options) {
    return new SourceSpec(format, paths, List.of(), true, ",", reader, Optional.empty(), options);
  }
}
