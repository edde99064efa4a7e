package io.evenstep.driver.data.text;

import io.evenstep.driver.data.part.LocalParts;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.part.RowParts;
import io.evenstep.driver.data.part.SparkParts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;

/** The rows of text files, by partition. */
final class TextSlices {
  private TextSlices() {}

  /** Reads the rows of one slice in a task. Resources are closed when the task ends. */
  @FunctionalInterface
  interface Reader extends Serializable {
    Iterator<Row> read(Configuration conf, TextSlice slice);
  }

  /**
   * The rows of the given files.
   *
   * @param whole whether a file is one slice, whatever its length
   */
  static RowParts read(Reading reading, List<FileStatus> files, boolean whole, Reader reader) {
    return reading
        .session()
        .map(session -> inTasks(session, TextCut.of(session, files, whole), reader))
        .orElseGet(
            () -> here(reading.hadoop(), TextCut.of(reading.hadoop(), files, whole), reader));
  }

  private static RowParts inTasks(
      SparkSession session, List<List<TextSlice>> slices, Reader reader) {
    SerializableConfiguration shipped =
        new SerializableConfiguration(session.sparkContext().hadoopConfiguration());
    JavaRDD<Row> rows =
        numbers(session, slices)
            .mapPartitions(
                some -> new InTurn(reader, shipped.value(), slices.get(some.next()).iterator()));
    return new SparkParts(() -> rows);
  }

  private static RowParts here(Configuration conf, List<List<TextSlice>> slices, Reader reader) {
    List<Supplier<Iterator<Row>>> parts = new ArrayList<>();
    slices.forEach(some -> parts.add(() -> new InTurn(reader, conf, some.iterator())));
    return new LocalParts(parts);
  }

  /** The rows of several slices in turn; each slice is opened when it is reached. */
  private static final class InTurn implements Iterator<Row> {
    private final Reader reader;
    private final Configuration conf;
    private final Iterator<TextSlice> slices;
    private Iterator<Row> rows = Collections.emptyIterator();

    InTurn(Reader reader, Configuration conf, Iterator<TextSlice> slices) {
      this.reader = reader;
      this.conf = conf;
      this.slices = slices;
    }

    @Override
    public boolean hasNext() {
      while (!rows.hasNext() && slices.hasNext()) {
        rows = reader.read(conf, slices.next());
      }
      return rows.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return rows.next();
    }
  }

  /** The index of each partition, preferably computed where its first bytes are. */
  private static JavaRDD<Integer> numbers(SparkSession session, List<List<TextSlice>> slices) {
    Configuration conf = session.sparkContext().hadoopConfiguration();
    List<Tuple2<Integer, Seq<String>>> numbers = new ArrayList<>();
    for (List<TextSlice> some : slices) {
      List<String> hosts = some.get(0).hosts(conf);
      numbers.add(Tuple2.apply(numbers.size(), JavaConverters.asScalaBuffer(hosts)));
    }
    return session
        .sparkContext()
        .<Integer>makeRDD(
            JavaConverters.asScalaBuffer(numbers), ClassTag$.MODULE$.apply(Integer.class))
        .toJavaRDD();
  }
}
