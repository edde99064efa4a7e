package io.evenstep.driver.ml;

import io.evenstep.model.ConfigException;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Rules for the columns that Params name. Every failure names the Param. */
final class SchemaRules {
  private final Params owner;
  private final StructType schema;

  SchemaRules(Params owner, StructType schema) {
    this.owner = owner;
    this.schema = schema;
  }

  void requireVectors(Param<String> param) {
    require(param, "of vectors", SQLDataTypes.VectorType()::equals);
  }

  void requireNumbers(Param<String> param) {
    require(param, "of numbers", type -> type instanceof NumericType);
  }

  void requireFlags(Param<String> param) {
    require(param, "of booleans", type -> type instanceof BooleanType);
  }

  private void require(Param<String> param, String what, Predicate<DataType> holds) {
    String column = owner.getOrDefault(param);
    if (Arrays.stream(schema.fieldNames()).noneMatch(column::equals)) {
      String columns = String.join(", ", schema.fieldNames());
      throw new ConfigException(param.name(), "must name one of the columns " + columns, column);
    }
    DataType type = schema.apply(column).dataType();
    if (!holds.test(type)) {
      throw new ConfigException(
          param.name(),
          "must name a column " + what,
          column + ", which is of " + type.simpleString());
    }
  }

  /** The columns and one more; unchanged when the Param's value is empty. */
  SchemaRules with(Param<String> param, DataType type) {
    String column = owner.getOrDefault(param);
    if (column.isEmpty()) {
      return this;
    }
    Arrays.stream(schema.fieldNames())
        .filter(sameName(column))
        .findFirst()
        .ifPresent(taken -> refuse(param, taken));
    return new SchemaRules(owner, schema.add(column, type));
  }

  /** Compares names as Spark does in this session; by default, case does not matter. */
  private static Predicate<String> sameName(String column) {
    return SQLConf.get().caseSensitiveAnalysis() ? column::equals : column::equalsIgnoreCase;
  }

  private static void refuse(Param<String> param, String taken) {
    throw new ConfigException(
        param.name(),
        "must not name an existing column (drop or rename that column, choose another name, or set"
            + " it to empty for no column)",
        taken);
  }

  /** The columns and the output columns of a classification. */
  SchemaRules withClasses(ClassColumns<?> columns) {
    return with(columns.rawPredictionCol(), SQLDataTypes.VectorType())
        .with(columns.probabilityCol(), SQLDataTypes.VectorType())
        .with(columns.predictionCol(), DataTypes.DoubleType);
  }

  StructType schema() {
    return schema;
  }
}
