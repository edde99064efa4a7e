package io.evenstep.driver.cli.look;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.report.RunComparison;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes one page that compares runs. */
@Command(name = "report", description = "Compare runs on one page.")
public final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN_FOLDER", arity = "1..*", description = "Folders of runs.")
  private List<String> folders = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The page to write, on the local disk; default: compare.html.")
  private Path output = Path.of("compare.html");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    RunComparison comparison = new RunComparison();
    for (String each : folders) {
      RunFolder run = RunFolder.at(new org.apache.hadoop.fs.Path(each), new Configuration());
      comparison.add(run.files(), run.folder());
    }
    try {
      Files.writeString(output, comparison.page());
    } catch (IOException e) {
      throw FileFault.of("Cannot write", new org.apache.hadoop.fs.Path(output.toUri()), e);
    }
    spec.commandLine().getOut().println(output);
    spec.commandLine().getOut().flush();
    return ExitCode.DONE.number;
  }
}
