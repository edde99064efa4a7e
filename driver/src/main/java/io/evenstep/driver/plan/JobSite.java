package io.evenstep.driver.plan;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.stage.Slots;
import io.evenstep.model.ConfigException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.JavaConverters;

/**
 * Where a job would run: a Spark session, or the local one that this process would open. To look at
 * the latter takes no session.
 */
public sealed interface JobSite {
  /** Spark's settings. */
  SparkConf settings();

  /** Hadoop's settings, which find files. */
  Configuration hadoop();

  /** How sources are read. */
  Reading reading();

  /** The session, if there is one. */
  Optional<SparkSession> session();

  /** How many workers could train now. */
  int slots();

  /**
   * The number of workers that will train; see {@link Slots#await}.
   *
   * @param workers number of slots needed; 0 for all available, up to {@code most}
   * @param most upper bound when {@code workers} is 0
   * @param stop ends the wait
   * @throws ConfigException when there are too few slots and no more can come
   */
  int await(int workers, int most, StopRequest stop);

  /** The executors other than the driver that are there now. */
  List<ExecutorSummary> executors();

  /** Spark's master. */
  default String master() {
    return settings().get("spark.master");
  }

  /** Whether driver and workers share this process. */
  default boolean isLocal() {
    return Slots.isLocal(master());
  }

  /** An open session. */
  static JobSite of(SparkSession spark) {
    return new Opened(spark);
  }

  /** The session that this process would open with a local master. */
  static JobSite here(SparkConf settings, Configuration hadoop) {
    return new Here(settings, hadoop);
  }

  /**
   * An open session.
   *
   * @param spark the session
   */
  record Opened(SparkSession spark) implements JobSite {
    @Override
    public SparkConf settings() {
      return context().getConf();
    }

    @Override
    public Configuration hadoop() {
      return context().hadoopConfiguration();
    }

    @Override
    public Reading reading() {
      return Reading.in(PinnedSession.of(spark));
    }

    @Override
    public Optional<SparkSession> session() {
      return Optional.of(spark);
    }

    @Override
    public int slots() {
      return Slots.available(context());
    }

    @Override
    public int await(int workers, int most, StopRequest stop) {
      return Slots.await(context(), workers, most, stop);
    }

    @Override
    public List<ExecutorSummary> executors() {
      return JavaConverters.seqAsJavaList(context().statusStore().executorList(true)).stream()
          .filter(executor -> !executor.id().equals("driver"))
          .toList();
    }

    private SparkContext context() {
      return spark.sparkContext();
    }
  }

  /**
   * This process, without a session.
   *
   * @param settings of the session that it would open
   * @param hadoop finds files
   */
  record Here(SparkConf settings, Configuration hadoop) implements JobSite {
    @Override
    public Reading reading() {
      return Reading.here(hadoop);
    }

    @Override
    public Optional<SparkSession> session() {
      return Optional.empty();
    }

    /** As Spark counts the slots of a local master: its threads by the cores of a task. */
    @Override
    public int slots() {
      int threads = SparkContext$.MODULE$.numDriverCores(master());
      return threads / Math.max(1, settings.getInt("spark.task.cpus", 1));
    }

    @Override
    public int await(int workers, int most, StopRequest stop) {
      stop.requireNone("before training");
      return Slots.chosen(slots(), workers, most, settings);
    }

    @Override
    public List<ExecutorSummary> executors() {
      return List.of();
    }
  }
}
