package io.evenstep.driver.course;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.fold.FoldsJob;
import io.evenstep.driver.plot.run.RunPlots;
import io.evenstep.driver.run.Resume;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.run.RunReport;
import io.evenstep.driver.run.TrainOptions;
import io.evenstep.model.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Trains the jobs of a course one after the other and draws the pictures of each. A job that is
 * done already is not repeated; a job that fails does not end the course.
 */
public final class CourseJob {
  private static final int DIGEST = 8; // characters, enough to tell two versions of a job apart

  private final SparkSession spark;
  private final Progress progress;
  private final StopRequest stop;
  private final Overrides overrides;

  private CourseJob(SparkSession spark, Progress progress, StopRequest stop, Overrides overrides) {
    this.spark = spark;
    this.progress = progress;
    this.stop = stop;
    this.overrides = overrides;
  }

  /**
   * Runs the course and writes {@code index.html} into the output folder of its jobs.
   *
   * @param jobs files, in order, at least one
   * @param overrides of every job
   * @param stop requests an early end; the page then shows the jobs so far
   * @return one entry for each job, in order
   * @throws io.evenstep.driver.control.TemporaryException when a stop was requested
   */
  public static Course run(
      List<Path> jobs,
      Overrides overrides,
      SparkSession spark,
      Progress progress,
      StopRequest stop) {
    return new CourseJob(spark, progress, stop, overrides).run(jobs);
  }

  /**
   * A course that ran.
   *
   * @param entries in order
   * @param page the page; empty when no job file could be read
   */
  public record Course(List<CourseEntry> entries, Optional<org.apache.hadoop.fs.Path> page) {
    /** Copies the list. */
    public Course {
      entries = List.copyOf(entries);
    }
  }

  private Course run(List<Path> jobs) {
    List<CourseEntry> entries = new ArrayList<>();
    try {
      for (Path job : jobs) {
        stop.requireNone("between two jobs of the course");
        CourseEntry entry = timed(job);
        entries.add(entry);
        say(entry, entries.size(), jobs.size());
      }
    } catch (RuntimeException e) {
      CoursePage.write(entries, hadoop()); // a course that is stopped has a page too
      throw e;
    }
    return new Course(entries, CoursePage.write(entries, hadoop()));
  }

  private void say(CourseEntry entry, int number, int all) {
    String words =
        entry
            .failure()
            .map(Reason::of)
            .orElseGet(() -> entry.report().map(CourseFigures::words).orElse(""));
    progress.say(
        String.format(
            Locale.ROOT,
            "%d/%d %s: %s in %.1f s; %s",
            number,
            all,
            entry.name(),
            entry.status(),
            entry.seconds(),
            words));
  }

  private CourseEntry timed(Path file) {
    long began = System.nanoTime();
    String name = CourseFiles.name(file);
    String about = CourseFiles.about(file);
    Optional<RunFolder> run = Optional.empty();
    try {
      JobConfig job = JobConfig.read(file, overrides);
      run = Optional.of(folder(job, name));
      RunReport report = trained(job, run.get());
      return new CourseEntry(
          name, about, run, Optional.of(report), Optional.empty(), seconds(began));
    } catch (RuntimeException e) {
      if (stop.reason().isPresent()) {
        throw e;
      }
      return new CourseEntry(name, about, run, Optional.empty(), Optional.of(e), seconds(began));
    }
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  /** The run's name is the job's, unless a run of another version of the job has it. */
  private RunFolder folder(JobConfig job, String name) {
    RunFolder plain = RunFolder.of(job.output(), name, hadoop());
    return plain.isOfAnother(job)
        ? RunFolder.of(job.output(), name + "-" + job.sha256().substring(0, DIGEST), hadoop())
        : plain;
  }

  private RunReport trained(JobConfig job, RunFolder run) {
    TrainOptions options = new TrainOptions(run.folder().getName(), Resume.AUTO, stop);
    RunReport report = FoldsJob.run(job, options, spark, Progress.SILENT);
    if (!hasPlots(run)) {
      RunPlots.draw(run, job, hadoop());
    }
    return report;
  }

  private static boolean hasPlots(RunFolder run) {
    try {
      return run.files().exists(run.path(RunFolder.PLOTS));
    } catch (IOException e) {
      return false; // drawing them says what is wrong
    }
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
