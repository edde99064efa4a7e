package io.evenstep.driver.data.source;

import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.file.UnreadableFileException;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads folders with one subfolder of PNG or JPEG files per class. Images directly in the folder
 * have no label.
 */
final class ImageSource {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg");
  private static final int FILES_PER_PARTITION = 1000;

  private final SparkSession session;
  private final SourceSpec spec;
  private final Configuration conf;

  ImageSource(SparkSession session, SourceSpec spec) {
    this.session = session;
    this.spec = spec;
    this.conf = session.sparkContext().hadoopConfiguration();
  }

  SourceTable read() {
    List<String> images =
        SourceFiles.list(conf, spec.paths()).stream()
            .map(FileStatus::getPath)
            .filter(ImageSource::isImage)
            .map(Path::toString)
            .toList();
    if (images.isEmpty()) {
      throw new DataException(
          "Cannot read " + spec.paths().get(0) + ": the folder has no PNG or JPEG files");
    }
    StructType schema =
        new StructType()
            .add("image", DataTypes.BinaryType)
            .add("label", DataTypes.StringType)
            .add(SourceTable.FILE, DataTypes.StringType);
    return new SourceTable(
        SourceFiles.name(new Path(spec.paths().get(0))),
        session.createDataFrame(rows(images), schema),
        List.of(),
        SourceTable.Origin.FILE_EACH);
  }

  private JavaRDD<Row> rows(List<String> images) {
    SerializableConfiguration shipped = new SerializableConfiguration(conf);
    Set<String> roots = Set.copyOf(SourceFiles.roots(conf, spec.paths()));
    int partitions = (images.size() + FILES_PER_PARTITION - 1) / FILES_PER_PARTITION;
    return new JavaSparkContext(session.sparkContext())
        .parallelize(images, partitions)
        .map(file -> row(shipped.value(), new Path(file), roots));
  }

  private static Row row(Configuration conf, Path file, Set<String> roots) {
    Path folder = file.getParent();
    String label =
        roots.contains(folder.toString()) || roots.contains(file.toString())
            ? null
            : folder.getName();
    try (InputStream in = file.getFileSystem(conf).open(file)) {
      return RowFactory.create(in.readAllBytes(), label, file.toUri().toString());
    } catch (IOException e) {
      throw new UnreadableFileException(file.toUri().toString(), ReadFailure.reason(e), e);
    }
  }

  private static boolean isImage(Path file) {
    String name = file.getName().toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
