package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.RowProblem;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.file.SparkCells;
import io.evenstep.driver.data.measure.LongestCell;
import io.evenstep.driver.data.spec.ColumnSpec;
import io.evenstep.driver.data.spec.ColumnSpec.CategoryEncoding;
import io.evenstep.driver.data.spec.ColumnSpec.Type;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.driver.data.spec.Shaping;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.WindowSpec;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Images8;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import io.evenstep.model.data.cell.Absent;
import io.evenstep.model.data.cell.CellValues;
import io.evenstep.model.data.cell.InvalidValueException;
import io.evenstep.model.data.token.TokenRecipe;
import io.evenstep.model.time.TimeFormat;
import io.evenstep.model.time.TimeParts;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.UserDefinedType;

/** Resolves one column of the job against the training source and its first row. */
final class FeatureBuilder {
  private static final String PLAIN = "plain";

  private final DataSpec spec;
  private final SourceTable table;
  private final Row first;
  private int longestSeries; // 0 before it is known

  FeatureBuilder(DataSpec spec, SourceTable table, Row first) {
    this.spec = spec;
    this.table = table;
    this.first = first;
  }

  /** The default type of a column: text is numeric in CSV and categorical elsewhere. */
  private Type typeOf(String column) {
    DataType type = type(column);
    Type kind = isTime(type) ? Type.TIME : Type.NUMERIC;
    if (type instanceof BinaryType) {
      kind = table.rowIsFile() || !table.pixels().isEmpty() ? Type.IMAGE : Type.VECTOR;
    } else if (type instanceof ArrayType || type instanceof UserDefinedType) {
      kind = spec.sources().train().window().isPresent() ? Type.SEQUENCE : Type.VECTOR;
    } else if (type instanceof StringType
        && spec.sources().train().format() != SourceSpec.Format.CSV) {
      kind = Type.CATEGORICAL;
    }
    return kind;
  }

