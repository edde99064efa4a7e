package io.evenstep.driver.cli.session;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.worker.checkpoint.FileFault;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.Utils;

/**
 * The Spark session a command runs in. What was open before the command stays open after it.
 *
 * @param found whether it was there before
 */
public record OpenSession(SparkSession spark, boolean found) implements AutoCloseable {
  /**
   * Works in the session.
   *
   * @param stop cancels the Spark jobs that the work has started, unless the work itself hears it
   * @throws TemporaryException when someone else has stopped Spark in the meantime, or it was asked
   *     to stop before it began
   */
  public <T> T run(StopRequest stop, Function<SparkSession, T> work) {
    SparkContext context = spark.sparkContext();
    String jobs = "evenstep-" + UUID.randomUUID();
    context.addJobTag(jobs);
    try (StopRequest.Hearing cancelling = stop.hear(() -> cancel(jobs))) {
      stop.requireNone("before it began");
      return work.apply(spark);
    } catch (Exception e) { // Spark throws checked ones without declaring them
      if (spark.sparkContext().isStopped() && ExitCode.of(e) == ExitCode.INTERNAL) {
        throw new TemporaryException("Cannot go on: Spark was stopped from outside", e);
      }
      Optional<RuntimeException> told = told(e);
      if (told.isPresent()) {
        throw told.get();
      }
      throw e;
    } catch (FSError e) { // an error of Hadoop's, for a disk's
      throw told(e).orElseThrow(() -> e);
    } finally {
      context.removeJobTag(jobs);
    }
  }

  /** What nobody else has told, and is a disk's fault or a setting's. */
  private Optional<RuntimeException> told(Throwable failure) {
    if (ExitCode.of(failure) != ExitCode.INTERNAL) {
      return Optional.empty();
    }
    return FileFault.in(failure)
        .map(fault -> ofDisk(fault, failure))
        .or(() -> SparkFailure.ofSetting(failure));
  }

  /** Whatever we write ourselves is told with its path, so that a full disk is Spark's own. */
  private RuntimeException ofDisk(FileFault fault, Throwable failure) {
    if (fault == FileFault.FULL || fault == FileFault.READ_ONLY) {
      Path scratch = new Path(Utils.getConfiguredLocalDirs(spark.sparkContext().getConf())[0]);
      return FileFault.of("Cannot write to Spark's scratch folder", scratch, failure);
    }
    return fault.exception(failure);
  }

  private void cancel(String jobs) {
    if (!spark.sparkContext().isStopped()) {
      spark.sparkContext().cancelJobsWithTag(jobs);
    }
  }

  @Override
  public void close() {
    if (!found) {
      spark.stop();
    }
  }
}
