package io.evenstep.driver.ml.score;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.NewInstance;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Appends the cells that scoring adds to a dataset's columns. Besides the network, Spark's cost per
 * row dominates scoring. So a vector that two columns share is written once, and the vector type is
 * not created again for each vector.
 */
public final class ScoredColumns {
  private ScoredColumns() {}

  /**
   * The dataset with its new columns.
   *
   * @param schema its columns, then those of {@code scoring}'s cells, where two adjacent vector
   *     columns share one vector
   */
  public static Dataset<Row> of(Dataset<Row> rows, VectorScoring scoring, StructType schema) {
    int first = rows.schema().size();
    List<StructField> fields = new ArrayList<>(List.of(schema.fields()));
    boolean twins = hasTwins(fields, first);
    if (twins) {
      fields.remove(first + 1);
    }
    StructType once = new StructType(fields.toArray(StructField[]::new));
    Dataset<Row> scored = rows.mapPartitions(scoring, encoder(once));
    List<Column> columns = columns(scored, once);
    if (twins) {
      columns.add(first + 1, columns.get(first).as(schema.apply(first + 1).name()));
    }
    return scored.select(columns.toArray(Column[]::new));
  }

  private static boolean hasTwins(List<StructField> fields, int first) {
    return fields.size() > first + 1
        && fields.get(first).dataType().equals(SQLDataTypes.VectorType())
        && fields.get(first + 1).dataType().equals(SQLDataTypes.VectorType());
  }

  /**
   * Selects by column, because a dataset may have two columns of the same name. Spark drops a
   * column's metadata, such as class names or a watermark, when rows pass through a function.
   */
  private static List<Column> columns(Dataset<Row> scored, StructType schema) {
    List<Column> columns = new ArrayList<>();
    for (Attribute column :
        JavaConverters.seqAsJavaList(scored.queryExecution().analyzed().output())) {
      StructField field = schema.apply(columns.size());
      columns.add(new Column(column).as(field.name(), field.metadata()));
    }
    return columns;
  }

  private static ExpressionEncoder<Row> encoder(StructType schema) {
    ExpressionEncoder<Row> encoder = ExpressionEncoder.apply(schema);
    return new ExpressionEncoder<>(
        encoder.objSerializer().transform(new OneVectorType()),
        encoder.objDeserializer(),
        encoder.clsTag());
  }

  /** Spark itself would create a {@link VectorUDT} for each vector. */
  private static final class OneVectorType extends AbstractPartialFunction<Expression, Expression> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isDefinedAt(Expression expression) {
      return expression instanceof NewInstance made && made.cls() == VectorUDT.class;
    }

    @Override
    public Expression apply(Expression made) {
      return Literal.create(SQLDataTypes.VectorType(), made.dataType());
    }
  }
}
