package io.evenstep.driver.cli;

import io.evenstep.driver.cli.terminal.JsonProgress;
import io.evenstep.driver.cli.terminal.Summary;
import io.evenstep.driver.cli.terminal.Terminal;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.run.RunReport;
import java.io.PrintWriter;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options for what a command prints. */
final class OutputOptions {
  /** At most one of these. */
  private static final class Kind {
    @Option(names = "--quiet", description = "Show no progress, only the result.")
    private boolean quiet;

    @Option(
        names = "--json",
        description = "Print one JSON object per line: messages, progress, and finally the result.")
    private boolean json;
  }

  @ArgGroup private Kind kind = new Kind();

  Progress progress(PrintWriter out, PrintWriter err) {
    if (kind.quiet) {
      return Progress.SILENT;
    }
    return kind.json ? new JsonProgress(out) : Terminal.progress(err);
  }

  /**
   * Prints the result of a run.
   *
   * @param output the parent of the run's folder
   * @param page whether there is a report page
   */
  void print(RunReport report, String output, boolean page, PrintWriter out) {
    String folder = output + "/" + report.runId();
    if (kind.json) {
      out.println(
          "{\"event\":\"result\",\"result\":"
              + report.toJson().replaceAll("\\s*\\n\\s*", "")
              + "}");
      out.flush();
    } else {
      Summary.print(report, folder, page, out);
      if (!kind.quiet) {
        String one = report.model().folds().isEmpty() ? folder : folder + "/fold-1";
        Summary.printNext(report, one, output, out);
      }
    }
  }
}
