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
import io.evenstep.driver.data.spec.TableFormat;
import io.evenstep.driver.data.table.TableFolder;
import io.evenstep.driver.data.table.TableSession;
import io.evenstep.driver.data.text.LongLines;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.RowOrdering$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/** Reads the formats that Spark supports: Parquet, JSON, other data sources, tables and queries. */
public final class SparkSource {
  private static final Set<String> TEXTS = Set.of("json", "text", "csv");

  /** Other data sources that Spark does not bring; Avro's version is Spark's. */
  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "xml", "com.databricks:spark-xml_2.12:0.18.0",
          "avro", "org.apache.spark:spark-avro_2.12:");

  private static final Pattern TABLE = Pattern.compile("[\\w.`]+");

  /** A folder as the table of a query. */
  private static final Pattern FOLDER = Pattern.compile("(?i)\\b(delta|iceberg|hudi)\\s*\\.\\s*`");

  /** The hidden column of sources of files, and its field. */
  private static final String METADATA = "_metadata";

  private static final String FILE_PATH = "file_path";

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
    TableFolder.requireNone(conf, spec.paths(), format);
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

  /** Merges the schemas of all files, so that their order does not matter. JSON's are anyway. */
  private Map<String, String> options(String format) {
    Map<String, String> options = new HashMap<>(spec.options());
    if (format.equals("parquet") || format.equals("orc")) {
      options.putIfAbsent("mergeSchema", "true");
    }
    return options;
  }

  SourceTable readFormat() {
    String format = spec.reader().orElseThrow(() -> missing("reader"));
    if (spec.isTable()) {
      requireOnePath(format);
      TableSession.findByFolder(session);
      return computed(what(format), load(format, spec.paths()));
    }
    if (!spec.paths().isEmpty()) {
      return readFiles(format.toLowerCase(Locale.ROOT));
    }
    return computed(format, load(format, List.of()));
  }

  private void requireOnePath(String format) {
    if (spec.paths().size() > 1) {
      throw new ConfigException(
          "data.path", "must be the folder of one table for data.reader " + format, spec.paths());
    }
  }

  SourceTable readQuery() {
    String query = spec.query().orElseThrow(() -> missing("query"));
    try {
      TableSession.findByFolder(session);
      Dataset<Row> rows =
          TABLE.matcher(query.strip()).matches()
              ? session.table(query.strip())
              : session.sql(query);
      return computed(query, rows);
    } catch (Exception e) { // AnalysisException and ParseException are checked, but undeclared
      missingIn(query)
          .ifPresent(
              format -> {
                throw new ConfigException(
                    "data.query",
                    "needs a data source whose jar is not there; " + format.remedy(),
                    query,
                    e);
              });
      throw ReadFailure.of(query, e);
    }
  }

  /** A table format that a query names, as in {@code delta.`/tables/sales`}, without its jar. */
  private Optional<TableFormat> missingIn(String query) {
    Matcher named = FOLDER.matcher(query);
    return named.find()
        ? TableFormat.named(named.group(1)).filter(format -> !has(format))
        : Optional.empty();
  }

  private Dataset<Row> load(String format, List<String> paths) {
    try {
      return SourceFiles.load(session.read().format(format).options(options(format)), paths);
    } catch (Exception e) { // AnalysisException is checked, but undeclared
      boolean known = TableFormat.named(format).filter(this::has).isPresent();
      if (!known && ReadFailure.isUnknownReader(e)) {
        throw new ConfigException(
            "data.reader",
            "must be a Spark data source, such as json, orc, text or jdbc, or one with its jar on"
                + " the class path"
                + remedy(format),
            format,
            e);
      }
      throw ReadFailure.of(what(format), e);
    }
  }

  /** The name of the source in messages. */
  private String what(String format) {
    return spec.paths().isEmpty() ? format : SourceFiles.name(new Path(spec.paths().get(0)));
  }

  private boolean has(TableFormat format) {
    return TableSession.has(session, format);
  }

  /** How to get the jar of a known data source, for messages. */
  private String remedy(String format) {
    String name = format.toLowerCase(Locale.ROOT);
    Optional<String> known = TableFormat.named(name).map(TableFormat::remedy);
    Optional<String> other =
        Optional.ofNullable(ARTIFACTS.get(name))
            .map(artifact -> artifact.endsWith(":") ? artifact + session.version() : artifact)
            .map(artifact -> TableFormat.remedy(name, artifact));
    return known.or(() -> other).map(remedy -> "; " + remedy).orElse("");
  }

  private static SourceTable computed(String name, Dataset<Row> rows) {
    return new SourceTable(name, withFile(unordered(rows)), List.of(), Origin.COMPUTED);
  }

  /**
   * Adds a column with the file of each row; empty if rows are not from files, or if Spark does not
   * say which one. Not each source with hidden columns has this one.
   */
  static Dataset<Row> withFile(Dataset<Row> rows) {
    Column file = hasOneFile(rows) ? rows.metadataColumn(METADATA).getField(FILE_PATH) : lit("");
    return rows.select(col("*"), file.as(SourceTable.FILE));
  }

  /** Rows of a join have the hidden column of each side. */
  private static boolean hasOneFile(Dataset<Row> rows) {
    LogicalPlan plan = rows.queryExecution().analyzed();
    return plan.getMetadataAttributeByNameOpt(METADATA).exists(SparkSource::isOfFiles)
        && JavaConverters.seqAsJavaList(plan.metadataOutput()).stream()
                .filter(SparkSource::isOfFiles)
                .count()
            == 1;
  }

  private static boolean isOfFiles(Attribute column) {
    return column.dataType() instanceof StructType type
        && List.of(type.fieldNames()).contains(FILE_PATH);
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
