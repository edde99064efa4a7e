package io.evenstep.driver.data.source;

import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.part.LocalParts;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.part.RowParts;
import io.evenstep.driver.data.part.SparkParts;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads pairs of IDX files, images and labels. One task reads a compressed pair; others are read in
 * slices.
 */
final class IdxSource {
  private static final StructType SCHEMA =
      new StructType()
          .add("image", DataTypes.BinaryType)
          .add("label", DataTypes.IntegerType)
          .add(SourceTable.FILE, DataTypes.StringType);

  private final Reading reading;
  private final SourceSpec spec;
  private final Configuration conf;

  IdxSource(Reading reading, SourceSpec spec) {
    this.reading = reading;
    this.spec = spec;
    this.conf = reading.hadoop();
  }

  SourceTable read() {
    List<FileStatus> images = SourceFiles.list(conf, spec.paths());
    List<FileStatus> labels =
        spec.labelPaths().isEmpty() ? List.of() : SourceFiles.list(conf, spec.labelPaths());
    if (!labels.isEmpty() && labels.size() != images.size()) {
      throw new ConfigException(
          "data.labels", "must be " + images.size() + " files, one per image file", labels.size());
    }
    List<IdxSlice> slices = new ArrayList<>();
    List<Integer> size = List.of();
    for (int i = 0; i < images.size(); i++) {
      IdxFile file = IdxFile.open(conf, images.get(i).getPath(), 3);
      Optional<IdxFile> label =
          labels.isEmpty() ? Optional.empty() : Optional.of(labels(labels.get(i), file));
      size = requireSameSize(file, size);
      slices.addAll(IdxSlice.of(file, label));
    }
    String name = SourceFiles.name(new Path(spec.paths().get(0)));
    List<Long> pixels = List.of(1L, (long) size.get(0), (long) size.get(1));
    RowParts parts =
        reading
            .session()
            .<RowParts>map(spark -> new SparkParts(() -> rows(spark, slices)))
            .orElseGet(() -> here(slices));
    return SourceTable.ofRecords(name, parts, pixels, SCHEMA, reading);
  }

  private IdxFile labels(FileStatus status, IdxFile images) {
    IdxFile labels = IdxFile.open(conf, status.getPath(), 1);
    if (labels.items() != images.items()) {
      throw new DataException(
          "Cannot pair "
              + images.name()
              + " with "
              + labels.name()
              + ": counts must be equal, got "
              + images.items()
              + " images and "
              + labels.items()
              + " labels");
    }
    return labels;
  }

  private static List<Integer> requireSameSize(IdxFile file, List<Integer> size) {
    List<Integer> own = file.dimensions().subList(1, 3);
    if (!size.isEmpty() && !size.equals(own)) {
      throw new DataException(
          "Invalid images in " + file.name() + ": must be " + size + " pixels, got " + own);
    }
    return own;
  }

  private RowParts here(List<IdxSlice> slices) {
    List<Supplier<Iterator<Row>>> parts = new ArrayList<>();
    slices.forEach(slice -> parts.add(() -> new IdxRows(conf, slice, SCHEMA)));
    return new LocalParts(parts);
  }

  private JavaRDD<Row> rows(SparkSession session, List<IdxSlice> slices) {
    SerializableConfiguration shipped = new SerializableConfiguration(conf);
    return new JavaSparkContext(session.sparkContext())
        .parallelize(IntStream.range(0, slices.size()).boxed().toList(), slices.size())
        .mapPartitions(some -> new IdxRows(shipped.value(), slices.get(some.next()), SCHEMA));
  }
}
