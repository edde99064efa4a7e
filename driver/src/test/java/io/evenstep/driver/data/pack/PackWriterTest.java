package io.evenstep.driver.data.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class PackWriterTest {
  /** Few rows are sorted another way than many, and a pack must not show it. */
  @Test
  void oneTaskSortsAsSparkDoes() {
    SparkSession session = SparkTest.session();
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (long row = 0; row < 300; row++) {
      long place = row % 3 == 0 ? random.nextInt(5) - 2 : random.nextLong(); // some are equal
      rows.add(RowFactory.create(random.nextInt(3), place, row, new byte[] {(byte) row}));
    }
    JavaRDD<Row> records =
        JavaSparkContext.fromSparkContext(session.sparkContext()).parallelize(rows, 3);

    List<String> few = texts(PackWriter.sortedByOneTask(records));

    assertThat(few).hasSize(300).isEqualTo(texts(PackWriter.sortedBySpark(session, records, 1)));
    assertThat(PackWriter.sortedByOneTask(records).getNumPartitions()).isOne();
  }

  private static List<String> texts(JavaRDD<Row> records) {
    return records.collect().stream()
        .map(row -> row.getInt(0) + " " + row.getLong(1) + " " + row.getLong(2) + text(row))
        .toList();
  }

  private static String text(Row row) {
    return " " + row.<byte[]>getAs(3)[0];
  }
}
