package io.evenstep.driver.cli;

import io.evenstep.driver.cli.look.RunOptions;
import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.terminal.Summary;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.run.RunReport;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the content of a run's folder. */
@Command(name = "inspect", description = "Show the content of a run's folder.")
final class InspectCommand implements Callable<Integer> {
  @Mixin private RunOptions run = new RunOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    RunFolder folder = run.open(new Configuration());
    String config = RunOptions.json(folder);
    PrintWriter out = spec.commandLine().getOut();
    Optional<RunReport> report = folder.report();
    report.ifPresentOrElse(
        done -> Summary.print(done, folder.toString(), folder.read("report.html").isPresent(), out),
        () -> out.printf(Locale.ROOT, "%s: not finished%n", folder));
    out.printf(Locale.ROOT, "  %-16s %s%n", "config SHA-256", JobConfig.sha256Of(config));
    report.ifPresent(
        done ->
            out.printf(
                Locale.ROOT, "  %-16s %s%n", "weights SHA-256", done.model().parametersSha256()));
    report.ifPresent(
        done ->
            out.printf(Locale.ROOT, "  %-16s %s%n", "data SHA-256", done.origin().dataSha256()));
    checkpoints(folder)
        .forEach(
            file ->
                out.printf(
                    Locale.ROOT,
                    "  %-16s %s, %,d bytes%n",
                    "checkpoint",
                    file.getPath().getName(),
                    file.getLen()));
    return ExitCode.DONE.number;
  }

  private static List<FileStatus> checkpoints(RunFolder folder) {
    try {
      return Arrays.stream(folder.files().listStatus(folder.path("checkpoints"))).sorted().toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw FileFault.of("Cannot list the checkpoints of", folder.folder(), e);
    }
  }
}
