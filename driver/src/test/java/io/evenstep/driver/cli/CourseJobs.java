package io.evenstep.driver.cli;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The jobs of the course, and a table of what each reached: {@code src/bench/course/run.sh} prints
 * it.
 */
final class CourseJobs {
  private CourseJobs() {}

  /** All jobs, in the order of the course. */
  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(Built.root().resolve("conf/course"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  static String name(Path job) {
    return job.getFileName().toString().replace(".yaml", "");
  }

  /** Trains a job with this many workers. The run's id is the job's name and that number. */
  static Ended train(Workbench bench, Path job, int workers) {
    return bench.type(
        "train",
        job.toString(),
        "--run-id",
        name(job) + "-" + workers,
        "--set",
        "output=" + bench.path("runs"),
        "--set",
        "training.workers=" + workers,
        "--set",
        "report.page=false",
        "--set",
        "report.tensorboard=false");
  }

  static RunReport report(Workbench bench, Path job, int workers) {
    return RunReport.fromJson(
        Workbench.text(bench.path("runs/" + name(job) + "-" + workers + "/result.json")));
  }

  /**
   * Arguments: the part of a name that jobs must have (all jobs); a folder for pictures of decision
   * regions (none).
   *
   * @throws IOException when a folder cannot be made
   */
  public static void main(String[] arguments) throws IOException {
    String part = arguments.length > 0 ? arguments[0] : "";
    Workbench bench = Workbench.in(Files.createTempDirectory("course")).cores(2);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("| Job | Exit | Epochs | Training loss | Test | Seconds |");
    out.println("|---|---|---|---|---|---|");
    for (Path job : all()) {
      if (name(job).contains(part)) {
        out.println(row(bench, job));
        if (arguments.length > 1) {
          draw(bench, job, Path.of(arguments[1]));
        }
      }
    }
    System.exit(0);
  }

  private static void draw(Workbench bench, Path job, Path folder) throws IOException {
    Path run = bench.path("runs/" + name(job) + "-1");
    bench.type("plot", run.toString());
    Path regions = run.resolve("plots/regions.png");
    if (Files.exists(regions)) {
      Files.createDirectories(folder);
      Files.copy(regions, folder.resolve(name(job) + ".png"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String row(Workbench bench, Path job) {
    int workers = 1; // some jobs have one shard
    Ended ended = train(bench, job, workers);
    if (ended.code() != 0 && ended.code() != 79) {
      return "| " + name(job) + " | " + ended.code() + " | " + ended.err().strip() + " |";
    }
    RunReport report = report(bench, job, workers);
    StringBuilder test = new StringBuilder();
    report
        .metrics()
        .forEach(
            (metric, value) -> {
              if (metric.startsWith("test.")) {
                test.append(String.format(Locale.ROOT, "%s %.4f ", metric.substring(5), value));
              }
            });
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %.4f | %s| %.1f |",
        name(job),
        ended.code(),
        report.work().epochs(),
        report.metrics().getOrDefault("train.loss", Double.NaN),
        test,
        report.timing().trainSeconds());
  }
}
