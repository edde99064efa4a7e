package io.evenstep.driver.data.source;

import com.univocity.parsers.csv.UnescapedQuoteHandling;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.driver.data.text.SvmlightSource;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.execution.datasources.FileIndexOptions;
import org.apache.spark.sql.execution.datasources.orc.OrcOptions;
import org.apache.spark.sql.execution.datasources.parquet.ParquetOptions;
import org.apache.spark.sql.execution.datasources.text.TextOptions;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/** Checks {@code data.options}. Case does not matter in names, as in Spark. */
public final class ReaderOptions {
  private static final List<String> CSV =
      List.of(
          "charset",
          "charToEscapeQuoteEscaping",
          "comment",
          "emptyValue",
          "encoding",
          "escape",
          "ignoreLeadingWhiteSpace",
          "ignoreTrailingWhiteSpace",
          "lineSep",
          "maxCharsPerColumn",
          "maxColumns",
          "multiLine",
          "nullValue",
          "quote",
          "unescapedQuoteHandling");
  private static final Set<String> FLAGS =
      Set.of(
          "ignoreleadingwhitespace",
          "ignoretrailingwhitespace",
          "multiline",
          "mergeschema",
          "recursivefilelookup",
          "ignorecorruptfiles",
          "ignoremissingfiles",
          "wholetext",
          "primitivesasstring",
          "prefersdecimal",
          "allowcomments",
          "allowunquotedfieldnames",
          "allowsinglequotes",
          "allownumericleadingzeros",
          "allownonnumericnumbers",
          "allowbackslashescapinganycharacter",
          "allowunquotedcontrolchars",
          "dropfieldifallnull");
  private static final Set<String> COUNTS = Set.of("maxcolumns", "numfeatures");
  private static final Set<String> CHARACTERS =
      Set.of("quote", "escape", "comment", "chartoescapequoteescaping");

  /** Readers allocate memory for this number. */
  private static final int MOST = SvmlightSource.MOST_FEATURES;

  private static final List<String> HANDLINGS =
      Arrays.stream(UnescapedQuoteHandling.values()).map(Enum::name).toList();

  private ReaderOptions() {}

  /**
   * Checks the options of a source.
   *
   * @throws ConfigException listing all problems
   */
  static void require(SourceSpec spec) {
    List<Problem> problems = problems(spec.format(), spec.reader(), spec.options());
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** The problems in the options of a source; the valid options depend on its reader. */
  public static List<Problem> problems(
      Format format, Optional<String> reader, Map<String, String> options) {
    List<Problem> problems = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    Optional<List<String>> known = known(format, reader.orElse("").toLowerCase(Locale.ROOT));
    for (Map.Entry<String, String> option : options.entrySet()) {
      String name = option.getKey().toLowerCase(Locale.ROOT);
      String other = seen.put(name.equals("charset") ? "encoding" : name, option.getKey());
      rule(format, known, name, option.getValue(), other)
          .ifPresent(
              rule ->
                  problems.add(
                      new Problem("data.options." + option.getKey(), rule, option.getValue())));
    }
    return problems;
  }

  private static Optional<String> rule(
      Format format,
      Optional<List<String>> known,
      String name,
      String value,
      @Nullable String other) {
    Optional<String> own = ownKey(format, name);
    if (own.isPresent()) {
      return Optional.of("must not be set: use " + own.get() + " instead");
    } else if (known.isPresent() && known.get().stream().noneMatch(name::equalsIgnoreCase)) {
      return Optional.of(
          known.get().isEmpty()
              ? "must not be set: data.format "
                  + format.name().toLowerCase(Locale.ROOT)
                  + " has no options"
              : "must be one of the options of this format " + known.get());
    } else if (other != null) {
      return Optional.of("must not be given twice, as " + other + " is");
    }
    return valueRule(name, value);
  }

  private static Optional<String> valueRule(String name, String value) {
    if (FLAGS.contains(name) && !value.matches("(?i)true|false")) {
      return Optional.of("must be true or false");
    } else if (COUNTS.contains(name) && !isCount(value)) {
      return Optional.of("must be a whole number from 1 to " + MOST);
    } else if (name.equals("maxcharspercolumn") && !value.equals("-1") && !isCount(value)) {
      return Optional.of("must be a whole number from 1 to " + MOST + ", or -1 for no limit");
    } else if (CHARACTERS.contains(name) && value.length() > 1) {
      return Optional.of("must be one character, or empty for none");
    } else if ((name.equals("encoding") || name.equals("charset")) && !isCharset(value)) {
      return Optional.of(
          "must be a character set that Java supports, such as UTF-8 or ISO-8859-15");
    } else if (name.equals("unescapedquotehandling")
        && !HANDLINGS.contains(value.toUpperCase(Locale.ROOT))) {
      return Optional.of("must be one of " + HANDLINGS);
    }
    return Optional.empty();
  }

  private static boolean isCount(String value) {
    return value.matches("[1-9]\\d{0,8}") && Integer.parseInt(value) <= MOST;
  }

  private static boolean isCharset(String value) {
    try {
      return Charset.isSupported(value);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<String> ownKey(Format format, String name) {
    boolean csv = format == Format.CSV;
    return switch (name) {
      case "path", "paths" -> Optional.of("data.path");
      case "sep", "delimiter" -> csv ? Optional.of("data.delimiter") : Optional.empty();
      case "header" -> csv ? Optional.of("data.header") : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Empty if only the data source itself knows. */
  private static Optional<List<String>> known(Format format, String reader) {
    return switch (format) {
      case CSV -> Optional.of(CSV);
      case IDX, IMAGES, SQL, TEXT -> Optional.of(List.of());
      case SVMLIGHT -> Optional.of(List.of("numFeatures"));
      case PARQUET -> Optional.of(ofFiles(ParquetOptions.getAllOptions()));
      case SPARK ->
          switch (reader) {
            case "csv" -> Optional.of(ofFiles(CSVOptions.getAllOptions()));
            case "json" -> Optional.of(ofFiles(JSONOptions.getAllOptions()));
            case "orc" -> Optional.of(ofFiles(OrcOptions.getAllOptions()));
            case "parquet" -> Optional.of(ofFiles(ParquetOptions.getAllOptions()));
            case "text" -> Optional.of(ofFiles(TextOptions.getAllOptions()));
            case "libsvm" -> Optional.of(List.of("numFeatures", "vectorType"));
            default -> Optional.empty();
          };
    };
  }

  private static List<String> ofFiles(scala.collection.Set<String> own) {
    Set<String> names = new TreeSet<>(JavaConverters.setAsJavaSet(own));
    names.addAll(JavaConverters.setAsJavaSet(FileIndexOptions.getAllOptions()));
    names.add("ignoreCorruptFiles");
    names.remove("compression");
    return List.copyOf(names);
  }
}
