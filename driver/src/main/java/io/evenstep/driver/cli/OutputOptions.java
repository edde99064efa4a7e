package io.evenstep.driver.cli;

import io.evenstep.driver.cli.terminal.JsonProgress;
import io.evenstep.driver.cli.terminal.Summary;
import io.evenstep.driver.cli.terminal.Terminal;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.run.RunReport;
import java.io.PrintWriter;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a command shows while it works, and at its end. */
final class OutputOptions {
  /** One of these at most. */
  private static final class Kind {
    @Option(names = "--quiet", description = "Show no progress, only what the run came to.")
    private boolean quiet;

    @Option(
        names = "--json",
        description = "Print one JSON object a line: messages, progress, and at last the result.")
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
   * Shows what a run came to.
   *
   * @param output the folder that its folder lies in
   */
  void print(RunReport report, String output, PrintWriter out) {
    String folder = output + "/" + report.runId();
    if (kind.json) {
      out.println(
          "{\"event\":\"result\",\"result\":"
              + report.toJson().replaceAll("\\s*\\n\\s*", "")
              + "}");
      out.flush();
    } else {
      Summary.print(report, folder, out);
      if (!kind.quiet) {
        Summary.printNext(folder, output, out);
      }
    }
  }
}
