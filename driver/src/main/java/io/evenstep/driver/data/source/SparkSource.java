package io.evenstep.driver.data.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.evenstep.driver.data.file.FileKind;
import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.file.SourceTable.Origin;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.text.LongLines;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.RowOrdering$;
import org.apache.spark.sql.functions;

/** Reads the formats that Spark supports: Parquet, JSON, other data sources, tables and queries. */
public final class SparkSource {
  private static final Set<String> TEXTS = Set.of("json", "text", "csv");

  /** The jars of data sources that Spark does not bring. */
  private static final Map<String, String> JARS =
      Map.of(
          "delta", "io.delta:delta-spark_2.12",
          "iceberg", "org.apache.iceberg:iceberg-spark-runtime-3.5_2.12",
          "hudi", "org.apache.hudi:hudi-spark3.5-bundle_2.12",
          "xml", "com.databricks:spark-xml_2.12");

  private static final Pattern TABLE = Pattern.compile("[\\w.`]+");

  /** Number of Parquet files that the driver checks before Spark reads all of them. */
  private static final int MOST_FILES_LOOKED_AT = 100;

  private final SparkSession session;
  private final SourceSpec spec;

  SparkSource(SparkSession session, SourceSpec spec) {
    this.session = session;
    this.spec = spec;
  }

  SourceTable readFiles(String format) {
    var conf = session.sparkContext().hadoopConfiguration();
    List<FileStatus> files = SourceFiles.list(conf, spec.paths());
    if (format.equals("parquet")) {
      files.stream()
          .sorted()
          .limit(MOST_FILES_LOOKED_AT)
          .forEach(file -> ParquetMagic.require(conf, file.getPath()));
    } else if (TEXTS.contains(format)) {
      FileKind.requireNone(conf, files.get(0).getPath(), format);
    }
    String name = SourceFiles.name(new Path(spec.paths().get(0)));
    if (TEXTS.contains(format)) {
      LongLines.requireNone(session, files, name);
    }
    Dataset<Row> rows;
    try {
      rows = load(format, SourceFiles.roots(conf, spec.paths()));
    } catch (DataException e) {
      throw ParquetTypes.named(conf, files, e).orElse(e);
    }
    return new SourceTable(
        name,
        withFile(format.equals("json") ? JsonLines.marked(rows, name) : rows),
        List.of(),
        Origin.FILES);
  }

  /** Merges the schemas of all Parquet files, so that their order does not matter. */
  private Map<String, String> options(String format) {
    Map<String, String> options = new HashMap<>(spec.options());
    if (format.equals("parquet")) {
      options.putIfAbsent("mergeSchema", "true");
    }
    return options;
  }

  SourceTable readFormat() {
    String format = spec.reader().orElseThrow(() -> missing("reader"));
    if (spec.isTable()) {
      return computed(spec.words(), load(format, spec.paths()));
    }
    if (!spec.paths().isEmpty()) {
      return readFiles(format.toLowerCase(Locale.ROOT));
    }
    return computed(format, load(format, List.of()));
  }

  SourceTable readQuery() {
    String query = spec.query().orElseThrow(() -> missing("query"));
    try {
      Dataset<Row> rows =
          TABLE.matcher(query.strip()).matches()
              ? session.table(query.strip())
              : session.sql(query);
      return computed(query, rows);
    } catch (Exception e) { // AnalysisException and ParseException are checked, but undeclared
      throw ReadFailure.of(query, e);
    }
  }

  private Dataset<Row> load(String format, List<String> paths) {
    String what = paths.isEmpty() ? format : spec.paths().get(0);
    try {
      return SourceFiles.load(session.read().format(format).options(options(format)), paths);
    } catch (Exception e) { // AnalysisException is checked, but undeclared
      if (ReadFailure.isUnknownReader(e)) {
        throw new ConfigException(
            "data.reader",
            "must be a Spark data source, such as json, orc, text or jdbc, or one with its jar on"
                + " the class path"
                + jar(format),
            format,
            e);
      }
      throw ReadFailure.of(what, e);
    }
  }

  /** How to get the jar of a known data source, for messages. */
  private static String jar(String format) {
    String name = format.toLowerCase(Locale.ROOT);
    String jar = JARS.get(name);
    return jar == null
        ? ""
        : "; "
            + name
            + " needs "
            + jar
            + ", for example with spark-submit --packages "
            + jar
            + ":VERSION";
  }

  private static SourceTable computed(String name, Dataset<Row> rows) {
    return new SourceTable(name, withFile(unordered(rows)), List.of(), Origin.COMPUTED);
  }

  /** Adds a column with the file of each row; empty if rows are not from files. */
  static Dataset<Row> withFile(Dataset<Row> rows) {
    boolean files = rows.queryExecution().analyzed().metadataOutput().nonEmpty();
    Column file = files ? col("_metadata.file_path") : lit("");
    return rows.select(col("*"), file.as(SourceTable.FILE));
  }

  /**
   * Gives unordered rows a fixed order: by a hash of their values, then by the values. The number
   * of partitions depends on Spark's estimate of their bytes.
   */
  private static Dataset<Row> unordered(Dataset<Row> rows) {
    Column[] columns =
        Arrays.stream(rows.schema().fields())
            .filter(field -> RowOrdering$.MODULE$.isOrderable(field.dataType()))
            .map(field -> rows.col("`" + field.name() + "`"))
            .toArray(Column[]::new);
    Column hash = xxhash64(columns);
    return rows.repartition(partitions(rows), hash)
        .sortWithinPartitions(
            Stream.concat(Stream.of(hash), Arrays.stream(columns)).toArray(Column[]::new));
  }

  private static int partitions(Dataset<Row> rows) {
    BigInteger bytes = rows.queryExecution().optimizedPlan().stats().sizeInBytes().bigInteger();
    BigInteger most = BigInteger.valueOf(PinnedSession.MOST_COMPUTED_PARTITIONS);
    return bytes
        .divide(BigInteger.valueOf(PinnedSession.PARTITION_BYTES))
        .add(BigInteger.ONE)
        .min(most)
        .intValue();
  }

  /** Counts rows and sums a hash of each row. The result does not depend on their order. */
  public static String fingerprint(Dataset<Row> rows) {
    Column hash = xxhash64(col("*")).cast("decimal(38,0)");
    return rows.agg(functions.count(lit(1)), functions.sum(hash)).first().toString();
  }

  private static ConfigException missing(String key) {
    return new ConfigException("data." + key, "must be given for this format", "nothing");
  }
}
