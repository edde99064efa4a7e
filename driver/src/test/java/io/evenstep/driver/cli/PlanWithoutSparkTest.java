package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.plan.JobPlan;
import io.evenstep.driver.run.TrainOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs over few rows of this machine are planned without Spark. A user sees no difference. */
class PlanWithoutSparkTest {
  /** Rules that read the rows, and gaps in the first row. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "stratified", "data.split=stratified",
          "grouped", "data.split=grouped data.splitBy=y",
          "sampled", "data.sample=40",
          "ordered", "data.split=ordered data.splitBy=y",
          "metric", "gate.metric=test.auc gate.atLeast=0",
          "gaps", "data.path=gaps.csv data.missing=fill training.batch=2");

  @TempDir private Path folder;
  private Workbench bench;
  private final List<String> opened = new ArrayList<>();

  private record Seen(int code, String out, String err) {}

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
    bench.write("none.csv", "x,y,label\n");
    bench.write("bad.zip", "PK no zip");
    bench.write("gaps.csv", "x,y,label\n,1,left\n2,1,right\n3,,left\n4,2,right\n5,2,left\n");
  }

  @Test
  void saysTheSameWithASessionAndWithout() {
    Map<String, List<String>> lines = lines();
    Map<String, Seen> with = new LinkedHashMap<>();
    lines.forEach((name, line) -> with.put(name, seen(bench.type(line.toArray(String[]::new)))));

    SparkTest.stop();
    Map<String, Seen> without = new LinkedHashMap<>();
    lines.forEach((name, line) -> without.put(name, type(name, line)));

    without.forEach((name, seen) -> assertThat(seen).as(name).isEqualTo(with.get(name)));
    assertThat(without.values()).extracting(Seen::code).contains(0, 65, 78);
    assertThat(opened).isEmpty();
  }

  @Test
  void opensTheSessionWhereASettingIsUnusualOrSparkReadsTheRows() {
    SparkTest.stop();
    List<String> unusual = new ArrayList<>(line(""));
    unusual.addAll(List.of("--conf", "spark.speculation=true"));
    type("setting", unusual);
    type("format", line("data.format=parquet"));

    assertThat(opened).containsExactly("setting", "format");
  }

  private Map<String, List<String>> lines() {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    lines.put("plain", line(""));
    OTHERS.forEach((name, settings) -> lines.put(name, line(settings)));
    PlanAgreesTest.jobs()
        .filter(bad -> bad.job().equals(Workbench.JOB) && bad.files().containsKey("none.csv"))
        .map(bad -> String.join(" ", bad.settings()))
        .filter(settings -> !settings.startsWith("output=") && !settings.contains("hidden"))
        .forEach(settings -> lines.put(settings, line(settings)));
    return lines;
  }

  private List<String> line(String settings) {
    List<String> line = new ArrayList<>(List.of("plan", bench.path("job.yaml").toString()));
    line.addAll(List.of("--master", "local[2]", "--run-id", "small"));
    line.addAll(List.of("--set", "output=" + bench.path("runs")));
    for (String setting : settings.split(" ")) {
      if (!setting.isEmpty()) {
        line.addAll(
            List.of("--set", setting.replaceAll("=(\\w+\\.csv|bad\\.zip)", "=" + folder + "/$1")));
      }
    }
    return line;
  }

  /** Runs a command that notes it when it opens a session, instead of planning in it. */
  private Seen type(String name, List<String> line) {
    JobRunners real = JobWiring.jobs();
    JobRunners.Plan noting =
        new JobRunners.Plan() {
          @Override
          public JobPlan run(JobConfig job, TrainOptions options, SparkSession spark) {
            throw new IllegalStateException("A session has been opened");
          }

          @Override
          public Optional<JobPlan> here(
              JobConfig job, TrainOptions options, SparkConf settings, Configuration hadoop) {
            return real.plan().here(job, options, settings, hadoop);
          }
        };
    JobRunners jobs =
        new JobRunners(
            real.train(),
            real.evaluate(),
            real.predict(),
            noting,
            real.describe(),
            real.draft(),
            real.sweep(),
            real.importance());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code;
    try (ConsoleLog log = ConsoleLog.open()) {
      PrintWriter errors = new PrintWriter(err);
      String[] words = line.toArray(String[]::new);
      code = Main.run(jobs, Shell.CLOCK, new StopRequest(), new PrintWriter(out), errors, words);
    }
    if (err.toString().contains("A session has been opened")
        || err.toString().contains("Cannot open a Spark session")) {
      opened.add(name);
    }
    return new Seen(code, out.toString(), err.toString());
  }

  private static Seen seen(Ended ended) {
    return new Seen(ended.code(), ended.out(), ended.err());
  }
}