  private static boolean isTime(DataType type) {
    return type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  private DataType type(String column) {
    return table.schema().apply(column).dataType();
  }

  /** The feature of a column. */
  Feature feature(String name, ColumnSpec column) {
    Normalization normalize = column.normalize().orElse(spec.features().normalize());
    FeatureGaps gaps = FeatureGaps.of(spec, column.gaps());
    Type type = column.type().orElseGet(() -> typeOf(name));
    boolean windows = spec.sources().train().window().isPresent();
    if (type == Type.NUMERIC && windows && type(name) instanceof ArrayType) {
      type = Type.SEQUENCE; // a number in each row of the history
    }
    return switch (type) {
      case NUMERIC -> numeric(name, column, normalize, gaps);
      case ORDINAL -> ordinal(name, column, normalize, gaps);
      case TEXT -> text(name, column, gaps);
      case TOKENS -> tokens(name, column.details().tokens().orElseThrow(), gaps);
      case BOOLEAN -> plain(name, Kind.TRUTH, Normalization.NONE, gaps);
      case TIME -> time(name, column, gaps);
      case CATEGORICAL ->
          new Feature(
              name,
              column.encoding() == CategoryEncoding.INDEX ? Kind.INDEX : Kind.ONE_HOT,
              List.of(),
              Storage.I32,
              Normalization.NONE,
              gaps,
              Feature.Reading.PLAIN,
              Shaping.NONE);
      case IMAGE -> image(name, column, normalize, gaps);
      case SEQUENCE -> sequence(name, column, normalize, gaps);
      case VECTOR -> numbers(name, List.of(length(name, column)), normalize, gaps);
    };
  }

  private static Feature plain(String name, Kind kind, Normalization normalize, FeatureGaps gaps) {
    return number(name, kind, normalize, gaps, Feature.Reading.PLAIN, Shaping.NONE);
  }

  private static Feature numeric(
      String name, ColumnSpec column, Normalization normalize, FeatureGaps gaps) {
    String format = column.details().format().orElse("");
    Feature.Reading reading = Feature.Reading.of(format.equals(PLAIN) ? "" : format);
    return number(name, Kind.NUMBER, normalize, gaps, reading, column.details().shaping());
  }

  private static Feature ordinal(
      String name, ColumnSpec column, Normalization normalize, FeatureGaps gaps) {
    Feature.Reading reading = new Feature.Reading("", column.details().levels());
    return number(name, Kind.ORDINAL, normalize, gaps, reading, column.details().shaping());
  }

  private static Feature number(
      String name,
      Kind kind,
      Normalization normalize,
      FeatureGaps gaps,
      Feature.Reading reading,
      Shaping shaping) {
    return new Feature(name, kind, List.of(), Storage.F32, normalize, gaps, reading, shaping);
  }

  private static Feature text(String name, ColumnSpec column, FeatureGaps gaps) {
    return new Feature(
        name,
        Kind.TEXT,
        List.of(),
        Storage.U8,
        Normalization.NONE,
        gaps,
        Feature.Reading.of(column.details().text().orElseThrow().format()),
        Shaping.NONE);
  }

  private static Feature tokens(String name, TokenRecipe recipe, FeatureGaps gaps) {
    return new Feature(
        name,
        Kind.TOKENS,
        List.of((long) recipe.length()),
        Storage.I32,
        Normalization.NONE,
        gaps,
        Feature.Reading.of(recipe.format()),
        Shaping.NONE);
  }

  /** The indicator that shows where a feature is missing. */
  Feature indicator(String name, ColumnSpec column) {
    return plain(name, Kind.INDICATOR, Normalization.NONE, FeatureGaps.of(spec, column.gaps()));
  }

  /** Raw seconds are too large for a network, so they are scaled by default. */
  private static Feature time(String name, ColumnSpec column, FeatureGaps gaps) {
    return new Feature(
        name,
        Kind.TIME,
        List.of((long) TimeParts.NAMES.size()),
        Storage.F32,
        column.normalize().orElse(Normalization.STANDARD),
        gaps,
        Feature.Reading.of(column.details().format().orElse(TimeFormat.ISO)),
        Shaping.NONE);
  }

  private Feature numbers(
      String name, List<Long> shape, Normalization normalize, FeatureGaps gaps) {
    Storage storage = type(name) instanceof BinaryType ? Storage.U8 : Storage.F32;
    return new Feature(
        name, Kind.NUMBERS, shape, storage, normalize, gaps, Feature.Reading.PLAIN, Shaping.NONE);
  }

  private Feature sequence(
      String name, ColumnSpec column, Normalization normalize, FeatureGaps gaps) {
    Optional<WindowSpec> window = spec.sources().train().window();
    if (window.isPresent() && !window.get().isWhole()) {
      return numbers(name, List.of(1L, (long) window.get().history()), normalize, gaps);
    } else if (window.isEmpty() && !column.details().padded()) {
      return numbers(name, List.of(1L, length(name, column)), normalize, gaps);
    }
    long longest = column.length() > 0 ? column.length() : longest(name, window.isPresent());
    return new Feature(
        name,
        Kind.NUMBERS,
        List.of(1L, longest),
        Storage.F32,
        normalize,
        gaps,
        Feature.Reading.of(Segment.PADDED),
        Shaping.NONE);
  }

  /** The columns of a series have the same length, so the table is read once for all of them. */
  private int longest(String name, boolean isSeries) {
    if (!isSeries) {
      return LongestCell.of(table, name);
    } else if (longestSeries == 0) {
      longestSeries = LongestCell.of(table, name);
    }
    return longestSeries;
  }

  private Feature image(String name, ColumnSpec column, Normalization normalize, FeatureGaps gaps) {
    List<Long> pixels = table.pixels();
    if (!pixels.isEmpty()) {
      if (!column.shape().isEmpty() && !column.shape().equals(pixels)) {
        throw new ConfigException(
            "data.features." + name + ".shape",
            "must be the images' own " + pixels,
            column.shape());
      }
      return new Feature(
          name,
          Kind.NUMBERS,
          pixels,
          Storage.U8,
          normalize,
          gaps,
          Feature.Reading.PLAIN,
          Shaping.NONE);
    }
    List<Long> shape = column.shape().isEmpty() ? shapeOfFirst(name) : column.shape();
    if (shape.size() != 3 || (shape.get(0) != 1 && shape.get(0) != 3)) {
      throw new ConfigException(
          "data.features." + name + ".shape", "must be [1 or 3, height, width]", shape);
    }
    return new Feature(
        name, Kind.IMAGE, shape, Storage.U8, normalize, gaps, Feature.Reading.PLAIN, Shaping.NONE);
  }

  private long length(String name, ColumnSpec column) {
    if (column.length() > 0) {
      return column.length();
    }
    if (!table.pixels().isEmpty()) {
      return table.pixels().stream().reduce(1L, Math::multiplyExact);
    }
    try {
      int count = CellValues.count(firstValue(name));
      if (count == 0) {
        throw new InvalidValueException(
            "must have at least 1 number if data.features does not give its length", "none");
      }
      return count;
    } catch (InvalidValueException e) {
      throw invalid(name, e);
    }
  }

  private List<Long> shapeOfFirst(String name) {
    try {
      if (firstValue(name) instanceof byte[] file) {
        return Images8.shape(file);
      }
      throw new InvalidValueException("must be the bytes of a PNG or JPEG", firstValue(name));
    } catch (InvalidValueException e) {
      throw invalid(name, e);
    }
  }

  private Object firstValue(String name) throws InvalidValueException {
    Object value = SparkCells.plain(first, first.fieldIndex(name));
    if (value != null && !Absent.of(spec.leniency().absent()).holds(value)) {
      return value;
    } else if (spec.leniency().missing() == DataSpec.Missing.REFUSE) {
      throw new InvalidValueException("must not be missing", "nothing");
    }
    return FirstRow.with(name, table)
        .map(row -> SparkCells.plain(row, row.fieldIndex(name)))
        .orElseThrow(() -> new InvalidValueException("must have a value in some row", "nothing"));
  }

  private DataException invalid(String column, InvalidValueException e) {
    String file = first.getString(first.fieldIndex(SourceTable.FILE));
    RowProblem problem = new RowProblem(file, table.rowIsFile() ? -1 : 0, column, e.text());
    return new DataException(problem.text(table, 0));
  }
}
