package io.evenstep.driver.score;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.csv.CsvOutputWriter;
import org.apache.spark.sql.execution.datasources.json.JsonOutputWriter;
import org.apache.spark.sql.execution.datasources.parquet.ParquetOptions;
import org.apache.spark.sql.execution.datasources.parquet.ParquetUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Predef;
import scala.collection.JavaConverters;

/**
 * A folder of files like those that Spark writes, written by Spark's own writers without a session.
 */
public final class PartFiles {
  private static final String TIME_ZONE = "UTC"; // predictions have no times

  private final Configuration hadoop;
  private final Path folder;
  private final Format format;
  private final StopRequest stop;
  private final String id = UUID.randomUUID().toString();

  /** How rows are written. */
  @FunctionalInterface
  public interface Format {
    /** Spark's writers for rows of a schema. May change the settings of the job. */
    OutputWriterFactory writers(Job job, StructType schema);
  }

  /**
   * Files in a folder.
   *
   * @param folder created with the first file
   * @param stop ends the work between two rows
   */
  public PartFiles(Configuration hadoop, Path folder, Format format, StopRequest stop) {
    this.hadoop = hadoop;
    this.folder = folder;
    this.format = format;
    this.stop = stop;
  }

  /** CSV with Spark's options. */
  public static Format csv(Map<String, String> options) {
    CSVOptions csv = new CSVOptions(scala(options), true, TIME_ZONE);
    return (job, schema) ->
        new Writers(".csv", (path, context) -> new CsvOutputWriter(path, schema, context, csv));
  }

  /** JSON, one object a line, with Spark's options. */
  public static Format json(Map<String, String> options) {
    JSONOptions json = new JSONOptions(scala(options), TIME_ZONE, "");
    return (job, schema) ->
        new Writers(".json", (path, context) -> new JsonOutputWriter(path, json, schema, context));
  }

  /** Parquet. */
  public static Format parquet() {
    SQLConf settings = new SQLConf();
    ParquetOptions options = new ParquetOptions(scala(Map.of()), settings);
    return (job, schema) -> ParquetUtils.prepareWrite(settings, job, schema, options);
  }

  private static scala.collection.immutable.Map<String, String> scala(Map<String, String> map) {
    return JavaConverters.mapAsScalaMap(map).toMap(Predef.$conforms());
  }

  /**
   * Writes the rows of one partition.
   *
   * @throws RuntimeException of the rows; {@link #finish} must not be called after it
   */
  public void write(int partition, StructType schema, Iterator<Row> rows) {
    Function1<Object, Object> convert = CatalystTypeConverters.createToCatalystConverter(schema);
    try {
      Job job = Job.getInstance(hadoop);
      OutputWriterFactory writers = format.writers(job, schema);
      TaskAttemptContext task = task(job, partition);
      String name =
          String.format(
              Locale.ROOT, "part-%05d-%s-c000%s", partition, id, writers.getFileExtension(task));
      OutputWriter writer = writers.newInstance(new Path(folder, name).toString(), schema, task);
      try (Closeable whole = writer::close) {
        while (rows.hasNext()) {
          stop.requireNone("while predicting");
          writer.write((InternalRow) convert.apply(rows.next()));
        }
      }
    } catch (IOException e) {
      throw FileFault.of("Cannot write to", folder, e);
    }
  }

  private static TaskAttemptContext task(Job job, int partition) {
    TaskAttemptID id = new TaskAttemptID("evenstep", 0, TaskType.MAP, partition, 0);
    return new TaskAttemptContextImpl(job.getConfiguration(), id);
  }

  /** Marks the folder complete, as Spark does. */
  public void finish() {
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      files.create(new Path(folder, "_SUCCESS"), true).close();
    } catch (IOException e) {
      throw FileFault.of("Cannot finish", folder, e);
    }
  }

  /** Makes a writer of one file. */
  @FunctionalInterface
  private interface Opening {
    OutputWriter open(String path, TaskAttemptContext context);
  }

  private static final class Writers extends OutputWriterFactory {
    private static final long serialVersionUID = 1L;

    private final String extension;
    private final transient Opening opening; // used in this process only

    Writers(String extension, Opening opening) {
      this.extension = extension;
      this.opening = opening;
    }

    @Override
    public String getFileExtension(TaskAttemptContext context) {
      return extension;
    }

    @Override
    public OutputWriter newInstance(String path, StructType schema, TaskAttemptContext context) {
      return opening.open(path, context);
    }
  }
}
