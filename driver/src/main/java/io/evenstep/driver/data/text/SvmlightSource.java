package io.evenstep.driver.data.text;

import io.evenstep.driver.data.file.FileKind;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.part.RowParts;
import io.evenstep.driver.data.spec.SourceSpec;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads SVMLight files: a label and one vector. */
public final class SvmlightSource {
  /** Maximum size of a vector. Records store all its numbers, including zeros. */
  public static final int MOST_FEATURES = 1 << 24;

  private static final StructType SCHEMA =
      new StructType()
          .add("label", DataTypes.DoubleType)
          .add("features", SQLDataTypes.VectorType())
          .add(SourceTable.CORRUPT, DataTypes.StringType)
          .add(SourceTable.FILE, DataTypes.StringType);

  private final Reading reading;
  private final SourceSpec spec;

  public SvmlightSource(Reading reading, SourceSpec spec) {
    this.reading = reading;
    this.spec = spec;
  }

  public SourceTable read() {
    var conf = reading.hadoop();
    List<FileStatus> files = SourceFiles.list(conf, spec.paths());
    FileKind.requireNone(conf, files.get(0).getPath(), "svmlight");
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(spec.options());
    String given = options.get("numFeatures");
    int features = given == null ? greatestIndex(files) : Integer.parseInt(given);
    return SourceTable.ofRecords(
        SourceFiles.name(new Path(spec.paths().get(0))),
        rows(files, features),
        List.of(),
        SCHEMA,
        reading);
  }

  private RowParts rows(List<FileStatus> files, int features) {
    return TextSlices.read(
        reading,
        files,
        false,
        (hadoop, slice) -> new SvmlightRows(hadoop, slice, SCHEMA, features));
  }

  /** From all valid lines. Invalid lines are reported when the rows are checked. */
  private int greatestIndex(List<FileStatus> files) {
    AtomicInteger greatest = new AtomicInteger(1);
    rows(files, MOST_FEATURES)
        .each(
            (partition, some) -> greatestIndex(some),
            index -> greatest.accumulateAndGet(index, Math::max));
    return greatest.get();
  }

  private static int greatestIndex(Iterator<Row> rows) {
    int greatest = 1;
    while (rows.hasNext()) {
      if (rows.next().get(1) instanceof SparseVector vector && vector.indices().length > 0) {
        int[] indices = vector.indices(); // including explicit zeros
        greatest = Math.max(greatest, indices[indices.length - 1] + 1);
      }
    }
    return greatest;
  }
}
