package io.evenstep.driver.cli.look;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.run.RunReport;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the runs of a folder. */
@Command(name = "runs", description = "List the runs in a folder, newest first.")
public final class RunsCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final List<String> HEAD =
      List.of("run", "begun", "state", "epochs", "steps", "seconds", "metric", "value", "loss");
  private static final List<String> METRICS = List.of("accuracy", "r2");

  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      description = "Folder of runs, the job's output; default: runs.")
  private String folder = "runs";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<List<String>> lines = new ArrayList<>(List.of(HEAD));
    for (FileStatus each : newestFirst(new Path(folder))) {
      RunFolder run = RunFolder.at(each.getPath(), new Configuration());
      if (run.read("config.json").isPresent()) {
        lines.add(line(run, each.getModificationTime()));
      }
    }
    if (lines.size() == 1) {
      throw new ConfigException("Cannot find a run in " + folder + ": no folder has a config.json");
    }
    print(lines);
    return ExitCode.DONE.number;
  }

  private static List<FileStatus> newestFirst(Path folder) {
    try {
      return Arrays.stream(folder.getFileSystem(new Configuration()).listStatus(folder))
          .filter(FileStatus::isDirectory)
          .sorted(Comparator.comparing(FileStatus::getModificationTime).reversed())
          .toList();
    } catch (FileNotFoundException e) {
      throw new ConfigException("Cannot find the folder " + folder, e);
    } catch (IOException e) {
      throw FileFault.of("Cannot list", folder, e);
    }
  }

  private static List<String> line(RunFolder run, long millis) {
    String name = run.folder().getName();
    String begun = TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    Optional<RunReport> report;
    try {
      report = run.report();
    } catch (DataException e) {
      return List.of(name, begun, "damaged", "", "", "", "", "", "");
    }
    return report
        .map(done -> line(name, begun, done))
        .orElse(List.of(name, begun, "not finished", "", "", "", "", "", ""));
  }

  private static List<String> line(String name, String begun, RunReport report) {
    Optional<String> split =
        Stream.of("test.", "validation.", "train.")
            .filter(each -> report.metrics().containsKey(each + "loss"))
            .findFirst();
    Optional<Map.Entry<String, Double>> metric =
        split.flatMap(
            prefix ->
                report.metrics().entrySet().stream()
                    .filter(each -> each.getKey().startsWith(prefix))
                    .filter(each -> METRICS.stream().anyMatch(each.getKey()::endsWith))
                    .findFirst());
    return List.of(
        name,
        begun,
        report.status(),
        Integer.toString(report.work().epochs()),
        Long.toString(report.work().steps()),
        number(report.timing().trainSeconds(), "%.1f"),
        metric.map(Map.Entry::getKey).orElse(""),
        metric.map(each -> number(each.getValue(), "%.4f")).orElse(""),
        split
            .map(
                prefix ->
                    number(report.metrics().getOrDefault(prefix + "loss", Double.NaN), "%.4f"))
            .orElse(""));
  }

  private static String number(double value, String format) {
    return String.format(Locale.ROOT, format, value);
  }

  private void print(List<List<String>> lines) {
    PrintWriter out = spec.commandLine().getOut();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < HEAD.size(); column++) {
        int of = column;
        int width = lines.stream().mapToInt(each -> each.get(of).length()).max().orElse(0);
        text.append(line.get(column)).append(" ".repeat(width - line.get(column).length() + 2));
      }
      out.println(text.toString().stripTrailing());
    }
    out.flush();
  }
}
