package io.evenstep.driver.cli;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;

/** A folder with a small job and its data, and a shell that runs the real commands. */
final class Workbench {
  /** Two classes separated by a line; 64 rows, a quarter of them for test. */
  static final String JOB =
      """
      name: small
      data: {format: csv, path: rows.csv, test: {fraction: 0.25}}
      model: {name: logistic}
      training: {batch: 16, epochs: 1, workers: 2, shards: 4}
      """;

  private static final Pattern TEMPORARY = Pattern.compile("unfinished|tmp|_temporary|\\.writable");

  private final Path folder;
  private int cores = 2;
  private boolean sharing = true;

  private Workbench(Path folder) {
    this.folder = folder;
  }

  /** A bench with {@link #JOB} in {@code job.yaml} and its rows in {@code rows.csv}. */
  static Workbench in(Path folder) {
    Workbench bench = new Workbench(folder);
    bench.job(JOB);
    bench.write("rows.csv", rows(64));
    return bench;
  }

  /** Rows of a header, two numbers and a class. */
  static String rows(int count) {
    StringBuilder rows = new StringBuilder("x,y,label\n");
    for (int i = 0; i < count; i++) {
      String label = i % 2 == 0 ? "left" : "right";
      rows.append(i % 2 == 0 ? -1 - i % 7 : 1 + i % 5).append(',');
      rows.append(i % 11).append(',').append(label).append('\n');
    }
    return rows.toString();
  }

  /** Puts another text in place of the job file. */
  Workbench job(String yaml) {
    write("job.yaml", yaml);
    return this;
  }

  /** Later commands run on {@code local[count]}. */
  Workbench cores(int count) {
    cores = count;
    return this;
  }

  /** Later commands open their own Spark session, for settings that apply when a session starts. */
  Workbench apart() {
    sharing = false;
    return this;
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) {
    try {
      Files.createDirectories(path(name).getParent());
      return Files.write(path(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Moves what {@link #train} made, and deletes packs, data and job. */
  void keepNothingButTheRun(Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.move(path("runs/small"), to);
    for (String old : List.of("runs", "rows.csv", "job.yaml", "pets")) {
      FileUtil.fullyDelete(path(old).toFile());
    }
  }

  /** A file of the run that {@link #train} makes. */
  Path run(String name) {
    return path("runs/small/" + name);
  }

  /** Temporary files of Evenstep, Hadoop or Spark that still exist. */
  List<Path> leftovers() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> TEMPORARY.matcher(file.getFileName().toString()).find()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RunReport report() {
    return RunReport.fromJson(text(run("result.json")));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code train job.yaml}, with the run's id {@code small} unless {@code more} has another id. */
  Ended train(String... more) {
    List<String> line = new ArrayList<>(List.of("train", path("job.yaml").toString()));
    line.addAll(List.of("--set", "output=" + path("runs")));
    line.addAll(List.of(more));
    if (!line.contains("--run-id")) {
      line.addAll(List.of("--run-id", "small"));
    }
    return type(line.toArray(String[]::new));
  }

  /** Any command. */
  Ended type(String... line) {
    return type(new StopRequest(), line);
  }

  /** Any command, which may be asked to stop. */
  Ended type(StopRequest stop, String... line) {
    if (sharing) {
      SparkTest.session(cores);
    } else {
      SparkTest.stop();
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    try (ConsoleLog log = ConsoleLog.open()) {
      PrintWriter errors = new PrintWriter(err);
      int code = Main.run(JobWiring.jobs(), Shell.CLOCK, stop, new PrintWriter(out), errors, line);
      return new Ended(code, out.toString(), err.toString(), log.toString());
    }
  }
}
