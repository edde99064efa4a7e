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
 * The Spark session of a command. A session that was open before the command stays open after it.
 *
 * @param found whether it was open before
 */
public record OpenSession(SparkSession spark, boolean found) implements AutoCloseable {
  /**
   * Runs work in the session.
   *
   * @param stop cancels the Spark jobs of the work, unless the work handles stop requests itself
   * @throws TemporaryException when Spark was stopped from outside, or a stop was requested before
   *     the work began
   */
  public <T> T run(StopRequest stop, Function<SparkSession, T> work) {
    SparkContext context = spark.sparkContext();
    String jobs = "evenstep-" + UUID.randomUUID();
    context.addJobTag(jobs);
    try (StopRequest.Hearing cancelling = stop.hear(() -> cancel(jobs))) {
      stop.requireNone("before it began");
      return work.apply(spark);
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      if (spark.sparkContext().isStopped() && ExitCode.of(e) == ExitCode.INTERNAL) {
        throw new TemporaryException("Cannot continue: Spark was stopped from outside", e);
      }
      Optional<RuntimeException> told = told(e);
      if (told.isPresent()) {
        throw told.get();
      }
      throw e;
    } catch (FSError e) { // Hadoop throws an Error when a disk fails
      throw told(e).orElseThrow(() -> e);
    } finally {
      context.removeJobTag(jobs);
    }
  }

  /** Explains failures of a disk or a setting that have no message of their own. */
  private Optional<RuntimeException> told(Throwable failure) {
    if (ExitCode.of(failure) != ExitCode.INTERNAL) {
      return Optional.empty();
    }
    return FileFault.in(failure)
        .map(fault -> ofDisk(fault, failure))
        .or(() -> SparkFailure.ofSetting(failure));
  }

  /**
   * Our own writes name their path when they fail, so here the full disk is that of Spark's scratch
   * folder.
   */
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
